import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Task } from 'fhir/r4.js';
import type { PersonIdentifier, StayFact } from '../../src/messaging/contracts/facts.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { peopleOfRegion, stayFacts } from '../support/stay-facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, parameters, published, staff } from '../support/svu.js';

/** What a ward is asked because of what a journal told is asked while that stands, and nothing that was told is lost (decision 57). */
let hub: TestHub;
const fact = stayFacts('ASKED');
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const [w101, w102] = [staff.nurse.unit, staff.otherWard.unit];
const next = peopleOfRegion();
const somebody = (): PersonIdentifier => ({ type: 'personnummer', value: next() });

const nobody: readonly (readonly [string, PersonIdentifier])[] = [
  ['PAT-3: a malformed number', { type: 'other', value: '193406129820' }],
  ['PAT-4: a reserve number', { type: 'reserve', value: 'R7654321' }],
  ['PAT-3: the number of a record', { type: 'other', value: '9990123' }],
  ['PAT-1: an unknown number', { type: 'personnummer', value: '190001019801' }],
];

async function tell(
  person: PersonIdentifier,
  visit: string,
  kind: StayFact['kind'],
  minutes: number,
  changes: Partial<StayFact> = {},
): Promise<void> {
  const { state, cause } = await hub.tell(
    factTopics.stay,
    fact(person, visit, kind, new Date(Date.now() - 5 * 3_600_000 + minutes * 60_000), changes),
  );
  expect([state, cause]).toEqual(['done', null]);
}

type Row = { readonly status: string; readonly reason: string | null; readonly content: string };
/** What wards were asked to plan by telephone of a visit. */
const noticesOf = async (visit: string, ward: string = w101): Promise<readonly Row[]> =>
  (
    await hub.store.database.query<Row>(
      `select status, content::json -> 'statusReason' -> 'coding' -> 0 ->> 'code' as reason, content from resource
        where type = 'Task' and owner = $1 and not deleted and content like '%plan-by-telephone%' and content like $2`,
      [ward, `%"${visit}"%`],
    )
  ).rows;

type Todo = Pick<Task, 'id' | 'code'>;
const todosOf = async (id: string): Promise<readonly Todo[]> => (await as(hub, 'nurse')).todos(id);
const kindsOf = async (id: string): Promise<readonly string[]> =>
  (await todosOf(id)).map(({ code }) => code?.coding?.[0]?.code ?? '').toSorted();

async function done(id: string, kind: string): Promise<void> {
  const nurse = await as(hub, 'nurse');
  const todo = (await todosOf(id)).find(({ code }) => code?.coding?.[0]?.code === kind);
  const answer = await nurse.put(`Task/${todo?.id}`, { ...todo, status: 'completed' });
  expect(answer.status).toBe(200);
}

async function discharged(id: string): Promise<void> {
  const answer = await (
    await as(hub, 'nurse')
  ).post(
    `CarePlan/${id}/$discharge`,
    parameters(
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'discharge' },
      { name: 'dischargedTo', valueString: 'Ordinärt boende' },
      { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
    ),
  );
  expect([answer.status, answer.body.status]).toEqual([200, 'completed']);
}

describe.each(nobody)('%s on a known visit', (what, unknown) => {
  const visit = `N-${what.replaceAll(/\W/g, '')}`;
  let id = '';

  it('asks the ward of its case, each time it tells something new, and names nobody', async () => {
    const person = somebody();
    await tell(person, visit, 'admitted', 0);
    id = await published(hub, person.value);
    for (const [index, kind] of (
      ['transferred', 'discharged', 'discharge-cancelled', 'admission-cancelled'] as const
    ).entries()) {
      await tell(unknown, visit, kind, 10 + index);
      expect(await kindsOf(id)).toEqual(['check-identity']);
      expect(JSON.stringify(await todosOf(id))).not.toContain(unknown.value);
      await done(id, 'check-identity');
      expect(await kindsOf(id)).toEqual([]);
    }
  });

  it('asks nothing where it is older, or changes nothing of what is known', async () => {
    await tell(unknown, visit, 'discharged', -10);
    await tell(unknown, visit, 'changed', 20);
    expect(await kindsOf(id)).toEqual([]);
    await tell(unknown, visit, 'changed', 21, { expectedDischarge: new Date().toISOString() });
    expect(await kindsOf(id)).toEqual(['check-identity']);
  });
});

describe('PAT-13: a visit that goes to another person', () => {
  it('and back is asked about no more', async () => {
    const [own, other] = [somebody(), somebody()];
    await tell(own, 'FLIP', 'admitted', 0);
    const id = await published(hub, own.value);
    await tell(other, 'FLIP', 'changed', 10);
    expect(await kindsOf(id)).toEqual(['check-identity']);
    await tell(own, 'FLIP', 'changed', 20);
    expect(await kindsOf(id)).toEqual([]);
    await tell(other, 'FLIP', 'changed', 30);
    expect(await kindsOf(id)).toEqual(['check-identity']);
  });

  it('takes with it what its end asked for, and brings it back', async () => {
    const [own, other] = [somebody(), somebody()];
    await tell(own, 'END', 'admitted', 0);
    const id = await published(hub, own.value);
    await tell(own, 'END', 'discharged', 10);
    expect(await kindsOf(id)).toEqual(['publish-discharge']);
    await tell(other, 'END', 'changed', 20);
    expect(await kindsOf(id)).toEqual(['check-identity']);
    await tell(own, 'END', 'changed', 30);
    expect(await kindsOf(id)).toEqual(['publish-discharge']);
  });
});

describe.each(nobody)('%s on a visit that nobody knows', (what, unknown) => {
  it('is planned by telephone until the visit is told under a number that is known', async () => {
    const [visit, person] = [`HEAL-${what.replaceAll(/\W/g, '')}`, somebody()];
    await tell(unknown, visit, 'admitted', 0);
    expect(await noticesOf(visit)).toMatchObject([{ status: 'requested' }]);
    await tell(person, visit, 'changed', 10, { ward: w102 });
    expect(await noticesOf(visit)).toMatchObject([{ status: 'cancelled', reason: 'identity-known' }]);
    await tell(unknown, visit, 'transferred', 20);
    expect(await noticesOf(visit)).toMatchObject([{ status: 'requested' }]);
    await tell(person, visit, 'transferred', 30);
    expect(await noticesOf(visit)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('is planned where the patient is, and not once the admission is cancelled', async () => {
    const visit = `GONE-${what.replaceAll(/\W/g, '')}`;
    await tell(unknown, visit, 'admitted', 0);
    await tell(unknown, visit, 'transferred', 10, { ward: w102 });
    expect(await noticesOf(visit)).toMatchObject([{ status: 'cancelled', reason: 'patient-gone' }]);
    expect(await noticesOf(visit, w102)).toMatchObject([{ status: 'requested' }]);
    await tell(unknown, visit, 'discharged', 20, { ward: w102 });
    expect(await noticesOf(visit, w102)).toMatchObject([{ status: 'requested' }]);
    await tell(unknown, visit, 'admission-cancelled', 30, { ward: w102 });
    expect(await noticesOf(visit, w102)).toMatchObject([{ status: 'cancelled', reason: 'patient-gone' }]);
    await tell(unknown, visit, 'admitted', 40, { ward: w102 });
    expect(await noticesOf(visit, w102)).toMatchObject([{ status: 'requested' }]);
  });
});

it('SVU-24: a discharged case whose admission is cancelled is asked that alone, and of the stay again once it is there', async () => {
  const person = somebody();
  await tell(person, 'UNDO', 'admitted', 0);
  const id = await published(hub, person.value);
  await tell(person, 'UNDO', 'discharged', 10);
  await discharged(id);
  await tell(person, 'UNDO', 'discharge-cancelled', 20);
  expect(await kindsOf(id)).toEqual(['undo-discharge']);
  await tell(person, 'UNDO', 'admission-cancelled', 30);
  expect(await kindsOf(id)).toEqual(['review-cancelled-admission']);
  await tell(person, 'UNDO', 'admitted', 40);
  expect(await kindsOf(id)).toEqual(['undo-discharge']);
});
