import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Patient } from 'fhir/r4.js';
import { personsToFollow } from '../../src/cases/persons-to-follow.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, parameters, published } from '../support/svu.js';

/** PAT-6: whoever may still read a person has to lose that when she becomes protected, also when her case is over. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub.stop());

const reason = { name: 'reason', valueString: 'Fel patient' };
const ends = [
  { end: 'discharged', number: '193406129829', path: '$discharge', sent: dischargeAt },
  { end: 'annulled', number: '194711199846', path: '$annul', sent: () => [reason] },
] as const;
function dischargeAt() {
  return [
    { name: 'dischargedAt', valueDateTime: new Date(Date.now() - 60_000).toISOString() },
    { name: 'form', valueCode: 'early-end' },
  ];
}
const readers = ['nurse', 'healthCentre', 'municipality', 'homeNursing'] as const;

/** What the re-reader does with everybody it follows: asks the register, and tells what it says now. */
async function readAgain(changes: Readonly<Record<string, object>>): Promise<void> {
  for (const { identifier } of await personsToFollow(hub.store.database, { limit: 100 }))
    await hub.tell(factTopics.person, {
      person: identifier,
      found: true,
      record: { identifier, protectedPerson: false, ...changes[identifier.value] },
      readAt: new Date().toISOString(),
    });
}

describe('A person whose case is over', () => {
  it.each(ends)(
    'PAT-6: is hidden from everybody when she becomes protected, the case being $end',
    async ({ number, path, sent }) => {
      const id = await published(hub, number);
      const nurse = await as(hub, 'nurse');
      const plan = (await nurse.get(`CarePlan/${id}`)).body as CarePlan;
      const patient = plan.subject.reference ?? '';
      expect((await nurse.post(`CarePlan/${id}/${path}`, parameters(...sent()))).status).toBe(200);
      const byNumber = `identifier=${encodeURIComponent(`${identifierSystems.personnummer}|${number}`)}`;
      const search = { type: 'application/x-www-form-urlencoded' };
      const seenBy = async (who: (typeof readers)[number]) => {
        const reader = await as(hub, who);
        const found = (await reader.post('Patient/_search', byNumber, search)).body as Bundle<Patient>;
        const history = await reader.get(`${patient}/_history/1`);
        return [(await reader.get(patient)).status, history.status, found.entry?.length ?? 0];
      };
      const before = await Promise.all(readers.map(seenBy));
      expect(before.filter(([status]) => status === 200).length).toBeGreaterThanOrEqual(3);
      await readAgain({ [number]: { protectedPerson: true } });
      for (const who of readers) expect([who, ...(await seenBy(who))]).toEqual([who, 404, 404, 0]);
    },
  );

  it('PAT-6: is followed no more when nobody may read her', async () => {
    const followed = await personsToFollow(hub.store.database, { limit: 100 });
    expect(followed.map(({ identifier }) => identifier.value)).toEqual([]);
  });
});
