import { refusal } from '../outcome.js';

/** One parameter as the client gave it: `name:modifier=value,value`. */
export type Criterion = {
  readonly name: string;
  readonly modifier?: string;
  readonly values: readonly string[];
};

const mostCriteria = 30;
const mostValues = 50;

/**
 * Parameters of a search by GET (query) and POST (query and form together).
 * @see https://hl7.org/fhir/R4/search.html#escaping values are split at commas that no backslash escapes; the escapes
 * themselves stay, for `unescape` after a value is taken apart
 * @throws {FhirError} 400 where there are more parameters or values than any honest search has
 */
export function readCriteria(...sources: readonly URLSearchParams[]): readonly Criterion[] {
  const criteria = sources.flatMap((source) => [...source].map(([key, value]) => criterion(key, value)));
  const values = criteria.reduce((sum, { values: some }) => sum + some.length, 0);
  if (criteria.length > mostCriteria || values > mostValues) throw refusal('bad-request');
  // The database takes no NUL in a text.
  if (sources.some((source) => source.toString().includes('%00'))) throw refusal('bad-request');
  return criteria;
}

function criterion(key: string, value: string): Criterion {
  const colon = key.indexOf(':');
  const name = colon < 0 ? key : key.slice(0, colon);
  return {
    name,
    ...(colon < 0 ? {} : { modifier: key.slice(colon + 1) }),
    values: value.match(/(?:\\.|[^,\\])+/gsu) ?? [],
  };
}

/** Takes the backslashes of `\,`, `\|`, `\$` and `\\` away. */
export function unescape(value: string): string {
  return value.replaceAll(/\\([,|$\\])/g, '$1');
}

/** Splits `system|code` at the first bar that is not escaped; undefined where there is none. */
export function splitAtBar(value: string): readonly [string, string] | undefined {
  const bar = /^((?:\\.|[^|\\])*)\|(.*)$/su.exec(value);
  return bar === null ? undefined : [unescape(bar[1] ?? ''), unescape(bar[2] ?? '')];
}
