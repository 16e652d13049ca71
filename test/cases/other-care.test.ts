import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { peopleOfRegion, stayFacts } from '../support/stay-facts.js';
import { as, published, staff } from '../support/svu.js';

/**
 * SVU-21: a journal that gives a known visit another patient class says neither that the patient has left nor that she never was there; the
 * ward of the case is asked (decision 116).
 */
let hub: TestHub;
const person = peopleOfRegion();
const fact = stayFacts('CLASS');
let received = 0;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

async function tell(number: string, kind: StayFact['kind'], minutes: number, otherCare = false) {
  const at = new Date(Date.now() - 3 * 3_600_000 + minutes * 60_000);
  const { ward: _ward, ...rest } = fact(number, `CLASS-${number.slice(0, 8)}`, kind, at);
  received += 1;
  const sending = { received, ...(otherCare && { otherCare: true as const }) };
  const data = { ...rest, ...(!otherCare && { ward: staff.nurse.unit }) };
  const told = await hub.tell(factTopics.stay, data, undefined, sending);
  expect(told).toMatchObject({ state: 'done', cause: null });
  return told;
}

const kinds = async (id: string): Promise<readonly (string | undefined)[]> =>
  (await (await as(hub, 'nurse')).todos(id))
    .map(({ code }) => code?.coding?.[0]?.code)
    .filter((code) => code === 'review-other-care' || code === 'publish-discharge');

it('the ward is asked, once, until the journal calls the visit a stay again or as over', async () => {
  const number = person();
  await tell(number, 'admitted', 0);
  const id = await published(hub, number);
  expect((await tell(number, 'changed', 10, true)).outcome).toContain('note-other-care');
  await tell(number, 'changed', 11, true);
  expect(await kinds(id)).toEqual(['review-other-care']);
  await tell(number, 'changed', 12);
  expect(await kinds(id)).toEqual([]);
  await tell(number, 'changed', 13, true);
  await tell(number, 'discharged', 20, true);
  expect(await kinds(id)).toEqual(['publish-discharge']);
});

it('the hub’s operators are not asked for a ward that an outpatient has not', async () => {
  const number = person();
  await tell(number, 'admitted', 0);
  expect((await tell(number, 'changed', 10, true)).outcome).not.toContain('ward-unknown');
  // A reserve number names nobody here.
  const { person: _person, ...rest } = fact(number, 'CLASS-RESERVE', 'changed', new Date());
  const data = { ...rest, person: { type: 'reserve' as const, value: 'R1234567890X' } };
  const told = await hub.tell(factTopics.stay, data, undefined, { received: 10_000, otherCare: true });
  expect(told.outcome).not.toContain('ward-unknown');
});
