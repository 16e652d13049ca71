import { readFileSync } from 'node:fs';
import { generatedFiles } from './generated.js';

it.each(generatedFiles)(
  '$path is what the code says now (npm run docs writes it)',
  async ({ path, text }) => {
    const current = readFileSync(path, 'utf8');
    expect(current).toBe(await text(current));
  },
);
