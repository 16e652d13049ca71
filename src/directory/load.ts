import { readFile } from 'node:fs/promises';
import { asOrganisation, UnusableOrganisation } from './check-organisation.js';
import { buildDirectory } from './directory.js';
import type { Directory } from './organisation.js';

/**
 * Reads the organisation file (UTF-8 JSON) and builds the directory. Throws `UnusableOrganisation` with every fault when
 * the file is not JSON, not of the right structure, or says something that cannot be used (ORG-11); and the error of the
 * file system when it cannot be read.
 */
export async function loadDirectory(file: string): Promise<Directory> {
  return buildDirectory(asOrganisation(parse(await readFile(file, 'utf8'), file), file));
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = error instanceof SyntaxError ? `is not JSON: ${error.message}` : String(error);
    throw new UnusableOrganisation(file, [{ rule: 'ORG-11', about: 'the file', problem }]);
  }
}
