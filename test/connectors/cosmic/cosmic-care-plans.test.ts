import { randomBytes } from 'node:crypto';
import { retranslateCarePlan } from '../../../connectors/cosmic/retranslate.js';
import { Recorder } from '../../../connectors/common/recording/recorder.js';
import { waitFor } from '../../support/wait-for.js';
import {
  astrid,
  carePlan,
  carePlanSettings,
  cosmicTest,
  encounter,
  nils,
  patient,
  people,
  settings as cosmicSettings,
  type CarePlanParts,
  type CosmicTest,
  type RunningCosmic,
} from './cosmic-support.js';
import { logged, testNumber } from '../common/support.js';

const hsaSystem = 'urn:oid:1.2.752.29.4.19';
const organisations = [
  {
    resourceType: 'Organization',
    id: 'o1',
    name: 'Medicinkliniken',
    identifier: [{ system: hsaSystem, value: 'SE2321000016-W201' }],
  },
  { resourceType: 'Organization', id: 'o2', name: 'Hemsjukvården' },
  {
    resourceType: 'PractitionerRole',
    id: 'r1',
    practitioner: { reference: 'Practitioner/x', display: 'Sture Påhittad' },
    organization: { reference: 'Organization/o1' },
  },
];
const minute = 60_000;
const log = logged();
const recorder = new Recorder({ keyId: 'test', secret: randomBytes(32) });
let at: CosmicTest;
let cosmic: RunningCosmic;
let ahead = 0;
let count = 0;

const start = (more: object = {}) =>
  at.start({
    more: { carePlans: { ...carePlanSettings, ...more } },
    logger: log.logger,
    recorder,
    clock: () => new Date(Date.now() + ahead),
  });
beforeAll(async () => {
  at = await cosmicTest([...people, ...organisations]);
  cosmic = await start();
});
afterAll(() => at.end());

const nextId = (): string => `c${(count += 1)}`;
const poll = () => waitFor('a poll', async () => cosmic.carePlans?.pollNow());

/** Puts a CarePlan through its versions, polls after each, and gives what was told of it. */
async function course(...versions: readonly (Omit<CarePlanParts, 'id'> | 'deleted')[]) {
  const id = nextId();
  for (const version of versions) {
    if (version === 'deleted') at.server.remove('CarePlan', id);
    else at.server.put(carePlan({ id, ...version }));
    await poll();
  }
  return { id, facts: (await at.plans(id)).map(({ data }) => data) };
}

it('INT-2: a CarePlan that is active is told by its kind, period and organisations, and by nothing of what it says', async () => {
  const { id, facts } = await course({
    author: { reference: 'PractitionerRole/r1', display: 'Sture Påhittad' },
    receiver: { reference: 'Organization/o2' },
    end: '2026-02-10T12:00:00+01:00',
  });
  expect(facts).toEqual([
    {
      person: { type: 'personnummer', value: astrid },
      plan: id,
      status: 'active',
      title: 'Samordnad plan',
      categories: [{ system: 'urn:test:kinds', code: 'SIP' }],
      period: { start: '2026-01-10', end: '2026-02-10T11:00:00.000Z' },
      createdAt: '2026-01-09T09:00:00.000Z',
      author: { hsaId: 'SE2321000016-W201', name: 'Medicinkliniken' },
      receivers: [{ name: 'Hemsjukvården' }],
      occurredAt: expect.stringMatching(/Z$/),
      sequence: expect.any(Number),
      sender: 'cosmic-test',
      messageId: `${id}/1#${facts[0]?.sequence}`,
    },
  ]);
  const [event] = await at.plans(id);
  expect(event?.source).toBe('urn:hemgang:connector:cosmic-care-plans:cosmic-test');
  // What may be higher than any number told before the database was lost.
  expect(facts[0]?.sequence).toBeGreaterThan(Date.parse('2026-01-01'));
});

it('PAT-2: names, notes and numbers are in no fact of another kind, no log line, no URL and no recording', async () => {
  await course({ author: { reference: 'PractitionerRole/r1', display: 'Sture Påhittad' } });
  const { rows } = await at.test.database.query<{ sender: string; message_id: string; sealed: Buffer }>(
    'select sender, message_id, sealed from connector_recording',
  );
  const recorded = rows.map(({ sender, message_id: messageId, sealed }) =>
    recorder.open({ connector: 'cosmic-care-plans', sender, messageId }, sealed).toString('utf8'),
  );
  expect(recorded.length).toBeGreaterThan(0);
  const told = JSON.stringify(await at.plans());
  for (const text of ['Sture', 'Påhittad', 'Bor ensam', 'Ramlar', 'Hemtjänst', 'Fritext'])
    expect([told, ...recorded].filter((each) => each.includes(text))).toEqual([]);
  for (const number of [astrid, nils])
    expect([...log.lines, ...at.server.asked].filter((each) => each.includes(number))).toEqual([]);
});

it.each([
  ['of a title that changes', [{}, { title: 'SIP' }], ['active', 'active']],
  ['completed', [{}, { status: 'completed' }], ['active', 'completed']],
  ['completed at first sight', [{ status: 'completed' }], ['completed']],
  ['on hold, and going on', [{}, { status: 'on-hold' }, {}], ['active', 'on-hold', 'active']],
  ['entered in error', [{}, { status: 'entered-in-error' }], ['active', 'gone']],
  [
    'entered in error after its end',
    [{}, { status: 'completed' }, { status: 'entered-in-error' }],
    ['active', 'completed', 'gone'],
  ],
  ['a draft again', [{}, { status: 'draft' }], ['active', 'gone']],
  ['deleted', [{}, 'deleted'], ['active', 'gone']],
  ['deleted after its end', [{}, { status: 'completed' }, 'deleted'], ['active', 'completed', 'gone']],
  ['deleted and there again', [{}, 'deleted', {}], ['active', 'gone', 'active']],
  ['a draft alone', [{ status: 'draft' }, 'deleted'], []],
  ['of unknown status', [{}, { status: 'unknown' }, {}], ['active']],
  ['not changed in what is told', [{}, { more: { note: [{ text: 'Annat' }] } }, {}], ['active']],
  ['ended long ago when first seen', [{ status: 'completed', end: '2025-01-10' }], []],
] as const)('one %s', async (_name, versions, statuses) => {
  const { facts } = await course(...versions);
  expect(facts.map(({ status, gone }) => (gone ? 'gone' : status))).toEqual(statuses);
  expect(new Set(facts.map(({ sequence }) => sequence)).size).toBe(facts.length);
});

it('PAT-13: one of another person than was told is gone under the first, and told under the other', async () => {
  const { facts } = await course({}, { patient: 'p2' });
  expect(facts.map(({ person, gone }) => [person.value, gone ?? false])).toEqual([
    [astrid, false],
    [astrid, true],
    [nils, false],
  ]);
});

it('PAT-13: one that leads to a Patient of whom nobody knows who it is, is gone under the first all the same', async () => {
  const { facts } = await course({}, { patient: 'nobody' });
  expect(facts.map(({ gone }) => gone ?? false)).toEqual([false, true]);
  expect(await cosmic.carePlans?.health()).toMatchObject({ detail: { cannotBeTold: 1 } });
});

it('one that the journal no longer lets us read by its id is gone', async () => {
  const id = nextId();
  at.server.put(carePlan({ id }));
  await poll();
  // It is no longer in the search for what is open, and reading it by its id is refused.
  at.server.put(carePlan({ id, status: 'unknown' }));
  await cosmic.end();
  const { changes: _, ...query } = carePlanSettings.query;
  cosmic = await start({ query });
  at.server.refuse(`CarePlan/${id}`);
  await poll();
  expect((await at.plans(id)).map(({ data }) => data.gone ?? false)).toEqual([false, true]);
  await cosmic.end();
  cosmic = await start();
});

describe('an open plan that has not changed', () => {
  it('is told again after a while, in the same words and under another event id, also after a restart; one that has ended is not', async () => {
    const [open, ended] = [nextId(), nextId()];
    at.server.put(carePlan({ id: open }));
    at.server.put(carePlan({ id: ended, status: 'completed' }));
    await poll();
    await poll();
    expect(await at.plans(open)).toHaveLength(1);
    ahead += 61 * minute;
    await poll();
    await poll();
    expect(await at.plans(open)).toHaveLength(2);
    await cosmic.end();
    cosmic = await start();
    ahead += 61 * minute;
    await poll();
    const events = await at.plans(open);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    for (const { data } of events) expect(data).toEqual(events[0]?.data);
    expect(await at.plans(ended)).toHaveLength(1);
  });

  it('is recorded once', async () => {
    const { id } = await course({});
    ahead += 61 * minute;
    await poll();
    expect(await at.plans(id)).toHaveLength(2);
    const { rows } = await at.test.database.query(
      'select 1 from connector_recording where message_id like $1',
      [`${id}/%`],
    );
    expect(rows).toHaveLength(1);
  });
});

it('what was recorded of it becomes, replayed with the settings of now, the very facts that it became', async () => {
  const { id, facts } = await course(
    { author: { reference: 'Organization/o1' }, receiver: { reference: 'Organization/o2' } },
    { title: 'SIP' },
    { patient: 'p2' },
    'deleted',
  );
  const { rows } = await at.test.database.query<{ sender: string; message_id: string; sealed: Buffer }>(
    'select sender, message_id, sealed from connector_recording where message_id like $1 order by id',
    [`${id}/%`],
  );
  const replayed = await Promise.all(
    rows.map(({ sender, message_id: messageId, sealed }) => {
      const as = { connector: 'cosmic-care-plans', sender, messageId };
      const now = { ...cosmicSettings, carePlans: carePlanSettings };
      return retranslateCarePlan(recorder.open(as, sealed), as, now);
    }),
  );
  expect(replayed).toEqual(facts.map((fact) => ({ kind: 'fact', topic: 'journal.care-plan.v1', fact })));
  expect(facts).toHaveLength(5);
});

it.each([
  [
    'an organisation by its identifier',
    { identifier: { system: hsaSystem, value: 'SE1-X' }, type: 'Organization' },
    { hsaId: 'SE1-X' },
  ],
  ['a contained organisation', { reference: '#o' }, { name: 'Inbäddade kliniken' }],
  [
    'an organisation that is not there',
    { reference: 'Organization/nowhere', display: 'Gamla kliniken' },
    { name: 'Gamla kliniken' },
  ],
  ['somebody of the staff', { reference: 'Practitioner/x', display: 'Sture Påhittad' }, undefined],
  ['somebody who is not said to be an organisation', { display: 'Sture Påhittad' }, undefined],
  ['a role that is not there', { reference: 'PractitionerRole/nowhere', display: 'Sture' }, undefined],
])('the author, where it is %s', async (_name, author, told) => {
  const contained = [{ resourceType: 'Organization', id: 'o', name: 'Inbäddade kliniken' }];
  const { facts } = await course({ author, more: { contained } });
  expect(facts[0]?.author).toEqual(told);
});

it('a date without a day is left out, and one that is none makes the plan one that cannot be told', async () => {
  expect((await course({ start: '2026-01' })).facts[0]).not.toHaveProperty('period');
  expect((await course({ start: 'igår' })).facts).toEqual([]);
});

describe('care plans and stays', () => {
  it('neither holds up the other: a server that refuses one of them is told in the health of that one', async () => {
    const here = await cosmicTest();
    const polling = await here.start({ more: { carePlans: carePlanSettings } });
    here.server.refuse('CarePlan');
    here.server.put(encounter({ id: 'e' }));
    await polling.pollNow();
    await expect(polling.carePlans?.pollNow()).rejects.toThrow('http-403');
    expect(await polling.health()).toMatchObject({ status: 'up' });
    expect(await polling.carePlans?.health()).toMatchObject({
      status: 'down',
      why: 'the poll failed: http-403',
    });
    expect(await here.facts('e')).toHaveLength(1);
    await here.end();
  });

  it('without the section on care plans none is asked for', async () => {
    const here = await cosmicTest();
    const polling = await here.start();
    await polling.pollNow();
    expect(polling.carePlans).toBeUndefined();
    expect(here.server.asked.filter((each) => each.startsWith('CarePlan'))).toEqual([]);
    await here.end();
  });

  it.each([
    ['a status that is none', { status: { waiting: 'open' } }, 'carePlans.status'],
    ['one entered in error as open', { status: { 'entered-in-error': 'open' } }, 'carePlans.status'],
    ['no query', { query: undefined }, 'carePlans.query'],
  ])('a section with %s is refused at start', async (_name, wrong, named) => {
    await expect(start(wrong)).rejects.toThrow(named);
  });
});

it('PAT-12: a samordningsnummer that becomes a personnummer: the plan is gone under the one and told under the other, later', async () => {
  const id = nextId();
  const system = 'http://electronichealth.se/identifier/';
  const [before, after] = [testNumber('19620478', 987), testNumber('19620418', 988)];
  at.server.put(patient(id, [{ system: `${system}samordningsnummer`, value: before }]));
  at.server.put(carePlan({ id, patient: id }));
  await poll();
  at.server.put(patient(id, [{ system: `${system}personnummer`, value: after }]));
  // The Patient is kept for ten minutes.
  ahead += 61 * minute;
  await poll();
  const facts = (await at.plans(id)).map(({ data }) => data);
  expect(facts.map(({ person, gone }) => [person.value, gone ?? false])).toEqual([
    [before, false],
    [before, true],
    [after, false],
  ]);
  expect(facts[2]?.sequence).toBeGreaterThan(facts[1]?.sequence ?? Infinity);
});
