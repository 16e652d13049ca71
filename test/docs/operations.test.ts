import { readFile } from 'node:fs/promises';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { variables } from '../../src/configuration/variables/index.js';
import { production } from '../support/production.js';

const page = await readFile(fromProjectRoot('docs/operations.md'), 'utf8');

it('what production must be given is what it starts with, and no more', () => {
  const block = /```\n([^`]*)```/.exec(page)?.[1] ?? '';
  const names = block
    .trim()
    .split('\n')
    .map((line) => line.split('=')[0] ?? '');
  expect(names.toSorted()).toEqual(Object.keys(production).toSorted());
});

it('every variable, metric and command that the page names is there', async () => {
  const named = [...page.matchAll(/`([A-Z][A-Z_]*_[A-Z_]+)`/g)].map(([, name]) => name ?? '');
  expect(named.filter((name) => !(name in variables))).toEqual([]);
  const { scripts } = JSON.parse(await readFile(fromProjectRoot('package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = [...page.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name ?? '');
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

it.each([...page.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor ?? ''))(
  'there is a section %s',
  (anchor) => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, text]) =>
      (text ?? '').toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings.map((heading) => heading.replaceAll(',', ''))).toContain(anchor);
  },
);
