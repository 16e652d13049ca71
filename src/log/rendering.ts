import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What decides how events are folded and shown. Of the program these folders import nothing but each other and the plumbing of
 * the database (`npm run check:imports`), so their text is the version of what is shown.
 */
const folders = ['process', 'projection', 'log'];
const digits = 12;

/**
 * The version of folding and rendering in this program: a hash of its text. Two programs with the same show the same. A changed
 * comment makes another one too, which costs a comparison and nothing else.
 */
export const rendering: string = hashOf(path.join(import.meta.dirname, '..'));

function hashOf(root: string): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.[jt]s$/.test(name))
      .toSorted();
    for (const name of names) {
      hash.update(`${folder}/${name}\0`);
      hash.update(readFileSync(path.join(root, folder, name)));
      hash.update('\0');
    }
  }
  return hash.digest('hex').slice(0, digits);
}
