import type { Rejection } from './rejection.js';

/** How far a to-do has come, as staff say it. */
const progress = {
  requested: { sv: 'ny', en: 'requested' },
  received: { sv: 'mottagen', en: 'received' },
  accepted: { sv: 'påtagen', en: 'accepted' },
  'in-progress': { sv: 'påbörjad', en: 'in-progress' },
  completed: { sv: 'klar', en: 'completed' },
  cancelled: { sv: 'avslutad', en: 'cancelled' },
  rejected: { sv: 'avvisad', en: 'rejected' },
};

/** Words of the process that fill placeholders, so that no Swedish sentence contains a code. */
const words: Readonly<
  Record<string, Readonly<Record<string, { readonly sv: string; readonly en: string }>>>
> = {
  responsibility: {
    read: { sv: 'läsa', en: 'read' },
    write: { sv: 'skriva', en: 'write' },
    acknowledge: { sv: 'kvittera', en: 'acknowledge' },
    sign: { sv: 'justera', en: 'sign' },
    approve: { sv: 'godkänna', en: 'approve' },
  },
  from: progress,
  allowed: progress,
  expected: {
    boolean: { sv: 'ja eller nej', en: 'boolean' },
    date: { sv: 'datum', en: 'date' },
  },
  side: {
    hospital: { sv: 'slutenvården', en: 'the hospital side' },
    outpatient: { sv: 'öppenvården', en: 'outpatient care' },
    municipality: { sv: 'kommunen', en: 'the municipality' },
    other: { sv: 'den part som öppnade ärendet', en: 'the party that opened the case' },
  },
};

/** The words of a refusal with its placeholders filled. A value that is missing leaves the placeholder standing. */
export function wordsOf(rejection: Pick<Rejection, 'text' | 'values'>, language: 'sv' | 'en'): string {
  const text = rejection.text[language].replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = rejection.values?.[name];
    if (value === undefined) return placeholder;
    if (name === 'unit' && value === '') return unnamedUnit[language];
    // A name is said as it is, whatever it holds.
    if (words[name] === undefined) return value;
    const said = value.split(', ').map((each) => words[name]?.[each]?.[language] ?? each);
    return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} ${or[language]} ${said.at(-1)}`;
  });
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A unit whose name nobody has told. */
const unnamedUnit = { sv: 'enheten', en: 'the unit' };

const or = { sv: 'eller', en: 'or' };
