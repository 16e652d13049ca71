import { momentOf, relativeReference, saysNothing } from './meaning.js';

/**
 * Pairs the elements of two lists of equal length, each with the one that says the same, wherever it stands: R4 gives the order of a list no
 * meaning where it does not say so (`ElementDefinition.orderMeaning`), and it says so of lines of an address and parts of a name alone, which
 * nothing that may be updated has. Those that nothing answers to are paired as they stand, and differ. Linear in both, by their depth.
 * @returns for each sent element, in its order, the stored one
 */
export function pairsOf(
  stored: readonly unknown[],
  sent: readonly unknown[],
  baseUrl: string,
): readonly unknown[] {
  const paired: unknown[] = Array.from({ length: sent.length });
  let left = { stored: stored.map((_, index) => index), sent: sent.map((_, index) => index) };
  for (const keyOf of [wholeKey, nameKey, identifierKey, () => '']) {
    const waiting = new Map<string, number[]>();
    for (const index of left.stored.toReversed()) {
      const key = keyOf(stored[index], baseUrl);
      if (key === undefined) continue;
      const alike = waiting.get(key);
      if (alike === undefined) waiting.set(key, [index]);
      else alike.push(index);
    }
    const taken = new Set<number>();
    const open: number[] = [];
    for (const index of left.sent) {
      const key = keyOf(sent[index], baseUrl);
      const found = key === undefined ? undefined : waiting.get(key)?.pop();
      if (found === undefined) open.push(index);
      else {
        paired[index] = stored[found];
        taken.add(found);
      }
    }
    left = { stored: left.stored.filter((index) => !taken.has(index)), sent: open };
  }
  return paired;
}

type Key = (value: unknown, baseUrl: string) => string | undefined;

/** Words beside what is meant, which may be left out; and what may stand beside a reference. */
const beside: ReadonlySet<string> = new Set(['display', 'text', 'userSelected', 'type']);

/** All that an element says by other means than words; of a reference that is literal no identifier. */
const wholeKey: Key = (value, baseUrl) => {
  if (Array.isArray(value))
    return JSON.stringify(value.map((each) => wholeKey(each, baseUrl) ?? '').toSorted());
  if (typeof value !== 'object' || value === null)
    return JSON.stringify((typeof value === 'string' && momentOf(value)) || value);
  const literal = 'reference' in value ? relativeReference(value.reference, baseUrl) : undefined;
  if (literal !== undefined) return JSON.stringify({ reference: literal });
  return JSON.stringify(
    Object.entries(value)
      .filter(([name, each]) => !beside.has(name) && !saysNothing(each))
      .map(([name, each]) => [name, wholeKey(each, baseUrl)])
      .toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)),
  );
};

/** Which extension, code or parameter it is. */
const nameKey: Key = (value) => textsOf(value, ['url', 'name', 'system', 'code']);

/** A reference or identifier by its system and value. */
const identifierKey: Key = (value) =>
  typeof value === 'object' && value !== null && 'identifier' in value
    ? textsOf(value.identifier, ['system', 'value'])
    : textsOf(value, ['system', 'value']);

function textsOf(value: unknown, names: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const texts = names.map((name) => (value as Readonly<Record<string, unknown>>)[name]);
  return texts.every((text) => typeof text !== 'string') ? undefined : JSON.stringify(texts);
}
