import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asyncApiYaml } from '../../messaging/contracts/asyncapi.js';

/** Writes docs/asyncapi.yaml, in the directory it is called from. */
await writeFile(path.resolve('docs/asyncapi.yaml'), asyncApiYaml());
