import { readdirSync, readFileSync } from 'node:fs';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

const page = readFileSync(fromProjectRoot('docs/new-case-kind.md'), 'utf8');
const blocks = [...page.matchAll(/```ts (\S+)\n([\s\S]*?)```/g)].map(([, file = '', code = '']) => ({
  file,
  code,
}));

/** What the example does is in test/second-kind; here the page is held to it. */
it.each(blocks)('docs/new-case-kind.md shows $file of the example as it is', ({ file, code }) => {
  const stands = readFileSync(fromProjectRoot(`test/second-kind/follow-up/${file}`), 'utf8');
  expect(code.trim()).toBe(stands.trim());
});

it('docs/new-case-kind.md shows every file that one who adds a kind writes', () => {
  // The policies are those of the test's hub; what a region writes is in docs/new-policy.md.
  const all = readdirSync(fromProjectRoot('test/second-kind/follow-up'));
  const written = all.filter((file) => file !== 'policies.ts');
  expect(blocks.map(({ file }) => file).toSorted()).toEqual(written.toSorted());
});
