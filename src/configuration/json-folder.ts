import { readdirSync } from 'node:fs';
import path from 'node:path';
import { FileUnusable, readJsonFile } from './json-file.js';

/**
 * Reads every `<name>.json` of a folder. Files of other kinds are left alone.
 * @param holds what such a file is, for the fault where there is none
 * @param check makes the value of a file's content and its name; throws as for `readJsonFile`
 * @throws {FileUnusable} with every fault of every file by its line, also when the folder cannot be read or has no such file
 */
export function readJsonFolder<Value>(
  directory: string,
  holds: string,
  check: (content: unknown, name: string) => Value,
): readonly Value[] {
  const files = jsonFilesOf(directory);
  if (files.length === 0)
    throw new FileUnusable(directory, [{ file: directory, problem: `holds no ${holds} (<name>.json)` }]);
  const values: Value[] = [];
  const faults = files.flatMap((file) => {
    try {
      values.push(readJsonFile(file, (content) => check(content, path.basename(file, '.json'))));
      return [];
    } catch (error) {
      if (!(error instanceof FileUnusable)) throw error;
      return error.faults;
    }
  });
  if (faults.length > 0) throw new FileUnusable(directory, faults);
  return values;
}

function jsonFilesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => path.join(directory, name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new FileUnusable(directory, [{ file: directory, problem: `cannot be read (${code})` }]);
  }
}
