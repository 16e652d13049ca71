import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { applyReading } from '../../src/cases/apply-reading.js';
import { systemActor } from '../../src/cases/dependencies.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { factTopics, type RegisterRecord, type StayFact } from '../../src/messaging/contracts/facts.js';
import { personLock } from '../../src/persons/person-locks.js';
import { startHub, type TestHub } from '../support/hub.js';
import { stayFacts } from '../support/stay-facts.js';
import { as, opened } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';

/** A person who becomes protected after a journal fact has read her copy, and before it has the lock. */

let hub: TestHub;
beforeAll(async () => {
  // The fact finds her copy and does not ask the register.
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
}, 60_000);
afterAll(() => hub.stop());

const sender = 'MEANWHILE';
const fact = stayFacts(sender);

/** Protects a person while the work that `begin` starts waits for her lock. */
async function protectUnder<T>(number: string, personId: string, begin: () => Promise<T>): Promise<T> {
  const at = new Date().toISOString();
  const identifier = { type: 'personnummer', value: number } as const;
  const record: RegisterRecord = { identifier, protectedPerson: true };
  await hub.population.change(number, { protectedPerson: true });
  const options = { cause: { kind: 'fact', id: `protected ${number}` }, recordedAt: at } as const;
  let begun: Promise<T> | undefined;
  await hub.cases.log.transact({ ...options, locks: [personLock(personId)] }, async (session) => {
    begun = begin();
    await waitFor('somebody who waits for the person', async () => {
      const { rows } = await hub.store.database.query(
        `select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`,
      );
      return rows.length > 0;
    });
    const by = systemActor('population-register');
    await applyReading(hub.cases, session, personId, { population: { record, readAt: at } }, { at, by });
  });
  if (begun === undefined) throw new Error('nothing was begun');
  return begun;
}

it.each<[StayFact['kind'], string]>([
  ['admitted', '193406129829'],
  ['transferred', '194102039817'],
  ['changed', '194711199846'],
  ['discharged', '192908059831'],
])(
  'PAT-5, PAT-6: of a stay told meanwhile (%s) nothing is kept, and the ward is told',
  async (kind, number) => {
    const id = await opened(hub, number);
    const plan = (await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as CarePlan;
    const personId = plan.subject.reference?.split('/')[1] ?? '';
    const visit = `V ${kind}`;
    await protectUnder(number, personId, () =>
      hub.tell(factTopics.stay, fact(number, visit, kind, new Date(Date.now() - 60_000))),
    );
    const told = await waitFor('the fact to be dealt with', async () => {
      const { rows } = await hub.store.database.query<{ state: string; outcome: string; kept: boolean }>(
        `select state, outcome, envelope is not null as kept from inbox where state <> 'waiting' order by position desc limit 1`,
      );
      return rows[0];
    });
    expect(told).toEqual({ state: 'done', outcome: 'ward-told', kept: false });
    const { rows } = await hub.store.database.query('select from stream where id = $1', [
      stayIdOf(sender, visit),
    ]);
    expect(rows).toEqual([]);
  },
);
