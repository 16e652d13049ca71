import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * No name of a kind of case stands outside its own rooms and the registry: everything else asks the registry (docs/new-case-kind.md).
 * A kind is a folder of src/process with a `kind.ts`. Looked at are names and texts of the program and of what tests share, not comments.
 */
const kinds = readdirSync('src/process').filter((folder) => existsSync(`src/process/${folder}/kind.ts`));

/** The rooms of a kind, and those that hold something of every kind by what they are. */
const roomsOf = (kind) => [
  `src/process/${kind}/`,
  `src/projection/${kind}/`,
  `src/cases/operations/${kind}/`,
  // The registry.
  'src/cases/kinds.ts',
  // The rules of the rulebook, one file for each area.
  'src/process/rules/',
  // Codes and canonical addresses that were given out.
  'src/projection/codes/',
  // Helpers of tests of SVU; all others serve tests of any kind.
  ...['svu', 'operations', 'harm-assessment', 'process/svu', 'process/play', 'process/described-steps'].map(
    (helper) => `test/support/${helper}.ts`,
  ),
  // What databases were written by.
  'src/persistence/migrations/',
  // The demonstration plays a case of one kind.
  'src/demo/',
];

const capital = (word) => `${word[0].toUpperCase()}${word.slice(1)}`;

const found = kinds.flatMap((kind) => {
  const rooms = roomsOf(kind);
  // As a code, a constant and a type are named; in a sentence that staff read it is written in capitals (SVU), as are the ids of rules.
  const words = kind.split('-');
  const [pascal, camel] = [words.map(capital), words.map((word, at) => (at === 0 ? word : capital(word)))];
  const named = new RegExp([kind, camel.join(''), pascal.join('')].join('|'));
  return globSync('{src,connectors,test/support}/**/*.ts')
    .filter((file) => !file.endsWith('.test.ts') && !rooms.some((room) => file.startsWith(room)))
    .flatMap((file) =>
      tokensOf(file)
        .filter(({ text }) => named.test(text))
        .map(({ line, text }) => `${file}:${line} names the kind of case ${kind}: ${text.slice(0, 80)}`),
    );
});

/** The identifiers and literals of a file, with their lines. */
function tokensOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const tokens = [];
  const visit = (node) => {
    const speaks = ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node);
    if (speaks)
      tokens.push({
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        text: node.text,
      });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tokens;
}

if (found.length > 0) {
  process.stderr.write(`${found.join('\n')}\n`);
  process.exitCode = 1;
}
