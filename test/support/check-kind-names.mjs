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
  // Its row, and the registry.
  `src/cases/kinds/${kind}.ts`,
  'src/cases/kinds/every-kind.ts',
  // The rules of the rulebook, one file for each area.
  'src/process/rules/',
  // Codes and canonical addresses that were given out.
  'src/projection/codes/',
  // Helpers of tests of SVU; all others serve tests of any kind.
  ...[
    'svu',
    'operations',
    'harm-assessment',
    'process/svu',
    'process/stay-course',
    'process/planning',
    'process/statement',
    'process/play',
    'process/described-steps',
  ].map((helper) => `test/support/${helper}.ts`),
  // What databases were written by.
  'src/persistence/migrations/',
  // The demonstration plays a case of one kind.
  'src/demo/',
];

/** Words of the trade that name something else than the kind, though they hold its name: whether a contact calls to the planning (SVU-8). */
const wordsOfTheTrade = ['calls-to-sip'].map((name) => name.split('-'));

const found = kinds.flatMap((kind) => {
  const rooms = roomsOf(kind);
  const name = kind.split('-');
  return globSync('{src,connectors,test/support}/**/*.ts')
    .filter((file) => !file.endsWith('.test.ts') && !rooms.some((room) => file.startsWith(room)))
    .flatMap((file) =>
      tokensOf(file)
        .filter(({ text }) => names(text, name))
        .map(({ line, text }) => `${file}:${line} names the kind of case ${kind}: ${text.slice(0, 80)}`),
    );
});

/**
 * Whether a text names the kind: as a code (`home-visit`), a constant (`homeVisitIsOpen`) or a type (`HomeVisitState`), by whole words. A part
 * of a longer word is no name (`gossip` of `sip`), nor is what stands in capitals where staff read it (SVU) or in the id of a rule.
 */
function names(text, name) {
  return (text.match(/[\p{L}\d_-]+/gu) ?? []).some((token) => {
    const words = token.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\d]+|\p{Lu}/gu) ?? [];
    const plain = words.map((word) =>
      word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase(),
    );
    return placeOf(name, wordsOfTheTrade.reduce(without, plain)) >= 0;
  });
}

/** Where the name stands in the words; below 0: nowhere. */
function placeOf(name, words) {
  return words.findIndex((_word, start) => name.every((part, offset) => words[start + offset] === part));
}

/** The words without each place where the name stands in them. What stood beside it does not become neighbours by that. */
function without(words, name) {
  const start = placeOf(name, words);
  if (start < 0) return words;
  return [...words.slice(0, start), '', ...without(words.slice(start + name.length), name)];
}

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
