import { describe, expect, it } from '@jest/globals';
import { MemoryReceiver } from '../common/memory-receiver.js';
import { adt, codeOf, segment } from '../common/support.js';

/** A field that is read once, and holds more than one repetition. */
const receive = async (text: string) => {
  const melior = new MemoryReceiver();
  const answer = await melior.ask(text);
  return { answer, code: codeOf(answer), fact: melior.facts()[0] };
};
const pv1 = (fields: Readonly<Record<number, string>> = {}): string =>
  segment('PV1', { 2: 'I', 3: 'A1', 19: 'V100', 44: '20260110092500', ...fields });

describe('repetitions of a field that is read once', () => {
  const fields: readonly (readonly [string, Readonly<Record<number, string>>])[] = [
    ['PV1-2', { 2: 'O~I' }],
    ['PV1-2', { 2: 'I~E^x' }],
    ['PV1-3', { 3: 'A1~B2' }],
    ['PV1-19', { 19: 'V100~V200' }],
    ['PV1-19', { 19: '~V100~V200' }],
    ['PV1-44', { 44: '20260110092500~20260109' }],
  ];
  it.each(fields)('PAT-13: %s with two values is refused, not read as the first: %j', async (field, own) => {
    const { answer, code, fact } = await receive(adt({ pv1: pv1(own) }));
    expect([code, fact, answer.includes(field)]).toEqual(['AE', undefined, true]);
  });

  it('PAT-13: an expected discharge with two values is refused too', async () => {
    const more = segment('PV2', { 9: '20260115~20260116' });
    expect(await receive(adt({ more }))).toMatchObject({ code: 'AE', fact: undefined });
  });

  it('the same said twice is one value, whatever stands beside it', async () => {
    const own = { 2: 'I~I', 3: 'A1^12~A1^14', 19: 'V100~V100^^^X~~', 44: '20260110092500~20260110092500' };
    expect(await receive(adt({ pv1: pv1(own) }))).toMatchObject({ code: 'AA', fact: { visit: 'V100' } });
  });
});
