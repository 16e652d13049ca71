import { readFileSync, writeFileSync } from 'node:fs';
import { tellUsage } from '../../src/start/commands/help.js';
import { generatedFiles } from './generated.js';

tellUsage('Writes what is generated in the docs and the profiles.\n\n  npm run docs\n');

for (const { path, text } of generatedFiles) writeFileSync(path, await text(readFileSync(path, 'utf8')));
