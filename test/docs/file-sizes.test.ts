import { globSync, readFileSync } from 'node:fs';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

const root = fromProjectRoot('.');
const isOfTests = (file: string): boolean => file.startsWith('test/') || file.endsWith('.test.ts');
const files = globSync('{src,connectors,test}/**/*.{ts,mjs}', { cwd: root }).map((file) => ({
  file,
  lines: readFileSync(`${root}/${file}`, 'utf8').split('\n').length - 1,
}));

/** How many lines nine of ten files have at most. */
const ninetieth = (of: readonly { readonly lines: number }[]): number =>
  of.map(({ lines }) => lines).toSorted((one, other) => one - other)[Math.ceil(of.length * 0.9) - 1] ?? 0;

describe('How long files are (docs/architecture.md)', () => {
  it('none has more than 350 lines', () => {
    expect(files.filter(({ lines }) => lines > 350)).toEqual([]);
  });

  it.each([
    ['the program', 150, (file: string) => !isOfTests(file)],
    ['tests', 260, isOfTests],
  ] as const)('nine of ten files of %s have at most %s lines', (_what, most, belongs) => {
    const own = files.filter(({ file }) => belongs(file));
    const longest = own.filter(({ lines }) => lines > most).toSorted((one, other) => one.lines - other.lines);
    // What a failure shows: those that are nearest to the bound.
    expect([ninetieth(own) <= most, longest.slice(0, ninetieth(own) <= most ? 0 : 5)]).toEqual([true, []]);
  });
});
