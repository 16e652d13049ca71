import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../configuration/project-root.js';

/** The version of this program, as in package.json. */
export const softwareVersion: string = (
  JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as { version: string }
).version;
