import { readdir, readFile } from 'node:fs/promises';
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

/** The names of all gauges and counters, as the source registers them. */
async function metrics(): Promise<readonly string[]> {
  const names: string[] = [];
  for (const folder of ['src', 'connectors'])
    for (const file of await readdir(fromProjectRoot(folder), { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      const text = await readFile(fromProjectRoot(`${folder}/${file}`), 'utf8');
      names.push(...[...text.matchAll(/'(hemgang_[a-z_]+)'/g)].map(([, name]) => name ?? ''));
    }
  return names;
}

it('every metric that the page names is there, and whatever tells that something waits is one to alarm on', async () => {
  const known = await metrics();
  const named = [...page.matchAll(/hemgang_[a-z_]+/g)].map(([name]) => name);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
  const alarms = /^## What to alarm on$([^]*?)^## /m.exec(page)?.[1] ?? '';
  const waiting = known.filter((name) => /oldest|_lag_|since|failing|removed|missing/.test(name));
  expect(waiting.length).toBeGreaterThan(8);
  expect(waiting.filter((name) => !alarms.includes(`\`${name}`))).toEqual([]);
});

it('every variable and command that the page names is there', async () => {
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
