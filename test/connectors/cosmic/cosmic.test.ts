import { randomBytes } from 'node:crypto';
import { Recorder } from '../../../connectors/common/recording/recorder.js';
import { logged, published, testNumber } from '../common/support.js';
import { waitFor } from '../../support/wait-for.js';
import {
  astrid,
  cosmicTest,
  encounter,
  identityFacts,
  national,
  nils,
  patient,
  people,
  settings,
  wards,
  type CosmicTest,
  type EncounterParts,
  type RunningCosmic,
} from './cosmic-support.js';

let at: CosmicTest;
let cosmic: RunningCosmic;
const log = logged();
const recorder = new Recorder({ keyId: 'test', secret: randomBytes(32) });
let encounters = 0;

beforeAll(async () => {
  at = await cosmicTest();
  cosmic = await at.start({ logger: log.logger, recorder });
});
afterAll(() => at.end());

const nextId = (): string => `e${(encounters += 1)}`;

/** Puts an Encounter through its versions, polls after each, and gives what was told of it. */
async function course(...versions: readonly (Omit<EncounterParts, 'id'> | 'deleted')[]) {
  const id = nextId();
  for (const version of versions) {
    if (version === 'deleted') at.server.remove('Encounter', id);
    else at.server.put(encounter({ id, ...version }));
    await cosmic.pollNow();
  }
  return { id, facts: await at.facts(id) };
}
const kindsOf = (facts: readonly { readonly kind: string }[]): readonly string[] =>
  facts.map(({ kind }) => kind);

const end = '2026-01-14T10:00:00+01:00';

it('INT-2: an Encounter that is in progress becomes an admission on the stay topic', async () => {
  const { id, facts } = await course({ planned: '2026-01-15' });
  expect(facts).toEqual([
    {
      kind: 'admitted',
      person: { type: 'personnummer', value: astrid },
      visit: id,
      ward: wards.A,
      admittedAt: '2026-01-10T08:25:00.000Z',
      expectedDischarge: '2026-01-14T23:00:00.000Z',
      occurredAt: expect.stringMatching(/Z$/),
      sequence: 1,
      sender: 'cosmic-test',
      messageId: `${id}/1#1`,
    },
  ]);
  const [event] = await published(at.test.database);
  expect(event?.source).toBe('urn:hemgang:connector:cosmic:cosmic-test');
});

it.each([
  ['9999-12-31', '9999-12-30T23:00:00.000Z'],
  ['9999-12-31T23:59:59-05:00', '9999-12-31T23:59:59.999Z'],
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['1900-01-01', '1899-12-31T23:00:00.000Z'],
])(
  'INT-2: a planned end of %s holds no stay: it is told, for the hub to leave it out and say so',
  async (planned, expectedDischarge) => {
    const before = (await cosmic.health()).detail['cannotBeTold'];
    const { facts } = await course({ planned }, { planned, status: 'finished', end });
    expect(facts).toMatchObject([{ kind: 'admitted', expectedDischarge }, { kind: 'discharged' }]);
    expect((await cosmic.health()).detail['cannotBeTold']).toBe(before);
  },
);

it('the Encounter as it was read is recorded, sealed, with each fact it became', async () => {
  const { id, facts } = await course({}, { status: 'finished', end });
  expect(kindsOf(facts)).toEqual(['admitted', 'discharged']);
  const { rows } = await at.test.database.query<{ sender: string; message_id: string; sealed: Buffer }>(
    `select sender, message_id, sealed from connector_recording where message_id like $1 order by id`,
    [`${id}/%`],
  );
  const opened = rows.map(({ sender, message_id: messageId, sealed }) =>
    JSON.parse(recorder.open({ connector: 'cosmic', sender, messageId }, sealed).toString('utf8')),
  );
  expect(opened).toMatchObject([
    { resource: { resourceType: 'Encounter', id, status: 'in-progress' }, before: null },
    { resource: { resourceType: 'Encounter', id, status: 'finished' }, before: { sequence: 1 } },
  ]);
});

it.each([
  ['deleted', 'deleted'],
  ['planned again', { status: 'planned' }],
] as const)('a stay that has ended and is then %s is taken back', async (_what, then) => {
  const { facts } = await course({}, { status: 'finished', end }, then);
  expect(kindsOf(facts)).toEqual(['admitted', 'discharged', 'admission-cancelled']);
});

it('SVU-25: another ward is a transfer, and what has not changed is told once', async () => {
  const { facts } = await course({}, { ward: 'B' }, {}, {});
  expect(facts.map(({ kind, ward }) => [kind, ward])).toEqual([
    ['admitted', wards.A],
    ['transferred', wards.B],
    ['transferred', wards.A],
  ]);
});

it('SVU-21: finished is a discharge, with the time of the period', async () => {
  const { facts } = await course({}, { status: 'finished', end });
  expect(facts[1]).toMatchObject({ kind: 'discharged', dischargedAt: '2026-01-14T09:00:00.000Z' });
});

it.each([
  ['finished at first sight', [{ status: 'finished', end: recently() }], ['admitted', 'discharged']],
  [
    'moved and finished between two polls',
    [{}, { ward: 'B', status: 'finished', end }],
    ['admitted', 'transferred', 'discharged'],
  ],
  [
    'finished and going on after all',
    [{}, { status: 'finished', end }, {}],
    ['admitted', 'discharged', 'discharge-cancelled'],
  ],
  [
    'the time of discharge put right',
    [{}, { status: 'finished', end }, { status: 'finished', end: '2026-01-14T11:00:00+01:00' }],
    ['admitted', 'discharged', 'discharged'],
  ],
  ['cancelled', [{}, { status: 'cancelled' }], ['admitted', 'admission-cancelled']],
  ['entered in error', [{}, { status: 'entered-in-error' }], ['admitted', 'admission-cancelled']],
  [
    'entered in error after its end',
    [{}, { status: 'finished', end }, { status: 'entered-in-error' }],
    ['admitted', 'discharged', 'admission-cancelled'],
  ],
  ['deleted', [{}, 'deleted', {}], ['admitted', 'admission-cancelled', 'admitted']],
  ['planned, then begun', [{ status: 'planned' }, {}], ['admitted']],
  ['on leave', [{}, { status: 'onleave' }, {}], ['admitted']],
  ['of unknown status', [{}, { status: 'unknown' }, {}], ['admitted']],
  [
    'another expected discharge',
    [{}, { planned: '2026-01-15' }, { planned: '2026-01-16' }, {}],
    ['admitted', 'changed', 'changed', 'changed'],
  ],
  ['cancelled before it began', [{ status: 'cancelled' }], []],
] as const)('%s', async (_name, versions, kinds) => {
  expect(kindsOf((await course(...versions)).facts)).toEqual(kinds);
});

function recently(): string {
  return new Date(Date.now() - 3_600_000).toISOString();
}

it('an expected discharge that is taken away is told as taken away', async () => {
  const { facts } = await course({ planned: '2026-01-15' }, {});
  expect(facts[1]).toMatchObject({ kind: 'changed', expectedDischargeRemoved: true });
});

it('a stay that had ended long ago when it was first seen is not told', async () => {
  expect((await course({ status: 'finished', end: '2025-01-14T10:00:00+01:00' })).facts).toEqual([]);
});

it('PAT-2: names are never read, and no log line holds a number', async () => {
  await course({});
  const events = JSON.stringify(await published(at.test.database));
  expect(events).not.toContain('Påhittad');
  for (const number of [astrid, nils]) expect(log.lines.join('\n')).not.toContain(number);
});

it('PAT-2: a personal number that is used as an id never stands in a URL', async () => {
  const number = testNumber('19400101', 983);
  at.server.put(patient(number, [{ system: `${national}/personnummer`, value: number }]));
  const { facts } = await course({ patient: number });
  expect(facts[0]?.person.value).toBe(number);
  expect(at.server.asked.join('\n')).not.toContain(number);
});

it.each([
  ['samordningsnummer', testNumber('19631169', 984), 'samordningsnummer'],
  ['nationelltReservnummer', '98240301-AA06', 'reserve'],
  ['personnummer', '193406129820', 'other'],
])('PAT-3, PAT-4: an identity of the system %s is passed on by its kind', async (system, value, type) => {
  const id = nextId();
  at.server.put(patient(id, [{ system: `${national}/${system}`, value }]));
  const { facts } = await course({ patient: id });
  expect(facts[0]?.person).toEqual({ type, value: value.replace('-', '') });
});

it('PAT-12: a samordningsnummer that becomes a personnummer is told as one person, on the same stay', async () => {
  const id = nextId();
  const before = testNumber('19620478', 987);
  const after = testNumber('19620418', 988);
  at.server.put(patient(id, [{ system: `${national}/samordningsnummer`, value: before }]));
  const visit = nextId();
  at.server.put(encounter({ id: visit, patient: id }));
  await cosmic.pollNow();
  await cosmic.end();
  at.server.put(patient(id, [{ system: `${national}/personnummer`, value: after }]));
  at.server.put(encounter({ id: visit, patient: id, ward: 'B' }));
  cosmic = await at.start({ logger: log.logger });
  await cosmic.pollNow();
  expect(await identityFacts(at)).toEqual([
    expect.objectContaining({
      person: { type: 'personnummer', value: after },
      replaced: [{ type: 'samordningsnummer', value: before }],
    }),
  ]);
  const facts = await at.facts(visit);
  expect(facts.map(({ kind, person }) => [kind, person.value])).toEqual([
    ['admitted', before],
    ['transferred', after],
  ]);
});

it('PAT-13: a stay that was told of the wrong person is taken back and told of the right one as another stay', async () => {
  const { id, facts } = await course({}, { patient: 'p2' });
  expect(facts.map(({ kind, person, visit }) => [kind, person.value, visit])).toEqual([
    ['admitted', astrid, id],
    ['admission-cancelled', astrid, id],
    ['admitted', nils, `${id}~2`],
  ]);
});

it('a bed is at the ward it is part of, and a ward that is not mapped is left out and counted', async () => {
  expect((await course({ ward: 'A-bed' })).facts[0]?.ward).toBe(wards.A);
  const { facts } = await course({ ward: 'nowhere' });
  expect(facts[0]).not.toHaveProperty('ward');
  expect((await cosmic.health()).detail['unknownWards']).toBe(1);
});

it('one that cannot be told stops no other, is counted, and is told when it can be', async () => {
  const [broken, whole] = [nextId(), nextId()];
  at.server.put(encounter({ id: broken, patient: 'nobody' }));
  at.server.put({ ...encounter({ id: nextId() }), period: { start: 'igår' } });
  at.server.put({ ...encounter({ id: nextId() }), status: 17 });
  at.server.put(encounter({ id: whole }));
  await cosmic.pollNow();
  expect(kindsOf(await at.facts(whole))).toEqual(['admitted']);
  expect(await cosmic.health()).toMatchObject({ status: 'up', detail: { cannotBeTold: 3 } });
  at.server.put(patient('nobody', [{ system: `${national}/personnummer`, value: nils }]));
  at.server.put(encounter({ id: broken, patient: 'nobody', ward: 'B' }));
  await cosmic.end();
  cosmic = await at.start({ logger: log.logger });
  await cosmic.pollNow();
  expect(kindsOf(await at.facts(broken))).toEqual(['admitted']);
});

it('two processes: one polls, and the other takes over when it ends', async () => {
  const other = await at.start();
  expect(await other.pollNow()).toBe(false);
  expect((await other.health()).detail['polling']).toBe('another process');
  const id = nextId();
  at.server.put(encounter({ id }));
  await cosmic.end();
  await waitFor('the other to poll', async () => other.pollNow());
  expect(kindsOf(await at.facts(id))).toEqual(['admitted']);
  await other.end();
  cosmic = await at.start({ logger: log.logger });
});

describe('without _lastUpdated', () => {
  it('what is open is read as a whole, and what is no longer there by its id', async () => {
    const bare = await cosmicTest();
    const { changes: _, ...query } = settings.query;
    const polling = await bare.start({ more: { query } });
    bare.server.put(encounter({ id: 'x' }));
    bare.server.put(encounter({ id: 'y' }));
    await polling.pollNow();
    bare.server.put(encounter({ id: 'x', status: 'finished', end }));
    bare.server.remove('Encounter', 'y');
    await polling.pollNow();
    expect(kindsOf(await bare.facts('x'))).toEqual(['admitted', 'discharged']);
    expect(kindsOf(await bare.facts('y'))).toEqual(['admitted', 'admission-cancelled']);
    expect(bare.server.asked.filter((each) => each.includes('_lastUpdated'))).toEqual([]);
    await bare.end();
  });

  it.each([
    ['planned again', (at: CosmicTest) => at.server.put(encounter({ id: 'x', status: 'planned' }))],
    ['cancelled', (at: CosmicTest) => at.server.put(encounter({ id: 'x', status: 'cancelled' }))],
    ['deleted', (at: CosmicTest) => at.server.remove('Encounter', 'x')],
  ])(
    'a stay that was taken back because it was %s, and has ended since, is told again, and ended',
    async (_was, takeBack) => {
      const bare = await cosmicTest();
      const { changes: _, ...query } = settings.query;
      const polling = await bare.start({ more: { query } });
      bare.server.put(encounter({ id: 'x', status: 'onleave' }));
      await polling.pollNow();
      takeBack(bare);
      await polling.pollNow();
      await polling.pollNow();
      expect(kindsOf(await bare.facts('x'))).toEqual(['admitted', 'admission-cancelled']);
      bare.server.put(encounter({ id: 'x', status: 'finished', end }));
      await polling.pollNow();
      const told = ['admitted', 'admission-cancelled', 'admitted', 'discharged'];
      expect(kindsOf(await bare.facts('x'))).toEqual(told);
      await bare.end();
    },
  );
});

describe('a server that forgets', () => {
  it('more stays gone at once than is believed are not told as cancelled, and health says so', async () => {
    const here = await cosmicTest();
    const polling = await here.start({ more: { mostDeleted: 2 } });
    for (const id of ['x', 'y', 'z']) here.server.put(encounter({ id }));
    await polling.pollNow();
    for (const id of ['x', 'y', 'z']) here.server.remove('Encounter', id);
    await polling.pollNow();
    expect(kindsOf(await here.facts())).toEqual(['admitted', 'admitted', 'admitted']);
    expect(await polling.health()).toMatchObject({
      status: 'degraded',
      why: 'polling goes on, but: too-many-gone',
    });
    await here.end();
  });

  it('the file of the stand-in can be replaced while it runs', async () => {
    const here = await cosmicTest();
    const polling = await here.start();
    await here.write({
      clients: [{ id: 'hemgang', secret: 'a secret: with % and å' }],
      resources: [...people, encounter({ id: 'f' })],
    });
    await polling.pollNow();
    await here.write({ clients: [{ id: 'hemgang', secret: 'a secret: with % and å' }], resources: people });
    await polling.pollNow();
    expect(kindsOf(await here.facts('f'))).toEqual(['admitted', 'admission-cancelled']);
    await here.end();
  });
});
