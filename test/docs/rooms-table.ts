import { table } from './markdown-table.js';

/** What `.dependency-cruiser.mjs` enforces, as far as it is told in docs/architecture.md. */
type ImportRules = {
  readonly rooms: Readonly<Record<string, { readonly is: string; readonly may: readonly string[] }>>;
  readonly default: { readonly forbidden: readonly { readonly comment?: string }[] };
};

const [begin, end] = [
  '<!-- rooms: npm run docs writes this from .dependency-cruiser.mjs -->',
  '<!-- /rooms -->',
];

/** The page with its table of rooms, and the rules beside it, as the rules are now. @throws when the page has no place for it */
export async function withRoomsTable(page: string): Promise<string> {
  const [before, rest] = page.split(begin, 2);
  const after = rest?.split(end, 2)[1];
  if (before === undefined || after === undefined) throw new Error(`The page lacks "${begin}" or "${end}"`);
  const rules = (await import(new URL('../../.dependency-cruiser.mjs', import.meta.url).href)) as ImportRules;
  const others = rules.default.forbidden.flatMap(({ comment }) =>
    comment === undefined ? [] : [`- ${comment}`],
  );
  return [`${before}${begin}`, '', table(rowsOf(rules)), '', ...others, '', `${end}${after}`].join('\n');
}

function rowsOf({ rooms }: ImportRules): string[][] {
  return [
    ['folder', 'what it is', 'may import'],
    ...Object.entries(rooms).map(([room, { is, may }]) => [
      `\`${room}\``,
      is,
      may.length === 0 ? 'nothing outside itself' : may.map((each) => `\`${each}\``).join(', '),
    ]),
  ];
}
