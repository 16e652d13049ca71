import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Communication } from 'fhir/r4.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, published } from '../support/svu.js';

/** docs/new-step.md against the step that it describes. */
const page = await readFile(fromProjectRoot('docs/new-step.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\S+) (\S+)\n([^]*?)^```/gm)].map(([, , name = '', text = '']) => ({
  name,
  text,
}));
const block = (name: string): string => blocks.find((each) => each.name === name)?.text ?? 'missing';
const files = [...page.matchAll(/^\| `([^`]+)` /gm)].map(([, file = '']) => file);
const read = (file: string) => readFile(fromProjectRoot(file), 'utf8');
/** Without what a formatter decides. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe('docs/new-step.md', () => {
  it('lists the files that a step touches: at most 14, and each is there', () => {
    expect(files.length).toBe(14);
    expect(files.filter((file) => !existsSync(fromProjectRoot(file)))).toEqual([]);
  });

  it('has the step in every file that it lists', async () => {
    const without = await Promise.all(
      files.map(async (file) => (/homecoming|SVU-37|homeAt/i.test(await read(file)) ? [] : [file])),
    );
    expect(without.flat()).toEqual([]);
  });

  it('names every file of the program and its profiles that has the step', async () => {
    const named = [...page.matchAll(/`([\w./-]+)`/g)].map(([, file]) => file);
    const pattern = '{src,connectors,policies,fhir-profiles/input}/**/*.{ts,json,fsh,mjs}';
    const naming = await Promise.all(
      globSync(pattern, { cwd: fromProjectRoot('.') }).map(async (file) =>
        /homecoming|homeAt/i.test(await read(file)) ? [file] : [],
      ),
    );
    const unnamed = naming.flat().filter((file) => !file.endsWith('.test.ts') && !named.includes(file));
    expect(unnamed).toEqual([]);
  });

  const excerpts = blocks.filter(({ name }) => name.startsWith('src/'));
  it.each(excerpts.map(({ name, text }) => [name, text] as const))(
    'says what %s says',
    async (file, text) => {
      expect(plain(await read(file))).toContain(plain(text));
    },
  );
});

describe('the step of docs/new-step.md', () => {
  let hub: TestHub;
  let id: string;
  // The day of the page, in the next March to come.
  const today = new Date();
  const year = today.getUTCFullYear() + (today.getUTCMonth() < 2 ? 0 : 1);
  const inTime = (text: string): string => text.replaceAll('2027-03-06', `${year}-03-06`);
  const request: unknown = JSON.parse(inTime(block('request')));
  beforeAll(async () => {
    hub = await startHub();
    id = await published(hub, '193406129829');
  }, 120_000);
  afterAll(() => hub.stop());

  it('SVU-37: is refused to the ward by the rule', async () => {
    const answer = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$state-homecoming`, request);
    expect(codesOf(answer)).toContain('SVU-37');
  });

  it('SVU-37: is taken from the municipality and read by the ward', async () => {
    const answer = await (await as(hub, 'municipality')).post(`CarePlan/${id}/$state-homecoming`, request);
    expect([answer.status, answer.body.resourceType]).toEqual([200, 'CarePlan']);
    const found = await (await as(hub, 'nurse')).get('Communication?category=homecoming');
    const notices = (found.body as Bundle<Communication>).entry?.map(({ resource }) => resource) ?? [];
    expect(notices.map((each) => plain(each?.payload?.[0]?.contentString ?? ''))).toEqual([
      plain(inTime(block('notice'))),
    ]);
  });
});
