import { describe, expect, it } from '@jest/globals';
import { answerBounds } from '../connectors/common/answer-bounds.js';
import { isParsable } from '../connectors/common/json-size.js';
import { isBounded } from '../connectors/cosmic/fhir/bounds.js';
import { readBundle, readEncounter } from '../connectors/cosmic/fhir/resources.js';
import { textOf } from '../src/wire/text.js';
import { costOf } from './support/cost.js';
import { named } from './support/cost-by-size.js';

/** 50 ms on a machine of its own; what runs beside it takes a share of the processor's caches and units. */
const loadedMs = 150;

describe('an answer of Cosmic, or of a lookup, as large as it may be', () => {
  const { bytes } = answerBounds.cosmic;
  const page = (resource: string) =>
    `{"resourceType":"Bundle","entry":[${Array(4_000).fill(`{"resource":${resource}}`).join(',')}]}`;
  const encounter = JSON.stringify({
    resourceType: 'Encounter',
    id: 'a',
    status: 'in-progress',
    class: { code: 'IMP' },
    location: [{ location: { reference: 'Location/1' } }],
    text: { div: 'å'.repeat(700) },
  });
  const names = (parts: number) => named((place) => `"n${place}":1`, ',')(parts);
  it.each([
    ['of Encounters', page(encounter)],
    ['of names that differ', `{${names(500_000)}}`],
    [
      'of names that differ in many objects',
      `[${Array.from({ length: 4_000 }, (_, at) => `{"a${at}":1,"b${at}":{"c${at}":[]}}`).join(',')}]`,
    ],
    [
      'of empty objects',
      page(`{"resourceType":"Encounter","id":"a","x":[${Array(100).fill('{}').join(',')}]}`),
    ],
    ['of empty lists', `[${Array(2_500_000).fill('[]').join(',')}]`],
    ['of one text', `"${'å'.repeat(bytes / 2 - 10)}"`],
    ['of escapes', `"${'\\"'.repeat(bytes / 2 - 10)}"`],
    ['of spaces', ' '.repeat(bytes)],
    ['of digits', '1'.repeat(bytes)],
  ])('%s keeps the event loop for a part of a second at most', async (_what, text) => {
    const sent = Buffer.from(text);
    expect(sent.length).toBeLessThanOrEqual(bytes);
    const read = (): void => {
      if (!isParsable(sent, answerBounds.cosmic)) return;
      let value: unknown;
      try {
        value = JSON.parse(textOf(sent, 'application/json'));
      } catch (error) {
        if (error instanceof SyntaxError) return;
        throw error;
      }
      if (isBounded(value)) for (const each of readBundle(value)?.resources ?? []) readEncounter(each);
    };
    let least = Infinity;
    for (let attempt = 0; attempt < 6 && least >= loadedMs; attempt += 1)
      least = Math.min(least, await costOf(read));
    expect(least).toBeLessThan(loadedMs);
  });

  it('is counted as it is parsed: names, objects, lists and values, whatever stands in its texts', () => {
    const bounds = { parts: 100, names: 3 };
    expect(isParsable(Buffer.from('{"a":"\\"b\\":{[,","c" :1,"d":"\\\\"}'), bounds)).toBe(true);
    expect(isParsable(Buffer.from('[{"a":1},{"a":2},{"b":{"c":1}}]'), bounds)).toBe(true);
    expect(isParsable(Buffer.from('{"a":1,"b":2,"c":3,"d":4}'), bounds)).toBe(false);
    expect(isParsable(Buffer.from(`[${Array(101).fill(1).join(',')}]`), bounds)).toBe(false);
    expect(isParsable(Buffer.from(`"${','.repeat(500)}"`), bounds)).toBe(true);
  });
});
