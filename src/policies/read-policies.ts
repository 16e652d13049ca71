import { readdirSync } from 'node:fs';
import path from 'node:path';
import { FileUnusable, readJsonFile } from '../configuration/json-file.js';
import { asPolicy, type WrittenPolicy } from './policy-file.js';
import { Policies } from './policies.js';
import type { KindWithSettings } from './settings.js';

/**
 * Reads every `<name>.json` of a folder as a policy. Files of other kinds are left alone.
 * @param kinds the kinds of case, whose settings the policies state
 * @throws {FileUnusable} with every fault of every file by its line, also when the folder cannot be read or has no policy
 */
export function readPolicies(directory: string, kinds: readonly KindWithSettings[]): Policies {
  const files = jsonFilesOf(directory);
  if (files.length === 0)
    throw new FileUnusable(directory, [{ file: directory, problem: 'holds no policy (<name>.json)' }]);
  const policies: WrittenPolicy[] = [];
  const faults = files.flatMap((file) => {
    try {
      policies.push(readJsonFile(file, (content) => asPolicy(content, path.basename(file, '.json'), kinds)));
      return [];
    } catch (error) {
      if (!(error instanceof FileUnusable)) throw error;
      return error.faults;
    }
  });
  if (faults.length > 0) throw new FileUnusable(directory, faults);
  return new Policies(policies, kinds);
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
