import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import type { Sending } from '../../src/messaging/contracts/sending.js';
import { startHub, type TestHub } from '../support/hub.js';
import { peopleOfRegion, stayFacts } from '../support/stay-facts.js';
import { as, published, staff } from '../support/svu.js';

/**
 * ADR-13, SVU-25: a source that names a ward which no table holds says where the patient is not, whatever the kind of its message, and the
 * ward of the case is asked. One that names no ward says nothing of it.
 */
let hub: TestHub;
const person = peopleOfRegion();
const fact = stayFacts('WARDS');
let received = 0;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

type Where = 'of no table' | 'none' | 'no ward' | 'MED' | 'ORT';
const wards: Readonly<Record<Where, string | undefined>> = {
  'of no table': undefined,
  none: undefined,
  // A unit, and no ward.
  'no ward': staff.municipality.unit,
  MED: staff.nurse.unit,
  ORT: staff.otherWard.unit,
};

async function tell(number: string, kind: StayFact['kind'], where: Where, minutes: number) {
  const at = new Date(Date.now() - 3 * 3_600_000 + minutes * 60_000);
  const { ward: _ward, ...rest } = fact(number, `WARDS-${number.slice(0, 8)}`, kind, at);
  const ward = wards[where];
  received += 1;
  const sending: Sending = { received, ...(where === 'of no table' && { wardUnknown: true }) };
  const data = { ...rest, ...(ward !== undefined && { ward }) };
  const told = await hub.tell(factTopics.stay, data, undefined, sending);
  expect(told).toMatchObject({ state: 'done', cause: null });
  return told;
}

/** Where the nurse of MED, or of ORT, is asked to address by hand on the hospital side. */
async function asked(id: string, at: 'nurse' | 'otherWard' = 'nurse'): Promise<number> {
  const todos = await (await as(hub, at)).todos(id);
  const isAsked = ({ code, input }: (typeof todos)[number]): boolean =>
    code?.coding?.[0]?.code === 'address-by-hand' && JSON.stringify(input).includes('"hospital"');
  return todos.filter(isAsked).length;
}

describe.each([
  ['changed', []],
  ['discharge-cancelled', ['discharged']],
  ['discharge-cancelled', []],
  ['transferred', []],
  ['admitted', []],
] as const)('a fact of the kind %s after %j', (kind, before) => {
  it.each(['of no table', 'no ward'] as const)('at a ward %s', async (where) => {
    const number = person();
    await tell(number, 'admitted', 'MED', 0);
    const id = await published(hub, number);
    for (const each of before) await tell(number, each, 'MED', 10);
    await tell(number, kind, where, 20);
    expect(await asked(id)).toBe(1);
    await tell(number, 'changed', 'none', 30);
    expect(await asked(id)).toBe(1);
    await tell(number, 'changed', 'ORT', 40);
    expect(await asked(id, 'otherWard')).toBe(0);
  });
});

it.each(['changed', 'discharge-cancelled'] as const)(
  'a fact of the kind %s without any ward says nothing of it',
  async (kind) => {
    const number = person();
    await tell(number, 'admitted', 'MED', 0);
    const id = await published(hub, number);
    await tell(number, kind, 'none', 20);
    expect(await asked(id)).toBe(0);
  },
);

it.each(['changed', 'discharge-cancelled'] as const)(
  'the hub’s operators are told of a fact of the kind %s at a ward of no table, where there is no case',
  async (kind) => {
    const number = person();
    await tell(number, 'admitted', 'MED', 0);
    expect(await tell(number, kind, 'of no table', 20)).toMatchObject({
      outcome: expect.stringContaining('ward-unknown'),
    });
    expect((await tell(number, kind, 'none', 30)).outcome).not.toContain('ward-unknown');
  },
);
