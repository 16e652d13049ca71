import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { fromProjectRoot } from './project-root.js';
import { sections } from './variables/index.js';
import type { Variable } from './variables/variable.js';

type Row = { section: string; name: string; meaning: string; default: string; example: string };

/** The rows of all tables of the page, in order. */
async function documented(): Promise<Row[]> {
  const page = await readFile(fromProjectRoot('docs/configuration.md'), 'utf8');
  let section = '';
  return page.split('\n').flatMap((line) => {
    section = /^## (.*)$/.exec(line)?.[1] ?? section;
    const cells = line.split('|').map((cell) => cell.trim());
    const name = /^`([A-Z_]+)`$/.exec(cells[1] ?? '')?.[1];
    const [, , meaning, standard, example] = cells;
    return name === undefined || meaning === undefined || standard === undefined || example === undefined
      ? []
      : [{ section, name, meaning, default: standard, example }];
  });
}

const declared: Row[] = Object.entries(sections).flatMap(([section, variables]) =>
  Object.entries<Variable<unknown>>(variables).map(([name, variable]) => ({
    section,
    name,
    meaning: variable.meaning,
    default: variable.default === undefined ? '' : `\`${variable.default}\``,
    example: `\`${variable.example}\``,
  })),
);

test('docs/configuration.md lists every variable with its meaning, default and example, and no other', async () => {
  expect(await documented()).toEqual(declared);
});

test('every default and example is one that its variable takes', () => {
  const all = Object.values(sections).flatMap((variables) => Object.entries<Variable<unknown>>(variables));
  const refused = all.flatMap(([name, { schema, example, default: standard }]) =>
    [example, standard]
      .filter((text) => text !== undefined && !text.startsWith('('))
      .filter((text) => !schema.safeParse(text).success)
      .map((text) => `${name}=${text}`),
  );
  expect(refused).toEqual([]);
});
