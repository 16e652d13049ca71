import { readJsonFolder } from '../configuration/json-folder.js';
import { asPolicy } from './policy-file.js';
import { Policies } from './policies.js';
import type { KindWithSettings } from './settings.js';

/**
 * Reads every `<name>.json` of a folder as a policy. Files of other kinds are left alone.
 * @param kinds the kinds of case, whose settings the policies state
 * @throws {FileUnusable} with every fault of every file by its line, also when the folder cannot be read or has no policy
 */
export const readPolicies = (directory: string, kinds: readonly KindWithSettings[]): Policies =>
  new Policies(
    readJsonFolder(directory, 'policy', (content, name) => asPolicy(content, name, kinds)),
    kinds,
  );
