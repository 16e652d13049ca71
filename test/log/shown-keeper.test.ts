import { randomUUID } from 'node:crypto';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild } from '../../src/log/rebuild.js';
import { rendering } from '../../src/log/rendering.js';
import { startSequencer, type Sequencer } from '../../src/log/sequencer.js';
import { ShownKeeper, type ShownEvent, type ShownKeeperOptions } from '../../src/log/shown-keeper.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { command, errand, origin } from './errand.js';

const registry = new StreamRegistry([errand]);
let test: TestDatabase;
let sequencer: Sequencer;
let log: PostgresLog;
let id: string;

beforeEach(async () => {
  test = await createTestDatabase();
  sequencer = startSequencer({ database: test.database, pollMs: 10 });
  log = new PostgresLog({ database: test.database, onAppended: () => sequencer.wake() });
  id = randomUUID();
});
afterEach(async () => {
  await sequencer.stop();
  await test.drop();
});

async function add(...items: string[]): Promise<void> {
  await log.transact(origin(), async (session) => {
    if ((await session.load(errand, id)).version === 0)
      await session.execute(errand, id, command.open(randomUUID(), true));
    for (const item of items) await session.execute(errand, id, command.add(item));
  });
  await waitFor('every event to be sequenced', async () => {
    const { rows } = await test.database.query('select 1 from unsequenced limit 1');
    return rows.length === 0;
  });
}

/** As if a program of another version had written the latest event, and rendered what it shows in its own way. */
async function asAnother(version: string | null): Promise<void> {
  await test.database.query(
    'update event set rendering = $1 where position = (select max(position) from event)',
    [version],
  );
  await test.database.query(`update resource set content = 'as another version had it'`);
}

function keeper(options: Partial<ShownKeeperOptions> = {}) {
  const events: ShownEvent[] = [];
  const made = new ShownKeeper({
    database: test.database,
    registry,
    restAfter: () => 0,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return Object.assign(made, { events, kinds: () => [...new Set(events.map(({ kind }) => kind))] });
}

async function equalToLog(): Promise<boolean> {
  const { differences } = await rebuild({ database: test.database, registry, swap: false, resume: false });
  await test.database.query('drop schema rebuild cascade');
  return differences.length === 0;
}

it('an empty log is of the version that starts first, and its events are not rebuilt', async () => {
  const only = keeper();
  await only.begin();
  await add('a');
  await only.keep();
  expect([only.state, only.events]).toEqual(['current', []]);
  const { rows } = await test.database.query('select version, sequence from rendering');
  expect(rows).toEqual([{ version: rendering, sequence: 2 }]);
});

it.each([
  ['a version from before versions were kept', null],
  ['an earlier version', 'earlier'],
])('what %s rendered is rebuilt by the first process that starts, and once', async (_, version) => {
  if (version !== null) await keeper({ version }).begin();
  await add('a', 'b');
  await asAnother(version);
  expect(await equalToLog()).toBe(false);
  const one = keeper();
  await one.begin();
  expect(one.state).toBe('rebuilding');
  await one.keep();
  expect([one.state, one.kinds()]).toEqual(['current', ['begun', 'progress', 'ended']]);
  expect(await equalToLog()).toBe(true);
  const two = keeper();
  await two.begin();
  await Promise.all([one.keep(), two.keep()]);
  expect([two.state, two.events]).toEqual(['current', []]);
});

it('a version that renders alike swaps nothing', async () => {
  await keeper({ version: 'earlier' }).begin();
  await add('a');
  const one = keeper();
  await one.begin();
  await one.keep();
  expect(one.events.at(-1)).toMatchObject({ kind: 'ended', report: { differences: [], swapped: false } });
  const { rows } = await test.database.query(`select 1 where to_regnamespace('rebuild') is not null`);
  expect(rows).toEqual([]);
});

it.each([null, 'earlier'])(
  'what a process of version %s writes beside the new one is made good',
  async (version) => {
    const one = keeper();
    await one.begin();
    for (const item of ['a', 'b', 'c']) {
      await add(item);
      await asAnother(version);
      expect(await equalToLog()).toBe(false);
      await one.keep();
      expect(one.state).toBe('current');
      expect(await equalToLog()).toBe(true);
    }
    expect(one.events[0]).toEqual({ kind: 'begun', why: 'written-by-another' });
  },
);

it('while another version writes, there is a rest between two rebuilds', async () => {
  const one = keeper({ restAfter: () => 60_000 });
  await one.begin();
  for (const item of ['a', 'b']) {
    await add(item);
    await asAnother(null);
    await one.keep();
  }
  expect(one.events.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  expect(one.state).toBe('rebuilding');
});

it('the version that started last is in force; the other leaves all alone until nobody of that one lives', async () => {
  const [old, fresh] = [keeper({ version: 'earlier', leaseMilliseconds: 60_000 }), keeper()];
  await old.begin();
  await add('a');
  await fresh.begin();
  await fresh.keep();
  await old.sign();
  await old.keep();
  await old.keep();
  expect([old.state, old.events]).toEqual(['yielded', [{ kind: 'yielded', to: rendering }]]);

  // The new one is taken back: its last sign is older than the lease.
  await test.database.query(`update rendering set seen_at = seen_at - interval '2 minutes'`);
  await old.sign();
  await old.keep();
  expect(old.state).toBe('current');
  await fresh.sign();
  await fresh.keep();
  expect(fresh.state).toBe('yielded');
});

it('of several processes one rebuilds, and one that is stopped is gone on with', async () => {
  await keeper({ version: 'earlier' }).begin();
  await add(...Array.from({ length: 120 }, (_, index) => `item ${index}`));
  await asAnother('earlier');
  const stopped = keeper({ onEvent: ({ kind }) => kind === 'progress' && stopped.stop() });
  await stopped.begin();
  await stopped.keep();
  expect(stopped.state).toBe('rebuilding');
  const several = [keeper(), keeper(), keeper()];
  await Promise.all(several.map((each) => each.begin()));
  await Promise.all(several.map((each) => each.keep()));
  await Promise.all(several.map((each) => each.keep()));
  const events = several.flatMap((each) => each.events);
  expect(events.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  expect(events.find(({ kind }) => kind === 'progress')).toEqual({ kind: 'progress', sequence: 100 });
  expect(await equalToLog()).toBe(true);
});

it('what another version began to rebuild is not gone on with', async () => {
  await add('a', 'b');
  await rebuild({ database: test.database, registry, swap: false, resume: false });
  await test.database.query(`update rebuild.progress set version = 'earlier'`);
  await test.database.query(`update rebuild.resource set content = 'as an earlier version renders'`);
  const report = await rebuild({ database: test.database, registry, swap: false, resume: true });
  expect(report.differences).toEqual([]);
});
