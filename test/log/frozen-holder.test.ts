import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { ExclusiveLock } from '../../connectors/common/exclusive-lock.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild, RebuildUnderWay } from '../../src/log/rebuild.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { advisoryLocks } from '../../src/persistence/advisory-locks.js';
import { Database } from '../../src/persistence/database.js';
import { migrate } from '../../src/persistence/migrate.js';
import { migrations } from '../../src/persistence/migrations/index.js';
import { silentSeconds } from '../../src/wire/lock-holder.js';
import { testOptions } from '../messaging/connect-transport.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startStallingProxy, type StallingProxy } from '../support/stalling-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { command, errand, origin } from './errand.js';
import { startHolder, type Holder } from './start-holder.js';

/** How long nobody may do the work of a holder that is frozen or cut off. */
const takeoverMs = 15_000;
const registry = new StreamRegistry([errand]);

let test: TestDatabase;
let holder: Holder | undefined;
let proxy: StallingProxy | undefined;
const stops: (() => unknown)[] = [];
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(async () => {
  holder?.process.kill('SIGKILL');
  holder = undefined;
  for (const stop of stops.splice(0).toReversed()) await stop();
  await proxy?.close();
  proxy = undefined;
  await test.drop();
});

const append = (position: number) =>
  test.database.query('insert into unsequenced (position) values ($1)', [position]);
const sequenced = async () => {
  const { rows } = await test.database.query<{ position: number }>(
    'select position from event_sequence order by sequence',
  );
  return rows.map(({ position }) => position);
};
const nothingWaits = async () => {
  const { rows } = await test.database.query('select from unsequenced');
  return rows.length === 0;
};
const id = randomUUID();
const log = () => new PostgresLog({ database: test.database });
const add = (item: string) =>
  log().transact(origin(), async (session) => {
    if ((await session.load(errand, id)).version === 0)
      await session.execute(errand, id, command.open(randomUUID(), true));
    await session.execute(errand, id, command.add(item));
  });
const sequenceAll = async (): Promise<void> => {
  const sequencer = startSequencer({ database: test.database, pollMs: 10 });
  await waitFor('every event to have its order', nothingWaits);
  await sequencer.stop();
};
const rebuildNow = (swap: boolean) =>
  rebuild({ database: test.database, registry, swap, resume: true }).catch((error: unknown) => {
    if (error instanceof RebuildUnderWay) return undefined;
    throw error;
  });
const emptySchema = () => test.database.query('drop schema public cascade; create schema public');

const untilHeld = () =>
  waitFor('a session that holds a lock', async () => {
    const { rows: held } = await test.database.query(
      `select from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`,
    );
    return held.length > 0;
  });

type Row = {
  /** What must be there before the holder starts. */
  readonly before?: () => Promise<unknown>;
  /** After it was frozen, and before its work is waited for. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Does the holder's work; resolves when it is done by another. */
  readonly another: () => Promise<unknown>;
  /** What the holder says when it wakes. */
  readonly woken: RegExp;
  /** After that. */
  readonly afterwards?: () => Promise<void>;
};

const migrateAfterTheOther = async (): Promise<void> => {
  let waited = 0;
  await migrate(test.url, () => (waited += 1));
  expect(waited).toBe(1);
};
const migratedOnce = async (): Promise<void> => {
  const { rows } = await test.database.query<{ name: string }>('select name from migration order by id');
  expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
};
const migration: Row = {
  before: emptySchema,
  another: migrateAfterTheOther,
  woken: /refused/,
  afterwards: migratedOnce,
};
/** The first event that the other sequencer has given its place. */
let first = 0;
const sequencedByTheOther = async (): Promise<void> => {
  // One more may have been appended before this process was told of the first.
  await waitFor('what waits', nothingWaits);
  const last = (await sequenced()).length;
  for (const more of [1, 2, 3]) await append(last + more);
  await waitFor('the rest', async () => (await sequenced()).length === last + 3);
  expect(await sequenced()).toEqual(Array.from({ length: last + 3 }, (_, index) => index + 1));
  for (const [, said] of holder?.said().matchAll(/sequenced (\d+)/g) ?? [])
    expect(Number(said)).toBeLessThan(first);
};
/** Up to where the other relay has told followers. */
const told: number[] = [];
const relayedByTheOther = async (): Promise<void> => {
  const before = told.at(-1) ?? 0;
  await add('b');
  await sequenceAll();
  await waitFor('the rest', () => (told.at(-1) ?? 0) > before);
  expect(holder?.said()).not.toMatch(/relayed/);
};
const equalToLog = async (): Promise<void> => {
  expect((await rebuildNow(false))?.differences).toEqual([]);
};

/** Every part of the work that one process does at a time, and the places in it where it may be frozen. */
const rows = {
  sequencer: {
    another: async () => {
      first = 0;
      let next = 0;
      const other = startSequencer({
        database: test.database,
        onSequenced: (last) => (first ||= last),
      });
      stops.push(() => other.stop());
      // What the frozen one had asked for already, the server still does: then there is one more to do.
      await waitFor('the order', async () => {
        if ((await nothingWaits()) && first === 0) await append((next += 1));
        return first > 0;
      });
    },
    woken: /failed/,
    afterwards: sequencedByTheOther,
  },
  relay: {
    another: async () => {
      await add('a');
      await sequenceAll();
      const transport = new EmbeddedTransport(test.database, testOptions);
      await transport.ensureTopics(['case.event.v1']);
      told.length = 0;
      const other = new Relay({
        database: test.database,
        transport,
        kinds: caseKinds,
        onRelayed: (last) => told.push(last),
      });
      stops.push(
        () => transport.close(),
        () => other.stop(),
      );
      await waitFor('the log to be told', () => told.length > 0);
    },
    woken: /failed/,
    afterwards: relayedByTheOther,
  },
  publisher: {
    another: async () => {
      const pool = createConnectorPool(test.url);
      const other = new ExclusiveLock(pool, 'connector-publisher', 'test');
      stops.push(
        () => pool.end(),
        () => other.release(),
      );
      await waitFor('the lock', () => other.take());
    },
    woken: /lost/,
  },
  rebuild: {
    before: async () => {
      await add('a');
      await sequenceAll();
    },
    another: () => waitFor('a rebuild', () => rebuildNow(true)),
    woken: /refused/,
    afterwards: equalToLog,
  },
  swap: {
    // Not sequenced, so that it is replayed at the swap.
    before: () => add('a'),
    meanwhile: async () => {
      await test.database.query(`update resource set content = 'as another version had it'`);
    },
    another: async () => {
      await add('written while nobody may write');
      await waitFor('a rebuild', () => rebuildNow(true));
    },
    woken: /refused/,
    afterwards: equalToLog,
  },
  'migration in a transaction': migration,
  'migration between two': migration,
} satisfies Record<string, Row>;

const whoFreezes: Readonly<Record<keyof typeof advisoryLocks, readonly (keyof typeof rows)[] | string>> = {
  embeddedOwner:
    'what its holder has is a server under its folder, which another must not take while it lives',
  migration: ['migration in a transaction', 'migration between two'],
  sequencer: ['sequencer'],
  rebuild: ['rebuild'],
  swap: ['swap'],
  relay: ['relay'],
  directory: 'held in a transaction, in which the server lets nobody stand idle for long',
};

it('every lock that stands for one thing in the whole hub is among those whose holder is frozen here, or a reason', () => {
  expect(Object.keys(whoFreezes).toSorted()).toEqual(Object.keys(advisoryLocks).toSorted());
});

describe('the holder of a lock is frozen: another does its work within 15 s, and it writes nothing when it wakes', () => {
  it.each(Object.entries<Row>(rows))(
    '%s',
    async (what, { before, meanwhile, another, woken, afterwards }) => {
      await before?.();
      holder = await startHolder(what, test.url);
      await untilHeld();
      // Some have frozen themselves where they are to be frozen.
      holder.process.kill('SIGSTOP');
      await meanwhile?.();
      const began = performance.now();
      await another();
      expect(performance.now() - began).toBeLessThan(takeoverMs);
      holder.process.kill('SIGCONT');
      await waitFor('the first to know', () => woken.test(holder?.said() ?? ''));
      await afterwards?.();
    },
    90_000,
  );
});

describe('the holder of a lock is cut off without a word: another does its work within 15 s', () => {
  it.each<[string, Row]>([
    ['sequencer', rows.sequencer],
    ['relay', rows.relay],
    ['publisher', rows.publisher],
    ['migration at work', migration],
  ])(
    '%s',
    async (what, { before, meanwhile, another }) => {
      await before?.();
      const url = new URL(test.url);
      proxy = await startStallingProxy(Number(url.port));
      url.port = String(proxy.port);
      holder = await startHolder(what, url.href);
      await untilHeld();
      proxy.stall();
      await meanwhile?.();
      const began = performance.now();
      await another();
      expect(performance.now() - began).toBeLessThan(takeoverMs);
    },
    90_000,
  );
});

describe('a session that holds a lock as versions before decision 91 did, which work on others, is waited for, however silent', () => {
  const untilSilent = () =>
    waitFor(
      'the time in which a silent holder would have lost it',
      async () => {
        const { rows: silent } = await test.database.query(
          `select from pg_stat_activity join pg_locks using (pid)
            where locktype = 'advisory' and granted and datname = current_database() and state = 'idle'
              and state_change < clock_timestamp() - make_interval(secs => $1)`,
          [silentSeconds + 1],
        );
        return silent.length > 0;
      },
      30_000,
    );
  const held = async (key: number, meanwhile: () => Promise<void>) => {
    // The name that those versions gave to the connections of a rebuild.
    const older = new Database({ url: test.url, applicationName: 'hemgang-rebuild' });
    stops.push(() => older.close());
    await older.session(async (guard) => {
      await guard.query('select pg_advisory_lock($1::bigint)', [key]);
      await untilSilent();
      await meanwhile();
      // A session that was ended has nothing to let go.
      const { rows: released } = await guard.query('select pg_advisory_unlock($1::bigint) as still', [key]);
      expect(released).toEqual([{ still: true }]);
    });
  };

  it('rebuild', async () => {
    await held(advisoryLocks.rebuild, async () => {
      expect(await rebuildNow(true)).toBeUndefined();
    });
    expect((await rebuildNow(true))?.swapped).toBe(true);
  }, 60_000);

  it('migration', async () => {
    await emptySchema();
    let migrating: Promise<void> | undefined;
    await held(advisoryLocks.migration, async () => {
      await new Promise<void>((waits, ended) => {
        migrating = migrate(test.url, waits).then(() => ended(new Error('it did not wait')));
        migrating.catch(ended);
      });
    });
    await expect(migrating).resolves.toBeUndefined();
    await migratedOnce();
  }, 60_000);
});

it('a transaction of the log in which a process is frozen holds nobody up for long', async () => {
  holder = await startHolder('transaction', test.url);
  await add('a');
  const began = performance.now();
  await rebuildNow(true);
  await log().transact(origin('held'), () => Promise.resolve());
  expect(performance.now() - began).toBeLessThan(takeoverMs);
}, 60_000);
