import { fault } from '../outcome.js';
import { repeatable } from './parameter-name.js';

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
 * themselves stay, for `unescape` after a value is taken apart. A parameter without a value is no error and asks nothing; one
 * with a comma that parts nothing, or a backslash before nothing, is refused: what is left out of it would be a filter dropped
 * @throws {FhirError} 400 for such a value, and where there are more parameters or values than any honest search has
 */
export function readCriteria(parameters: URLSearchParams): readonly Criterion[] {
  const given = [...parameters];
  const criteria = given.map(([key, value]) => criterion(key, value));
  const values = criteria.reduce((sum, { values: some }) => sum + some.length, 0);
  if (criteria.length > mostCriteria || values > mostValues)
    throw fault('too-many-values', {
      values: { criteria: String(mostCriteria), values: String(mostValues) },
    });
  const cut = criteria.find(({ values: some }, at) => some.join(',') !== given[at]?.[1]);
  if (cut !== undefined) throw fault('bad-parameter', { values: { parameter: repeatable(cut.name) } });
  // The database takes no NUL in a text.
  if (parameters.toString().includes('%00')) throw fault('bad-request');
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
