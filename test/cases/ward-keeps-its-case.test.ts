import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { StayFact } from '../../src/messaging/contracts/facts.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, consent, parameters, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

/** SVU-42, ORG-3: the ward where the patient is keeps the case until it hands it over itself. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub.stop());

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const tell = (number: string, kind: StayFact['kind'], changes: Partial<StayFact>) =>
  hub.tell(factTopics.stay, {
    kind,
    person: { type: 'personnummer', value: number },
    visit: `V-${number.slice(0, 8)}`,
    ward: staff.nurse.unit,
    sender: 'MELIOR-TEST',
    messageId: `${kind}-${number.slice(0, 8)}`,
    occurredAt: hoursAgo(3),
    ...changes,
  });
const unitOf = (unit: string) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: unit } },
});
const confirmed = { name: 'confirmed', valueBoolean: true };
const step = async (
  who: Who,
  id: string,
  name: string,
  ...of: Parameters<typeof parameters>
): Promise<readonly [number, ...string[]]> => {
  const answer = await (await as(hub, who)).post(`CarePlan/${id}/$${name}`, parameters(...of));
  return [answer.status, ...codesOf(answer)];
};
const remove = (who: Who, id: string, unit: string, ...more: Parameters<typeof parameters>) =>
  step(who, id, 'remove-participant', unitOf(unit), ...more);
const kinds = async (who: Who, id: string) =>
  (await (await as(hub, who)).todos(id)).map(({ code }) => code?.coding?.[0]?.code);
/** The patient lies at the ward, whose case has also a unit of the other hospital. */
async function withOtherRegion(number: string): Promise<string> {
  await tell(number, 'admitted', { admittedAt: hoursAgo(3) });
  const id = await published(hub, number);
  expect(await step('municipality', id, 'add-participant', unitOf(staff.otherRegion.unit))).toEqual([200]);
  return id;
}

describe('The ward of a stay', () => {
  it('SVU-42, ORG-3: is removed by no other side and no other organisation, and hears of its stay', async () => {
    const number = '193406129829';
    const id = await withOtherRegion(number);
    const refused = [422, 'SVU-42', 'ward-hands-over-itself'];
    for (const who of ['municipality', 'homeNursing', 'healthCentre', 'otherRegion'] as const)
      for (const more of [[], [confirmed], [confirmed, { name: 'reason', valueString: 'Flyttad' }]])
        expect([who, ...(await remove(who, id, staff.nurse.unit, ...more))]).toEqual([who, ...refused]);
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).status).toBe(200);
    const expectedDischarge = hoursAgo(-200);
    await tell(number, 'changed', { occurredAt: hoursAgo(2), expectedDischarge });
    expect(await kinds('nurse', id)).toEqual(['review-expected-discharge']);
    await tell(number, 'discharged', { occurredAt: hoursAgo(1), dischargedAt: hoursAgo(1) });
    expect(await kinds('nurse', id)).toContain('publish-discharge');
    expect(await kinds('otherRegion', id)).not.toContain('publish-discharge');
  });

  it('ADR-11: is removed by another ward of its organisation, which hears of the stay then', async () => {
    const number = '193309019903';
    const id = await withOtherRegion(number);
    expect(await step('nurse', id, 'add-participant', unitOf(staff.otherWard.unit))).toEqual([200]);
    expect(await remove('otherWard', id, staff.nurse.unit, confirmed)).toEqual([200]);
    await tell(number, 'discharged', { occurredAt: hoursAgo(1), dischargedAt: hoursAgo(1) });
    expect(await kinds('otherWard', id)).toContain('publish-discharge');
  });

  it('SVU-42: hands over to another organisation by an act that it confirms', async () => {
    const id = await withOtherRegion('192908059831');
    const { unit } = staff.nurse;
    expect(await remove('nurse', id, unit)).toEqual([422, 'ADR-10', 'removal-not-confirmed']);
    expect(await remove('nurse', id, unit, confirmed)).toEqual([204]);
    // The steps of the hospital are the new ward's now (ORG-3).
    const day = { name: 'date', valueDate: hoursAgo(-24 * 20).slice(0, 10) };
    const why = { name: 'reason', valueString: 'Överflyttad' };
    expect(await step('otherRegion', id, 'change-planned-discharge', day, why)).toEqual([200]);
    for (const who of ['nurse', 'otherRegion', 'municipality'] as const) {
      const { text } = await (
        await as(hub, who)
      ).get('Communication?category=participant-removed,ward-changed');
      expect([who, text.includes(unit)]).toEqual([who, true]);
    }
  });
});

describe('Under a refusal', () => {
  let id: string;
  beforeAll(async () => {
    id = await published(hub, '194401309887');
    await (await as(hub, 'nurse')).post('Consent', consent(id, 'refusal'));
  });

  it('CON-5: a unit that is no unit of the hospital is not hidden from who removes it, whether it takes part or not', async () => {
    expect(await remove('healthCentre', id, 'SE4999000013-Y101', confirmed)).toEqual([200]);
    const hidden = [403, 'CON-5', 'hospital-unit-hidden'];
    for (const unit of [staff.nurse.unit, staff.otherWard.unit])
      expect(await remove('healthCentre', id, unit, confirmed)).toEqual(hidden);
  });
});

it('SVU-9: letters that show nothing are no reason', async () => {
  const id = await published(hub, '194711199846');
  const day = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  const date = { name: 'date', valueDate: day };
  for (const text of ['\u3164\u3164', '\u115F', '\u1160', '\uFFA0', '…']) {
    const [status] = await step('nurse', id, 'change-planned-discharge', date, {
      name: 'reason',
      valueString: text,
    });
    expect([text, status]).toEqual([text, 422]);
  }
});
