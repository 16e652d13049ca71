import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { FileUnusable } from '../../configuration/json-file.js';
import { codeOf } from '../start-refused.js';

const { O_APPEND, O_RDWR, W_OK, X_OK } = constants;

/**
 * Whether a file can be appended to and read again, and others be made beside it, as far as that can be told without making any: the file
 * and its folder may not be there yet.
 * @throws {FileUnusable}
 */
export function checkAppended(file: string): void {
  try {
    if (isThere(file)) {
      if (!statSync(file).isFile()) throw unusable(file, 'is no file');
      closeSync(openSync(file, O_RDWR | O_APPEND));
    }
    accessSync(nearestFolder(file), W_OK | X_OK);
  } catch (error) {
    if (error instanceof FileUnusable) throw error;
    throw unusable(file, `cannot be written (${codeOf(error) ?? 'unknown error'})`);
  }
}

/** The folder of the file, or where it is not there the one that it would be made in. @throws the system's error, as ENOTDIR */
function nearestFolder(file: string): string {
  const folder = path.dirname(path.resolve(file));
  if (!isThere(folder)) return nearestFolder(folder);
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
  return folder;
}

/** @throws the system's error, where it is another than that nothing is there */
function isThere(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false }) !== undefined;
}

function unusable(file: string, problem: string): FileUnusable {
  return new FileUnusable(file, [{ file, problem }]);
}
