import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { everyStream } from '../../src/cases/streams/collect-streams.js';
import { rebuild } from '../../src/log/rebuild.js';
import { advisoryLocks } from '../../src/persistence/advisory-locks.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { Database } from '../../src/persistence/database.js';
import { findDrift } from '../../src/persistence/drift.js';
import { migrate } from '../../src/persistence/migrate.js';
import { migrations } from '../../src/persistence/migrations/index.js';
import { start, type Started } from '../../src/start/start.js';
import { administer } from '../support/postgres-server.js';
import { askService } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** Databases that earlier versions wrote, by commit, and the last migration of each; test/start/upgrade/README.md says how they came to be. */
const lastMigration = {
  '7b1e0ef': 'GrantSince1700000000005',
  '28fa5e6': 'CosmicResources1700000000061',
  '46a3f39': 'PolicyVersion1700000000107',
} as const;
type Version = keyof typeof lastMigration;
/** Which secret the rows were written with: not a secret, and made where it is used. */
const identityKey = createHash('sha256').update('the key of the upgrade test').digest('hex');

let database: Database;
let drop: () => Promise<void>;
let url: string;
let folder: string;

async function open(commit: Version): Promise<void> {
  const { url: server = '' } = await askService('postgres');
  const name = `hemgang_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  url = address.href;
  drop = () => administer(server, `drop database if exists ${name} with (force)`);
  await restore(url, commit);
  database = new Database({ url });
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-upgrade-'));
  await writeFile(path.join(folder, 'identity.key'), identityKey);
}
afterEach(async () => {
  await database?.close();
  await drop?.();
  await rm(folder, { recursive: true, force: true });
});

/** The schema as that version's migrations made it, and its rows. */
async function restore(to: string, commit: Version): Promise<void> {
  const rows = new URL(`upgrade/written-by-${commit}.sql`, import.meta.url);
  const dataSource = await migrateUntil(to, lastMigration[commit]);
  await dataSource.query(await readFile(rows, 'utf8'));
  await dataSource.query(`select setval(pg_get_serial_sequence('event', 'position'), (select max(position) from event)),
                                 setval(pg_get_serial_sequence('inbox', 'position'), (select max(position) from inbox))`);
  await dataSource.destroy();
}

async function migrateUntil(to: string, last: string): Promise<DataSource> {
  const dataSource = createDataSource(to).setOptions({
    migrations: migrations.slice(0, migrations.findIndex(({ name }) => name === last) + 1),
  });
  await dataSource.initialize();
  await dataSource.runMigrations({ transaction: 'all' });
  return dataSource;
}

async function withHub<T>(work: (started: Started, health: () => Promise<Health>) => Promise<T>): Promise<T> {
  const configuration = await wholeHubConfiguration(url, folder);
  const started = await start(configuration, pino({ level: 'silent' }));
  const { host, port } = configuration.metrics;
  try {
    return await work(
      started,
      async () => (await (await fetch(`http://${host}:${port}/health`)).json()) as Health,
    );
  } finally {
    await started.stop();
  }
}
type Health = { readonly shown: { readonly status: string; readonly why?: string } };

const differences = async () =>
  (await rebuild({ database, registry: everyStream, swap: false, resume: false })).differences;
const untilCurrent = (health: () => Promise<Health>) =>
  waitFor('what is shown to be current', async () => (await health()).shown.status === 'up');

it('there is something to do: the migrations alone leave what is shown as 28fa5e6 rendered it', async () => {
  await open('28fa5e6');
  await migrate(url);
  expect(await findDrift(url)).toEqual([]);
  expect((await differences()).map(({ table }) => table)).toEqual(
    expect.arrayContaining(['stream', 'resource']),
  );
});

it('the migrations know which cases of the version before are under way, so that no job misses one', async () => {
  await open('28fa5e6');
  await migrate(url);
  const ids = async (condition: string) =>
    (await database.query<{ id: string }>(`select id from stream where ${condition} order by id`)).rows;
  const underWay = await ids('open');
  expect(underWay).toEqual(await ids(`type = 'svu' and state ->> 'phase' in ('draft', 'published')`));
  expect(underWay.length).toBeGreaterThan(0);
  expect((await ids(`type = 'svu' and not open`)).length).toBeGreaterThan(0);
});

it('the migrations wait for a writer of the version before, and let it write what it has read', async () => {
  await open('46a3f39');
  await (await migrateUntil(url, 'NextDeadline1700000000108')).destroy();
  let migrated: Promise<unknown> | undefined;
  await database.transaction(
    async (sql) => {
      await sql.query('select 1 from stream limit 1');
      migrated = migrate(url);
      await waitFor('the migrations to wait', async () => {
        const { rows } = await database.query(
          `select 1 from pg_locks where not granted
              and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows.length > 0;
      });
      await sql.query('update resource set version = version where id = (select id from resource limit 1)');
      await sql.query('select 1 from resource_version, access_grant limit 1');
    },
    [`select pg_advisory_xact_lock_shared(${advisoryLocks.swap})`],
  );
  expect(await migrated).toContain('FoundByWhatItIsAbout1700000000111');
  expect(await findDrift(url)).toEqual([]);
});

it('a rebuild of what the version before the move of the rooms wrote gives the same resources and versions', async () => {
  await open('46a3f39');
  await migrate(url);
  const shown = (await differences()).filter(({ table }) => table.startsWith('resource'));
  expect(shown).toEqual([]);
});

it('what 7b1e0ef did not show, a draft’s to-do to publish, is there after the upgrade without hands', async () => {
  await open('7b1e0ef');
  const drafts = async () =>
    (
      await database.query<{ id: string }>(
        `select id from stream where state ->> 'phase' = 'draft' order by 1`,
      )
    ).rows;
  const toPublish = async () =>
    (
      await database.query<{ id: string }>(
        `select stream_id as id from resource where type = 'Task'
            and content like '%publish-admission-notice%' and content::jsonb ->> 'status' = 'requested' order by 1`,
      )
    ).rows;
  expect([(await drafts()).length, (await toPublish()).length]).toEqual([3, 0]);
  await withHub(async (_, health) => {
    await untilCurrent(health);
    expect(await toPublish()).toEqual(await drafts());
  });
});

describe.each(Object.keys(lastMigration) as Version[])('A database that %s wrote', (commit) => {
  beforeEach(() => open(commit));

  it('after an upgrade what is shown equals the log without hands, and health says while it does not', async () => {
    await withHub(async (_, health) => {
      await untilCurrent(health);
      expect(await differences()).toEqual([]);
    });
    await withHub(async (_, health) => {
      await untilCurrent(health);
      expect(await differences()).toEqual([]);
    });
  });

  it('facts that the version before took are in the inbox as they were: none is dead that was not', async () => {
    const dead = async () =>
      (await database.query(`select event_id from inbox where state = 'dead' order by 1`)).rows;
    const before = await dead();
    await withHub(async (_, health) => {
      await untilCurrent(health);
      await waitFor('no fact to wait', async () => {
        const { rows: waiting } = await database.query(`select 1 from inbox where state = 'waiting' limit 1`);
        return waiting.length === 0;
      });
    });
    expect(await dead()).toEqual(before);
  });
});
