import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Communication, Patient, Task } from 'fhir/r4.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { stayStream, wardNoticeStream } from '../../src/cases/streams/of-no-case.js';
import { rebuild } from '../../src/log/rebuild.js';
import { StreamRegistry, type AnyStreamType } from '../../src/log/stream-registry.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { PersonIdentifier, StayFact } from '../../src/messaging/contracts/facts.js';
import { personStream } from '../../src/persons/person-stream.js';
import { startHub } from '../support/hub.js';
import type { TestHub, ToldFact } from '../support/hub.js';
import { as, carePlan, codesOf, opened, parameters, published, staff } from '../support/svu.js';

let hub: TestHub;
let message = 0;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const sender = 'MELIOR-TEST';
const moment = (minutes: number) => new Date(Date.now() - 36_000_000 + minutes * 60_000).toISOString();

const identifier = (value: string): PersonIdentifier => ({
  type: Number(value.slice(6, 8)) > 60 ? 'samordningsnummer' : 'personnummer',
  value,
});

async function stay(
  number: string,
  visit: string,
  kind: StayFact['kind'],
  minutes: number,
): Promise<ToldFact> {
  message += 1;
  return hub.tell(factTopics.stay, {
    kind,
    person: identifier(number),
    visit,
    ward: staff.nurse.unit,
    occurredAt: moment(minutes),
    sender,
    messageId: `M${message}`,
  });
}

async function merged(number: string, replaced: string, key?: string): Promise<ToldFact> {
  message += 1;
  return hub.tell(
    factTopics.identity,
    {
      person: identifier(number),
      replaced: [identifier(replaced)],
      occurredAt: moment(message),
      sender,
      messageId: `M${message}`,
    },
    key,
  );
}

/** The register says from now on that both numbers are one person's, whose number is the first. */
async function becomesOne(number: string, other: string): Promise<void> {
  await hub.population.change(number, { referred: [other] });
}

const nurse = () => as(hub, 'nurse');
const planOf = async (id: string) => (await (await nurse()).get(`CarePlan/${id}`)).body as CarePlan;
const subjectOf = async (id: string) => (await planOf(id)).subject.reference ?? '';

async function kinds(id: string): Promise<readonly string[]> {
  return (await asked(id)).map((todo) => todo.code?.coding?.[0]?.code ?? '').toSorted();
}

/** What the ward has to do about the case, beside publishing a draft. */
async function asked(id: string): Promise<readonly Task[]> {
  const todos = await (await nurse()).todos(id);
  return todos.filter((todo) => todo.code?.coding?.[0]?.code !== 'publish-admission-notice');
}

async function personOf(number: string): Promise<string | undefined> {
  const hash = hub.cases.registers.hash(identifier(number));
  return (await hub.cases.registers.holders([hash])).get(hash);
}

describe('PAT-12: one number becomes another, and the hub knows one of them', () => {
  const [old, now] = ['193406129829', '194711199846'];
  let id = '';
  let patient = '';

  it('PAT-12: a fact under the new number lands on the same person, and the case stays hers', async () => {
    await stay(old, 'I1', 'admitted', 0);
    id = await published(hub, old);
    patient = await subjectOf(id);
    await becomesOne(now, old);
    expect((await stay(now, 'I1', 'discharged', 10)).outcome).toBe('stay-recorded, note-journal-discharge');
    expect(await subjectOf(id)).toBe(patient);
    expect(await personOf(now)).toBe(await personOf(old));
  });

  it('PAT-12: a fact under the old number comes later and is judged by its own time', async () => {
    expect((await stay(old, 'I1', 'changed', 5)).outcome).toBe('late');
    expect((await stay(old, 'I1', 'discharge-cancelled', 15)).outcome).toBe(
      'stay-recorded, note-discharge-cancelled',
    );
  });

  it('PAT-12: the Patient shows the number that holds now, and the old one as old', async () => {
    const shown = (await (await nurse()).get(patient)).body as Patient;
    expect(shown.identifier).toEqual([
      expect.objectContaining({ value: now }),
      expect.objectContaining({ value: old, use: 'old' }),
    ]);
  });

  it('SVU-2: either number finds the open case', async () => {
    for (const number of [old, now]) {
      const answer = await (await nurse()).post('CarePlan', carePlan(number));
      expect([answer.status, codesOf(answer)]).toEqual([409, ['SVU-2', 'svu-already-open']]);
    }
  });
});

describe('PAT-12: both numbers are known as two persons', () => {
  const [gone, lives] = ['195007149908', '194401309887'];
  let id = '';
  let retired = '';

  it('PAT-12: A40 that the register confirms makes them one: cases and stays are the one that lives on', async () => {
    await stay(gone, 'B1', 'admitted', 0);
    id = await published(hub, gone);
    retired = await subjectOf(id);
    await stay(lives, 'B2', 'admitted', 1);
    const survivor = `Patient/${await personOf(lives)}`;
    expect(survivor).not.toBe(retired);
    await becomesOne(lives, gone);
    expect(await merged(lives, gone, 'A40')).toMatchObject({
      state: 'done',
      outcome: 'confirmed-by-the-register',
      kept: false,
    });
    expect(await subjectOf(id)).toBe(survivor);
    const encounter = await (await nurse()).get(`Encounter/${stayIdOf(sender, 'B1')}`);
    expect(encounter.body.subject.reference).toBe(survivor);
    expect((await (await nurse()).get(survivor)).status).toBe(200);
  });

  it('PAT-12: the retired id leads to the one that lives on, and names nobody', async () => {
    const shown = (await (await nurse()).get(retired)).body as Patient;
    expect(shown).toMatchObject({
      active: false,
      link: [{ other: { reference: await subjectOf(id) }, type: 'replaced-by' }],
    });
    expect([shown.name, shown.identifier]).toEqual([undefined, undefined]);
    const history = await (await nurse()).get(`${retired}/_history`);
    expect(history.text).not.toContain(gone);
  });

  it('PAT-12: told again it changes nothing; facts go on under either number', async () => {
    const before = (await planOf(id)).meta?.versionId;
    await merged(lives, gone);
    expect((await planOf(id)).meta?.versionId).toBe(before);
    expect((await stay(gone, 'B1', 'discharged', 20)).outcome).toBe('stay-recorded, note-journal-discharge');
  });

  it('ACC-1: who takes no part in either case sees neither', async () => {
    const other = await as(hub, 'otherRegion');
    expect((await other.get(retired)).status).toBe(404);
    expect((await other.get(`CarePlan/${id}`)).status).toBe(404);
  });
});

describe('PAT-12: both have an open case', () => {
  const [one, two] = ['195209179851', '193612229876'];
  let [first, second] = ['', ''];

  it('SVU-2: they are not merged; both wards are asked to end one, and both cases stay readable', async () => {
    first = await opened(hub, one);
    second = await opened(hub, two);
    await becomesOne(two, one);
    await merged(two, one);
    expect(await kinds(first)).toEqual(['review-double-case']);
    expect(await kinds(second)).toEqual(['review-double-case']);
    expect(await subjectOf(first)).not.toBe(await subjectOf(second));
  });

  it('PAT-12: they become one at the next reading after one of them was annulled', async () => {
    const reason = parameters({ name: 'reason', valueString: 'Dubbelt ärende' });
    expect((await (await nurse()).post(`CarePlan/${first}/$annul`, reason)).status).toBe(200);
    await merged(two, one);
    expect(await kinds(second)).toEqual([]);
    expect(await personOf(one)).toBe(await personOf(two));
    // VIEW-11: all that the ward reads of the annulled one is that it is.
    const { body } = await (await nurse()).get(`Communication?based-on=CarePlan/${first}`);
    const notices = ((body as Bundle).entry ?? []).map(({ resource }) => resource as Communication);
    expect(notices.map(({ subject }) => subject?.reference)).toEqual([await subjectOf(second)]);
  });
});

describe('PAT-2: a merge that the register does not confirm', () => {
  it('PAT-13: merges nobody; the wards of open cases check who the patient is, once', async () => {
    const [one, two] = ['194102039817', '192908059831'];
    const id = await opened(hub, one);
    const before = await subjectOf(id);
    expect((await merged(two, one)).outcome).toBe('not-confirmed, wards asked');
    expect(await kinds(id)).toEqual(['check-identity']);
    expect(await subjectOf(id)).toBe(before);
    expect(await personOf(two)).toBeUndefined();
    const [todo] = await asked(id);
    await (await nurse()).put(`Task/${todo?.id}`, { ...todo, status: 'completed' });
    await merged(two, one);
    expect(await kinds(id)).toEqual([]);
  });

  it.each([
    ['a reserve number', { type: 'reserve', value: '98240301AA06' }],
    ['a number that is none', { type: 'personnummer', value: '194401309888' }],
  ] as const)(
    'PAT-4, PAT-13: a number that the journal gave up for %s: the ward of the open case checks who the patient is',
    async (_what, survivor) => {
      const number = survivor.type === 'reserve' ? '201208189983' : '194811039967';
      const id = await opened(hub, number);
      const before = await subjectOf(id);
      message += 1;
      const fact = await hub.tell(factTopics.identity, {
        person: survivor,
        replaced: [identifier(number)],
        occurredAt: moment(message),
        sender,
        messageId: `M${message}`,
      });
      expect(fact).toMatchObject({ outcome: 'no-number-survives, wards asked', kept: false });
      expect(await kinds(id)).toEqual(['check-identity']);
      expect(await subjectOf(id)).toBe(before);
      const { rows } = await hub.store.database.query('select from event where data::text like $1', [
        `%${survivor.value}%`,
      ]);
      expect(rows).toEqual([]);
    },
  );

  it('PAT-1, PAT-4: of persons the hub does not know nothing is kept', async () => {
    const count = async () =>
      (await hub.store.database.query<{ n: number }>('select count(*) as n from person_identity')).rows[0]?.n;
    const before = await count();
    expect(await merged('194505099921', '195310089940')).toMatchObject({
      outcome: 'persons-not-known',
      kept: false,
    });
    const reserve = await hub.tell(factTopics.identity, {
      person: identifier('194505099921'),
      replaced: [{ type: 'reserve', value: '98240301AA06' }],
      occurredAt: moment(1),
      sender,
      messageId: 'R1',
    });
    expect(reserve).toMatchObject({ outcome: 'no-number-to-merge', kept: false });
    const intoReserve = await hub.tell(factTopics.identity, {
      person: { type: 'reserve', value: '98240301AA06' },
      replaced: [identifier('194505099921')],
      occurredAt: moment(1),
      sender,
      messageId: 'R2',
    });
    expect(intoReserve).toMatchObject({ outcome: 'persons-not-known', kept: false });
    expect(await count()).toBe(before);
  });
});

describe('PAT-6: protection survives a merge', () => {
  const [secret, open] = ['194505099921', '195310089940'];

  it('PAT-6: when either was protected the cases of both are frozen', async () => {
    const hidden = await opened(hub, secret);
    await hub.population.change(secret, { protectedPerson: true });
    await (await as(hub, 'otherWard')).post('CarePlan', carePlan(secret));
    expect((await planOf(hidden)).status).toBe('on-hold');
    await stay(open, 'P2', 'admitted', 0);
    const patient = `Patient/${await personOf(open)}`;
    await becomesOne(open, secret);
    await merged(open, secret);
    expect(await personOf(secret)).toBe(await personOf(open));
    expect((await planOf(hidden)).status).toBe('on-hold');
    expect((await (await nurse()).get(patient)).status).toBeGreaterThanOrEqual(404);
  });
});

it('PAT-6: an answer from before the protection that comes after the merge does not end it', async () => {
  const [secret, open] = ['193804289860', '193309019903'];
  await stay(open, 'Q1', 'admitted', 0);
  const before = new Date().toISOString();
  const hidden = await opened(hub, secret);
  await hub.population.change(secret, { protectedPerson: true });
  await (await as(hub, 'otherWard')).post('CarePlan', carePlan(secret));
  await becomesOne(open, secret);
  await merged(open, secret);
  expect(await personOf(secret)).toBe(await personOf(open));
  expect((await planOf(hidden)).status).toBe('on-hold');
  await hub.tell(factTopics.person, {
    person: identifier(open),
    found: true,
    record: { identifier: identifier(open), protectedPerson: false },
    readAt: before,
  });
  expect((await planOf(hidden)).status).toBe('on-hold');
});

it('PAT-12: two that the register says are one meet in many facts at once, and become one', async () => {
  const [one, two] = ['193902169899', '194206219919'];
  await stay(one, 'K1', 'admitted', 0);
  await stay(two, 'K2', 'admitted', 0);
  await becomesOne(two, one);
  const told = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      stay(n % 2 === 0 ? one : two, n % 2 === 0 ? 'K1' : 'K2', 'changed', n + 1),
    ),
  );
  expect(told.map(({ state }) => state)).toEqual(told.map(() => 'done'));
  expect(await personOf(one)).toBe(await personOf(two));
  const { rows } = await hub.store.database.query<{ n: number }>(
    `select count(distinct person_id) as n from stream where id = any($1)`,
    [[stayIdOf(sender, 'K1'), stayIdOf(sender, 'K2')]],
  );
  expect(rows[0]?.n).toBe(1);
});

it('everything shown is what a rebuild of the log shows', async () => {
  const types = [svuStream, stayStream, wardNoticeStream, personStream] as unknown as AnyStreamType[];
  const { database } = hub.store;
  const report = await rebuild({ database, registry: new StreamRegistry(types), swap: false, resume: false });
  expect(report.differences).toEqual([]);
});
