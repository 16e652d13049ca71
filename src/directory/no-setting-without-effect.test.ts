import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { fromProjectRoot } from '../configuration/project-root.js';
import { organisationSchema } from './organisation-schema.js';

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
};

/** Every setting of the organisation file, at any depth. */
function settingsOf({ properties = {}, items, additionalProperties }: Schema): readonly string[] {
  const inner = [...Object.values(properties), ...(items === undefined ? [] : [items])];
  const others = typeof additionalProperties === 'object' ? [additionalProperties] : [];
  return [...Object.keys(properties), ...[...inner, ...others].flatMap(settingsOf)];
}

/** What only says which settings there are, and what holds one against another. */
const saysOnly = ['organisation-schema.ts', 'organisation.ts'].map((name) => `src/directory/${name}`);
const code = globSync('src/**/*.ts', { cwd: fromProjectRoot('.') })
  .filter((file) => !file.endsWith('.test.ts'))
  .filter((file) => !saysOnly.includes(file) && !file.startsWith('src/directory/checks/'))
  .map((file) => readFileSync(fromProjectRoot(file), 'utf8'))
  .join('\n')
  .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
  .replaceAll(/readonly \w+\??:/g, '');

test.each([...new Set(settingsOf(organisationSchema as Schema))])(
  'ORG-11: %s of the organisation file is read by more than its check',
  (setting) => {
    expect(code).toMatch(new RegExp(String.raw`(\.|[{,]\s*)${setting}\b`, 'u'));
  },
);
