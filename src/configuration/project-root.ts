import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder with `package.json` above this file: the same whether the code runs from `src` or from `dist`.
 * Throws when there is none, which means that the installation is broken.
 */
export function projectRoot(from = path.dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('package.json was not found above the program');
  return projectRoot(parent);
}

/** A path as an operator writes it, absolute or from the project root, as an absolute one. */
export function fromProjectRoot(file: string): string {
  return path.resolve(projectRoot(), file);
}
