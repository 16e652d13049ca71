import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

/** What `npm run check:imports` refuses, tried on a small house with what is forbidden in it. */
let house: string;
beforeEach(() => {
  house = mkdtempSync(path.join(tmpdir(), 'hemgang-checks-'));
  symlinkSync(fromProjectRoot('node_modules'), path.join(house, 'node_modules'));
  write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }');
  write('package.json', '{ "type": "module" }');
});
afterEach(() => rmSync(house, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  writeFileSync(path.join(house, file), text);
}

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: house,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { failed: status !== 0, said: `${stdout}${stderr}` };
}

describe('Names of kinds of case', () => {
  const check = () => run(fromProjectRoot('test/support/check-kind-names.mjs'));
  const kind = 'home-visit';
  beforeEach(() => {
    write(`src/process/${kind}/kind.ts`, `export const homeVisitKind = '${kind}';`);
    write('src/log/log.ts', '// A home-visit in a comment is no name.\nexport const kinds = [];');
    mkdirSync(path.join(house, 'connectors'));
  });

  it('may stand in their own rooms and in the registry', () => {
    write(`src/projection/${kind}/view.ts`, `export const HomeVisitView = '${kind}';`);
    write(`src/cases/kinds/${kind}.ts`, `export const name = '${kind}';`);
    write('src/cases/kinds/every-kind.ts', `export const all = ['${kind}'];`);
    expect(check()).toEqual({ failed: false, said: '' });
  });

  it.each([
    ['a text', 'src/log/loop.ts', "export const found = ['home-visit'];"],
    ['a template', 'src/fhir/address.ts', 'export const key = (id: string) => `home-visit:${id}`;'],
    ['a constant', 'src/access/open.ts', 'export const homeVisitIsOpen = true;'],
    ['a type', 'src/cases/run.ts', 'export type HomeVisitCommand = string;'],
    ['an import', 'connectors/melior/a.ts', "import '../../src/process/home-visit/kind.js';"],
    ['what tests share', 'test/support/hub.ts', "export const kind = 'home-visit';"],
  ])('are refused elsewhere: as %s', (_as, file, text) => {
    write(file, text);
    const { failed, said } = check();
    expect([failed, said]).toEqual([
      true,
      expect.stringContaining(`${file}:1 names the kind of case ${kind}`),
    ]);
  });

  describe('of a word that other names hold too', () => {
    const short = 'sip';
    beforeEach(() => write(`src/process/${short}/kind.ts`, `export const sipKind = '${short}';`));

    it.each([
      ['a word of the trade', "export const callsToSip = 'no-contact-calls-to-sip';"],
      ['a longer word', "export const gossip = 'dissipate'; export type Gossip = 'sips';"],
      ['a sentence in capitals', "export const sv = 'Kallar till SIP (SIP-2)';"],
    ])('are not seen in %s', (_where, text) => {
      write('src/process/case/contacts.ts', text);
      expect(check()).toEqual({ failed: false, said: '' });
    });

    it.each([
      ['a constant', 'export const projectSip = 1;'],
      ['a type', 'export type SipState = 1;'],
      ['a stream', 'export const key = (id: string) => `sip:${id}`;'],
      ['a code', "export const step = 'open-sip';"],
      ['what stands beside a word of the trade', "export const both = 'calls-to-sip-sip';"],
    ])('are refused as %s', (_as, text) => {
      write('src/process/case/contacts.ts', text);
      expect(check()).toEqual({
        failed: true,
        said: expect.stringContaining(`names the kind of case ${short}`),
      });
    });
  });
});

describe('Imports', () => {
  const check = () =>
    run(
      fromProjectRoot('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      fromProjectRoot('.dependency-cruiser.mjs'),
      'src',
      'test',
    );
  beforeEach(() => {
    write('src/process/a.ts', "import type { B } from './b.js';\nexport type A = B | 1;");
    write('src/process/b.ts', 'export type B = 2;');
    write('test/support/c.ts', "import type { A } from '../../src/process/a.js';\nexport type C = A;");
  });

  it('are taken where no room forbids them', () => {
    expect(check().failed).toBe(false);
  });

  it.each([
    [
      'in a circle, of types alone',
      'no-cycles',
      'src/process/b.ts',
      "import type { A } from './a.js';\nexport type B = A;",
    ],
    [
      'in a circle of helpers of tests',
      'no-cycles',
      'test/support/d.ts',
      "import type { E } from './e.js';\nexport type D = E;",
    ],
    ['of another room', 'imports-of-src-process', 'src/process/d.ts', "import '../log/log.js';"],
    ['of a test by what runs', 'nothing-imports-a-test', 'src/log/d.ts', "import '../../test/support/c.js';"],
  ])('are refused %s', (_how, rule, file, text) => {
    write('src/log/log.ts', 'export const log = 1;');
    write('test/support/e.ts', "import type { D } from './d.js';\nexport type E = D;");
    write('test/support/d.ts', 'export type D = 1;');
    write(file, text);
    const { failed, said } = check();
    expect([failed, said]).toEqual([true, expect.stringContaining(rule)]);
  });
});
