import { isDeepStrictEqual } from 'node:util';

/** Elements the hub sets or ignores; a client may send back any version of them. */
const notCompared = new Set(['resourceType', 'id', 'meta', 'text']);

/** Names of the top-level elements in which two resources differ, in alphabetical order. */
export function differingElements(stored: object, sent: object): readonly string[] {
  const one = stored as Readonly<Record<string, unknown>>;
  const other = sent as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => !notCompared.has(name) && !isDeepStrictEqual(one[name], other[name]))
    .sort();
}
