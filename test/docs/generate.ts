import { readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generated.js';

for (const { path, text } of generatedFiles) writeFileSync(path, await text(readFileSync(path, 'utf8')));
