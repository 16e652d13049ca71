import { refusal } from '../outcome.js';

/** One parameter as the client gave it: `name:modifier=value,value`. */
export type Criterion = {
  readonly name: string;
  readonly modifier?: string;
  readonly values: readonly string[];
};

/** So much a search may ask; a page of ids is among it. Said in the CapabilityStatement. */
export const mostCriteria = 30;
export const mostValues = 200;

/**
 * Parameters of a search: by GET the query, by POST query and form together.
 * @see https://hl7.org/fhir/R4/search.html#escaping values are split at commas that no backslash escapes; the escapes
 * themselves stay, for `unescape` after a value is taken apart. A parameter without a value is no error and asks nothing
 * @throws {FhirError} 400 where there are more parameters or values than any honest search has
 */
export function readCriteria(parameters: URLSearchParams): readonly Criterion[] {
  const criteria = [...parameters].map(([key, value]) => criterion(key, value));
  const values = criteria.reduce((sum, { values: some }) => sum + some.length, 0);
  if (criteria.length > mostCriteria || values > mostValues)
    throw refusal('too-many-values', {
      values: { criteria: String(mostCriteria), values: String(mostValues) },
    });
  // The database takes no NUL in a text.
  if (parameters.toString().includes('%00')) throw refusal('bad-request');
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
