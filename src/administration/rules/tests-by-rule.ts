import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { rules } from '../../process/rules/rules.js';
import type { RuleId } from '../../process/rules/rules.js';

/** A test whose name carries the id of a rule. */
export type RuleTest = {
  /** Relative to the project's root. */
  readonly file: string;
  readonly name: string;
  /** The policies that the file names, one by one or all of them (`policyNames`). */
  readonly policies: readonly string[];
};

/** Tests of the report itself name rules, and stand for none. */
const own = 'src/administration/rules/';

/** The folders that hold tests. */
const folders = ['src', 'connectors', 'test'];

/**
 * The title of a test or group: the first text given to `it`, `test` or `describe`, or to the call that follows the table of
 * an `.each`. Titles are read from the source, so a title put together at run time is not found.
 */
const title =
  /(?:\b(?:it|test|describe)(?:\.\w+)*|[)`])\s*\(\s*(?:'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`)/g;

/** The tests that stand for each rule, by their names, in the order of the rules. Every rule is listed. @param policies there are */
export async function testsByRule(
  root: string,
  policies: readonly string[],
): Promise<ReadonlyMap<RuleId, readonly RuleTest[]>> {
  const found = new Map<RuleId, RuleTest[]>(
    (Object.keys(rules) as RuleId[]).map((rule): [RuleId, RuleTest[]] => [rule, []]),
  );
  for (const file of await testFiles(root)) {
    const source = await readFile(path.join(root, file), 'utf8');
    const named = policiesIn(source, policies);
    for (const name of titlesIn(source)) {
      for (const rule of rulesIn(name)) found.get(rule)?.push({ file, name, policies: named });
    }
  }
  return found;
}

/** The titles of tests in a source, each once. */
export function titlesIn(source: string): readonly string[] {
  const titles = [...source.matchAll(title)].map(([, single, double, backtick]) =>
    (single ?? double ?? backtick ?? '').replaceAll(/\\(.)/g, '$1'),
  );
  return [...new Set(titles)];
}

/** The rules that a text names. `PAT-1` is not named by `PAT-12`. */
export function rulesIn(text: string): readonly RuleId[] {
  const named = [...text.matchAll(/\b[A-Z]{3,4}-\d+\b/g)].map(([id]) => id);
  return [...new Set(named)].filter((id): id is RuleId => Object.hasOwn(rules, id));
}

/** Which of the policies a source names. */
function policiesIn(source: string, policies: readonly string[]): readonly string[] {
  const words = new Set(source.match(/[\w-]+/g));
  return words.has('policyNames') ? policies : policies.filter((each) => words.has(each));
}

async function testFiles(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
    files.push(
      ...entries
        .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
        .filter((file) => !file.startsWith(own)),
    );
  }
  return files.toSorted((one, other) => one.localeCompare(other));
}
