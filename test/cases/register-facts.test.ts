import type { CarePlan, CareTeam } from 'fhir/r4.js';
import { sealedTopic } from '../../src/messaging/contracts/sealed-topics.js';
import { openMessages } from '../../src/messaging/inbox/seals.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { personsToFollow } from '../../src/cases/persons-to-follow.js';
import { eventId } from '../../src/messaging/contracts/event-id.js';
import { keyedId } from '../../src/messaging/contracts/person-key.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { PersonFact, PersonIdentifier, RegisterRecord } from '../../src/messaging/contracts/facts.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { identityHash } from '../../src/persons/identity-hash.js';
import { testIdentitySecret } from '../support/facade.js';
import { personKeySecret, startHub } from '../support/hub.js';
import type { TestHub, ToldFact } from '../support/hub.js';
import { as, carePlan, codesOf, opened, parameters, published } from '../support/svu.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

/** What the register says now, as the re-reader publishes it, with changes. */
async function reread(
  number: string,
  changes: Partial<RegisterRecord> = {},
  readAt = new Date(),
  id?: string,
): Promise<ToldFact> {
  const person: PersonIdentifier = { type: 'personnummer', value: number };
  const { rows } = await hub.store.database.query<{ record: RegisterRecord }>(
    `select record from person_copy where record #>> '{identifier,value}' = $1 order by version desc limit 1`,
    [number],
  );
  const record = rows[0]?.record ?? kept.get(number) ?? { identifier: person, protectedPerson: false };
  kept.set(number, record);
  const fact: PersonFact = {
    person,
    found: true,
    record: { ...record, ...changes },
    readAt: readAt.toISOString(),
  };
  return hub.tell(factTopics.person, fact, id);
}
const kept = new Map<string, RegisterRecord>();

const kindsOf = (todos: readonly object[]): readonly string[] =>
  todos.map((todo) => (todo as { code?: { coding?: { code?: string }[] } }).code?.coding?.[0]?.code ?? '');

/** Payloads in the inbox that name a number, as far as there are keys that open them. */
const payloadsOf = async (number: string): Promise<number> => {
  const { database } = hub.store;
  const { rows } = await database.query<{ envelope: unknown }>(
    'select envelope from inbox where envelope is not null',
  );
  const topic = sealedTopic(factTopics.stay);
  const messages = rows.map(({ envelope }) => ({ topic, key: '', value: JSON.stringify(envelope) }));
  const opened = await openMessages(database, messages);
  return opened.filter(({ value, lost }) => lost !== true && value.includes(number)).length;
};

it('PAT-6: nothing of a protected person stays in the inbox, and nothing of what registers said at all', async () => {
  const number = '195007149908';
  const person: PersonIdentifier = { type: 'personnummer', value: number };
  await hub.tell(factTopics.stay, {
    kind: 'admitted',
    person,
    sender: 'TEST',
    visit: 'sealed-later',
    messageId: 'sealed-later',
    occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
    ward: 'SE4999000013-W101',
  });
  await reread(number, { name: { given: 'Ny', surname: 'Nyttnamn' } });
  expect(await payloadsOf(number)).toBe(1);
  // What connectors recorded of the person: a lookup, a refused message, and what a fact was read from.
  const known = identityHash(testIdentitySecret, person);
  const record = (hash: string, eventId: string | null) =>
    hub.store.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, event_id, person_hashes, key_id, sealed)
       values ('c', 's', 'm', now(), 'answered', $2, array[$1], 'k', '')`,
      [hash, eventId],
    );
  const { rows } = await hub.store.database.query<{ id: string }>(
    `select cause ->> 'id' as id from event where person_id = (select person_id from person_identity where hash = $1)`,
    [known],
  );
  await record(known, null);
  await record('from before persons were noted', rows[0]?.id ?? '');
  await record('somebody else', null);
  await reread(number, { protectedPerson: true });
  expect(await payloadsOf(number)).toBe(0);
  const left = await hub.store.database.query('select person_hashes from connector_recording');
  expect(left.rows).toEqual([{ person_hashes: ['somebody else'] }]);
});

it('PAT-7: what a register said stays recorded until the person is protected, though the inbox keeps none of it', async () => {
  const number = '195007149908';
  const recordedAfter = async (id: string, changes: Partial<RegisterRecord>) => {
    const event = eventId(factTopics.person, 'urn:hemgang:connector:test:test', [
      keyedId(personKeySecret, [id]),
    ]);
    await hub.store.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, event_id, key_id, sealed)
       values ('c', 's', 'm', now(), 'stored', $1, 'k', '')`,
      [event],
    );
    expect(await reread(number, changes, new Date(), id)).toMatchObject({ state: 'done', kept: false });
    const left = await hub.store.database.query('select from connector_recording where event_id = $1', [
      event,
    ]);
    return left.rows.length;
  };
  expect(await recordedAfter('open', { protectedPerson: false })).toBe(1);
  expect(await recordedAfter('changed', { name: { given: 'Ny', surname: 'Igen' } })).toBe(1);
  expect(await recordedAfter('protected', { protectedPerson: true })).toBe(0);
});

describe('PAT-7: a change in the register reaches open cases', () => {
  const number = '193406129829';
  let id = '';
  const relist = (facility: string) =>
    hub.tell(factTopics.listing, {
      person: { type: 'personnummer', value: number },
      listings: [{ facility, validFrom: '2026-01-01', doctor: { id: 'SE4999000013-P022' } }],
      readAt: new Date().toISOString(),
    });
  const changesToReview = async () =>
    (await (await as(hub, 'nurse')).todos(id))
      .filter((todo) => kindsOf([todo])[0] === 'review-register-change')
      .flatMap(({ input }) => input?.map(({ valueCoding }) => valueCoding?.code));
  const forwarding = <T extends object>(todos: readonly T[]): readonly T[] =>
    todos.filter((todo) => kindsOf([todo])[0] === 'forward-to-new-health-centre');

  it('PAT-7: a new name shows in the Patient; what may ask for another addressee is a to-do of the ward', async () => {
    id = await published(hub, number);
    const nurse = await as(hub, 'nurse');
    const patient = (await nurse.get(`CarePlan/${id}`)).body.subject.reference as string;
    const first = await reread(number, { name: { given: 'Astrid', surname: 'Nyttnamn' } });
    expect(first).toMatchObject({ state: 'done', outcome: 'changed: name' });
    expect((await nurse.get(patient)).body.name[0].family).toBe('Nyttnamn');
    expect(await nurse.todos(id)).toEqual([]);

    expect((await reread(number, { municipalityCode: '3102' })).outcome).toBe('changed: municipality');
    expect(kindsOf(await nurse.todos(id))).toEqual(['review-register-change']);
  });

  it('PAT-7: death reaches the case', async () => {
    expect((await reread(number, { deregistration: { reason: 'AV', date: '2026-02-01' } })).outcome).toBe(
      'changed: deceased',
    );
  });

  it('PAT-7: the same again makes no new copy, and an older reading changes nothing', async () => {
    const versions = async (): Promise<number> =>
      (await hub.store.database.query<{ n: number }>('select count(*) as n from person_copy')).rows[0]?.n ??
      0;
    const before = await versions();
    expect((await reread(number)).outcome).toBe('unchanged');
    expect((await reread(number, { municipalityCode: '3103' }, new Date('2020-01-01'))).outcome).toBe(
      'unchanged',
    );
    expect(await versions()).toBe(before);
  });

  it('ADR-7: another health centre is a to-do of the one addressed, until the new one takes part', async () => {
    const reviewed = await changesToReview();
    expect((await relist('SE4999000013-H102')).outcome).toBe('changed: listing');
    const [asked] = await (await as(hub, 'healthCentre')).todos(id).then(forwarding);
    expect(asked?.input).toEqual([
      expect.objectContaining({
        valueReference: expect.objectContaining({ display: 'Vårdcentralen Hamnen' }) as unknown,
      }),
    ]);
    expect(JSON.stringify(asked)).not.toContain(number);
    expect(await changesToReview()).toEqual(reviewed);
    expect((await (await as(hub, 'otherHealthCentre')).get(`CarePlan/${id}`)).status).toBe(404);

    const added = await (
      await as(hub, 'healthCentre')
    ).post(
      `CarePlan/${id}/$add-participant`,
      parameters({
        name: 'unit',
        valueReference: { identifier: { system: identifierSystems.hsa, value: 'SE4999000013-H102' } },
      }),
    );
    expect(added.status).toBe(200);
    expect(forwarding(await (await as(hub, 'healthCentre')).todos(id))).toEqual([]);
    expect((await (await as(hub, 'otherHealthCentre')).get(`CarePlan/${id}`)).status).toBe(200);
  });

  it('ADR-7: the same listing again, also where nothing changed, asks for nothing', async () => {
    expect((await relist('SE4999000013-H102')).outcome).toBe('unchanged');
    const { rows } = await hub.store.database.query(`select 1 from event where type = 'ListedUnitChanged'`);
    expect(rows).toHaveLength(1);
  });

  it('ADR-7, ADR-13: a unit that the organisation file does not have is a to-do of the ward', async () => {
    await relist('SE4999000013-H999');
    expect(await changesToReview()).toContain('listing');
  });

  it('of somebody the hub does not know nothing is kept', async () => {
    expect(await reread('194102039817')).toMatchObject({
      state: 'done',
      outcome: 'person-not-known',
      kept: false,
    });
  });
});

describe('PAT-6: a person who becomes protected while a case is open', () => {
  const number = '194711199846';
  let id = '';
  let patient = '';

  it('PAT-6: the copies are emptied, the case is frozen, and each unit is told to go on by telephone', async () => {
    id = await published(hub, number);
    const nurse = await as(hub, 'nurse');
    patient = (await nurse.get(`CarePlan/${id}`)).body.subject.reference as string;
    const surname = (await nurse.get(patient)).body.name[0].family as string;
    const told = await reread(number, { protectedPerson: true });
    expect(told).toMatchObject({ state: 'done', outcome: 'sealed', kept: false });

    expect((await nurse.get(patient)).status).toBeGreaterThanOrEqual(404);
    const plan = await nurse.get(`CarePlan/${id}`);
    expect(plan.body.status).toBe('on-hold');
    expect(plan.text).not.toContain('Höftfraktur');
    for (const who of ['nurse', 'municipality', 'homeNursing'] as const) {
      expect(kindsOf(await (await as(hub, who)).todos(id))).toEqual(['continue-by-telephone']);
    }
    const { rows } = await hub.store.database.query<{ found: number }>(
      `select (select count(*) from person_copy where record::text like $1)
        + (select count(*) from resource_version where content like $1)
        + (select count(*) from inbox where envelope::text like $1) as found`,
      [`%${surname}%`],
    );
    expect(rows[0]?.found).toBe(0);
  });

  it('PAT-6: a frozen case takes no new data, and no unit reads what it held', async () => {
    const nurse = await as(hub, 'nurse');
    const answer = await nurse.post(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters(
        { name: 'date', valueDate: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) },
        { name: 'reason', valueString: 'x' },
      ),
    );
    expect([answer.status, codesOf(answer)]).toEqual([422, ['PAT-6', 'case-frozen']]);
    const history = await nurse.get(`CarePlan/${id}/_history`);
    expect(history.text).not.toContain('Höftfraktur');
  });

  it('PAT-6: the keyed hash stays, so the same number is still the same person', async () => {
    const [followed] = [await personsToFollow(hub.store.database, { limit: 100 })];
    expect(JSON.stringify(followed)).not.toContain(number);
    await hub.population.change(number, { protectedPerson: true });
    const again = await (await as(hub, 'nurse')).post('CarePlan', carePlan(number));
    expect([again.status, codesOf(again)]).toEqual([422, ['PAT-5', 'person-protected']]);
    const { rows } = await hub.store.database.query<{ n: number }>(
      'select count(*) as n from person_identity where person_id = $1',
      [patient.replace('Patient/', '')],
    );
    expect(rows[0]?.n).toBe(1);
  });

  it('PAT-6: the case goes on when the register says clearly that the person is not protected', async () => {
    const told = await reread(number, { protectedPerson: false });
    expect(told.outcome).toBe('unsealed');
    const plan = await (await as(hub, 'nurse')).get(`CarePlan/${id}`);
    expect(plan.body.status).toBe('active');
    expect((await (await as(hub, 'nurse')).get(patient)).status).toBe(200);
  });

  it('PAT-7: after the protection the ward looks over municipality and listing, which may have changed meanwhile', async () => {
    const todos = await (await as(hub, 'nurse')).todos(id);
    const review = todos.find((each) => kindsOf([each])[0] === 'review-register-change');
    expect(review?.input?.map(({ valueCoding }) => valueCoding?.code)).toEqual(['listing', 'municipality']);
  });

  it('PAT-6: a case that was frozen goes on when somebody asks to open one and the register shows no protection', async () => {
    const other = '195209179851';
    const open = await opened(hub, other);
    await reread(other, { protectedPerson: true });
    await hub.population.change(other, { protectedPerson: false });
    const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan(other));
    expect(codesOf(answer)).toEqual(['SVU-2', 'svu-already-open']);
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${open}`)).body.status).toBe('draft');
  });

  it('PAT-6: found out when somebody asks to open a case, the open one is frozen at once', async () => {
    const other = '193612229876';
    const open = await opened(hub, other);
    await hub.population.change(other, { protectedPerson: true });
    const answer = await (await as(hub, 'otherWard')).post('CarePlan', carePlan(other));
    expect(codesOf(answer)).toEqual(['PAT-5', 'person-protected']);
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${open}`)).body.status).toBe('on-hold');
  });
});

it('INT-3: persons whom somebody may read are followed, page by page', async () => {
  const all = await personsToFollow(hub.store.database, { limit: 100 });
  expect(all.map(({ identifier }) => identifier.value).toSorted()).toEqual([
    '193406129829',
    '194711199846',
    '195209179851',
  ]);
  const [first] = await personsToFollow(hub.store.database, { limit: 1 });
  const rest = await personsToFollow(hub.store.database, { after: first?.personId ?? '', limit: 100 });
  expect([first, ...rest]).toEqual(all);
});

it('PAT-5: test persons are thrown away outside development', async () => {
  const production = await startHub({ allowTestPersons: false });
  try {
    await production.population.change('193406129829', { test: true });
    const answer = await (await as(production, 'nurse')).post('CarePlan', carePlan('193406129829'));
    expect(codesOf(answer)).toEqual(['PAT-1', 'person-unknown']);
  } finally {
    await production.stop();
  }
});

it('ADR-2: a draft goes to the municipality where she is registered now, and no more to the one before', async () => {
  const moving = '194102039817';
  const draft = await opened(hub, moving);
  const nurse = await as(hub, 'nurse');
  const municipalities = async () => {
    const { careTeam = [] } = (await nurse.get(`CarePlan/${draft}`)).body as CarePlan;
    const team = (await nurse.get(careTeam[0]?.reference ?? '')).body as CareTeam;
    const units = (team.participant ?? []).map(({ member }) => member?.identifier?.value ?? '');
    const known = ['SE4999000039', 'SE4999000047', 'SE4999000054'];
    return known.filter((each) => units.some((unit) => unit.startsWith(each)));
  };
  expect(await municipalities()).toEqual(['SE4999000039']);
  expect((await reread(moving, { municipalityCode: '3102' })).outcome).toBe('changed: municipality');
  expect(await municipalities()).toEqual(['SE4999000047']);
  expect(kindsOf(await nurse.todos(draft))).not.toContain('review-register-change');
});
