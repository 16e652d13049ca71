import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditKey, AuditPublicKeys } from '../../src/access/audit/audit-key.js';
import { explainReport } from '../../src/access/audit/explain-report.js';
import type { GroupedAuditTrail } from '../../src/access/audit/grouped-audit-trail.js';
import { linesOfHeads } from '../../src/access/audit/heads-file.js';
import { verifyAudit } from '../../src/access/audit/verify-audit.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { auditTopic } from '../../src/messaging/contracts/facts.js';
import { validateEvent } from '../../src/messaging/contracts/validate-event.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { Database } from '../../src/persistence/database.js';
import { headsOnTopic } from '../../src/operations/trail/heads-on-topic.js';
import { openTrail, type OpenedTrail } from '../../src/start/processes/open-trail.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { administer } from '../support/postgres-server.js';
import { runCommand } from '../support/run-command.js';

let store: TestDatabase;
let folder: string;
let environment: Record<string, string>;
let configuration: Configuration;
let now: Date;
const clock = { now: () => (now = new Date(now.getTime() + 1_003)) };

beforeEach(async () => {
  now = new Date('2026-11-20T08:00:00.123Z');
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-trail-'));
  environment = {
    DATABASE_URL: store.url,
    DATA_DIRECTORY: folder,
    AUDIT_KEY: randomBytes(32).toString('hex'),
  };
  configuration = loadConfiguration(environment);
});
afterEach(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

const open = (database = store.database): Promise<OpenedTrail> =>
  openTrail({ configuration, database, clock });
async function write(trail: GroupedAuditTrail, groups: number): Promise<void> {
  for (let group = 0; group < groups; group++)
    await trail.record([
      {
        context: { client: 'client', units: [], requestId: 'r' },
        at: clock.now(),
        action: 'read',
        outcome: 'success',
        detail: {},
      },
    ]);
}
const publicKeys = () =>
  new AuditPublicKeys([new AuditKey(configuration.audit.key ?? Buffer.alloc(0)).publicKey]);
const verify = (database = store.database) =>
  verifyAudit(database, publicKeys(), linesOfHeads(configuration.audit.headsFile));
const command = (...parameters: string[]) => runCommand('verify-audit', environment, ...parameters);

/** The database as a backup taken now would give it back. */
async function backup(): Promise<TestDatabase> {
  await store.database.close();
  const name = `hemgang_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(store.url);
  await administer(
    new URL('/postgres', url).href,
    `create database ${name} template ${url.pathname.slice(1)}`,
  );
  url.pathname = `/${name}`;
  const reopened = new Database({ url: store.url });
  const original = store.url;
  store = {
    ...store,
    database: reopened,
    async drop() {
      await reopened.close();
      await administer(
        new URL('/postgres', original).href,
        `drop database ${new URL(original).pathname.slice(1)} with (force)`,
      );
    },
  };
  const database = new Database({ url: url.href });
  return {
    url: url.href,
    database,
    async drop() {
      await database.close();
      await administer(store.url, `drop database ${name} with (force)`);
    },
  };
}

describe('the trail of accesses', () => {
  it('ACC-5: a trail that was begun and emptied is no whole one, with or without heads', async () => {
    const { trail, close } = await open();
    expect(trail.chain).toBeDefined();
    await close();
    expect(await verify()).toMatchObject({ chains: 1, groups: 1, findings: [] });
    await store.database.transaction(async (sql) => {
      await sql.query('set local session_replication_role = replica');
      await sql.query('truncate audit_group, audit_record');
    });
    expect((await verify()).findings.map(({ kind }) => kind)).toEqual(['lost', 'empty']);
    await rm(configuration.audit.headsFile);
    expect((await verify()).findings).toEqual([{ kind: 'empty' }]);
  });

  it('ACC-5: after a restore it is told from when to when how much is missing, not that something was altered', async () => {
    const earlier = await open();
    await write(earlier.trail, 3);
    const restored = await backup();
    const running = await openTrail({ configuration, database: store.database, clock });
    await write(running.trail, 4);
    await running.close();
    environment['DATABASE_URL'] = restored.url;
    try {
      const report = await verify(restored.database);
      expect(report.findings).toEqual([expect.objectContaining({ kind: 'lost', from: 1, to: 5 })]);
      expect(report.restore).toMatchObject({ groups: 5, until: expect.stringMatching(/^2026-11-20T08:00/) });
      expect(explainReport(report).join('\n')).not.toMatch(/altered|not as the hub wrote it/);
      const after = await openTrail({ configuration, database: restored.database, clock });
      await write(after.trail, 2);
      await after.close();
      const told = await command();
      expect([told.code, told.stdout]).toEqual([
        1,
        expect.stringContaining('That is what a restore of the database'),
      ]);
      expect(told.stdout).toContain('The trail is cut short.');

      const noted = await command(
        '--acknowledge',
        '--user',
        'SE4999000013-P017',
        '--reason',
        'restore after a disk was lost',
      );
      expect([noted.code, noted.stderr]).toEqual([0, '']);
      const later = await command();
      expect([later.code, later.stdout]).toEqual([
        0,
        expect.stringContaining('restore after a disk was lost'),
      ]);
      expect(later.stdout).toContain('The trail is whole but for what was noted.');
    } finally {
      await restored.drop();
    }
  }, 120_000);

  it('ACC-5: who cuts one chain and spares others that went on at the same time did not restore', async () => {
    const one = await open();
    const two = await open();
    for (let turn = 0; turn < 4; turn++) for (const { trail } of [one, two]) await write(trail, 1);
    await one.close();
    await two.close();
    await store.database.transaction(async (sql) => {
      await sql.query('set local session_replication_role = replica');
      for (const table of ['audit_group', 'audit_record'])
        await sql.query(`delete from ${table} where chain = $1 and number >= 3`, [one.trail.chain]);
    });
    const report = await verify();
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'lost', from: 3, to: 5 })]);
    expect(report.restore).toBeUndefined();
    expect(explainReport(report).at(-1)).toBe('The trail is not as the hub wrote it.');
  });

  it('ACC-5: findings can be noted only by who has the key', async () => {
    const { trail, close } = await open();
    await write(trail, 3);
    await close();
    await store.database.transaction(async (sql) => {
      await sql.query('set local session_replication_role = replica');
      await sql.query('delete from audit_group where number > 2');
      await sql.query('delete from audit_record where number > 2');
      const finding = `lost:${trail.chain}:3-4`;
      await sql.query(
        `update audit_record set action = 'audit-findings-acknowledged', detail = $1 where number = 2`,
        [{ findings: [finding, `altered:${trail.chain}:2-2`], reason: 'forged' }],
      );
    });
    expect((await verify()).findings.map(({ kind }) => kind)).toEqual(['lost', 'altered']);
    expect((await command('--acknowledge', '--user', 'nobody', '--reason', 'x')).code).toBe(2);
  });

  it('ACC-5: heads stand on the topic too, and are read from there', async () => {
    const transport = new EmbeddedTransport(store.database, { partitions: 3 });
    await transport.ensureTopics([auditTopic]);
    const { trail, close } = await openTrail({ configuration, database: store.database, clock, transport });
    await write(trail, 3);
    await close();
    await rm(configuration.audit.headsFile);
    const heads: string[] = [];
    for await (const line of headsOnTopic(transport)) heads.push(line);
    const { rows } = await store.database.query<{ value: string }>(
      'select value from transport_message where topic = $1',
      [auditTopic],
    );
    for (const { value } of rows) expect(validateEvent(auditTopic, JSON.parse(value)).faults).toBeUndefined();
    const told = async function* () {
      yield* heads;
    };
    expect((await verifyAudit(store.database, publicKeys(), told())).findings).toEqual([]);
    await transport.close();
    expect((await command('--topic')).stdout).toMatch(/The trail is whole\.\n$/);
    expect((await command()).stdout).toContain('no-heads');
  });
});

describe('a trail that commit 28fa5e6 wrote', () => {
  type Rows = { groups: { chain: string; number: number }[]; records: object[] };
  let old: Rows;
  const add = async ({ groups, records }: Pick<Rows, 'groups' | 'records'>) => {
    await store.database.query(
      `insert into audit_group (chain, number, hash, previous, recorded_at)
       select chain, number, hash, previous, recorded_at from jsonb_populate_recordset(null::audit_group, $1)`,
      [JSON.stringify(groups)],
    );
    await store.database.query(
      'insert into audit_record select * from jsonb_populate_recordset(null::audit_record, $1)',
      [JSON.stringify(records)],
    );
  };
  beforeEach(async () => {
    old = JSON.parse(await readFile('test/golden/audit-trail-format-1.json', 'utf8')) as Rows;
    await add(old);
  });
  const begin = async () => {
    const { trail, close } = await open();
    await write(trail, 1);
    await close();
  };
  const tamper = (...statements: string[]) =>
    store.database.transaction(async (sql) => {
      await sql.query('set local session_replication_role = replica');
      for (const statement of statements) await sql.query(statement);
    });
  const kinds = async () => (await verify()).findings.map(({ kind }) => kind);
  const last = () => old.groups.at(-1)?.chain ?? '';

  it('ACC-5: verifies as far as it could, before and after seals begin', async () => {
    expect(await verify()).toMatchObject({ groups: 6, records: 14, unsealedGroups: 6, findings: [] });
    await begin();
    expect(await verify()).toMatchObject({ groups: 8, unsealedGroups: 6, findings: [] });
    await begin();
    expect(await kinds()).toEqual([]);
  });

  it('ACC-5: what is not sealed and was not there when seals began is told', async () => {
    await begin();
    const chain = '7b3d5b0e-61a4-4a54-9a5c-0a7a4b3a2f10';
    await add({
      groups: old.groups.filter((group) => group.chain === last()).map((group) => ({ ...group, chain })),
      records: [],
    });
    expect(await kinds()).toContain('unsealed');
  });

  it('ACC-5: an old process that went on writing beside the new is told, and can be noted', async () => {
    await tamper(`delete from audit_group where chain = '${last()}' and number = 3`);
    await tamper(`delete from audit_record where chain = '${last()}' and number = 3`);
    await begin();
    const chain = last();
    const late = <Row extends object>(rows: readonly Row[]) =>
      rows.filter(
        (row) => (row as { chain: string }).chain === chain && (row as { number: number }).number === 3,
      );
    await add({ groups: late(old.groups), records: late(old.records) });
    expect((await verify()).findings).toEqual([
      expect.objectContaining({ kind: 'unsealed', chain, from: 3, to: 3 }),
    ]);
    await command(
      '--acknowledge',
      '--user',
      'SE4999000013-P017',
      '--reason',
      'upgrade with both versions running',
    );
    expect(await kinds()).toEqual([]);
  });

  it.each([
    [
      'a record is altered',
      'altered',
      () => [`update audit_record set outcome = 'refused' where chain = '${last()}' and number = 2`],
    ],
    [
      'its end is cut off',
      'lost',
      () =>
        ['audit_group', 'audit_record'].map(
          (table) => `delete from ${table} where chain = '${last()}' and number = 3`,
        ),
    ],
    [
      'it is removed',
      'lost',
      () => ['audit_group', 'audit_record'].map((table) => `delete from ${table} where chain = '${last()}'`),
    ],
  ] as const)('ACC-5: once seals have begun it is told when %s', async (_, kind, statements) => {
    await begin();
    await tamper(...statements());
    expect(await kinds()).toContain(kind);
  });
});

describe('the role that may only append (docs/audit-role.sql)', () => {
  it('ACC-5: the hub writes the trail by it, and neither it nor the hub’s own role changes, removes or empties anything', async () => {
    const admin = store.database;
    const hub = `hemgang_test_hub_${randomBytes(4).toString('hex')}`;
    await admin.query(`create role ${hub} login password 'hub'`);
    await admin.query(`grant all on all tables in schema public to ${hub}`);
    for (const table of ['audit_group', 'audit_record'])
      await admin.query(`alter table ${table} owner to ${hub}`);
    const script = await readFile('docs/audit-role.sql', 'utf8');
    const setUp = () =>
      admin.transaction(async (sql) => {
        await sql.query(`set local hemgang.hub_role = '${hub}'`);
        await sql.query(`set local hemgang.audit_password = 'audit'`);
        await sql.query(script);
      });
    await setUp();
    await setUp();
    const as = (user: string, password: string) => {
      const url = new URL(store.url);
      Object.assign(url, { username: user, password });
      return url.href;
    };
    const roles = {
      hub: new Database({ url: as(hub, 'hub') }),
      audit: new Database({ url: as('hemgang_audit', 'audit') }),
    };
    try {
      configuration = loadConfiguration({ ...environment, AUDIT_DATABASE_URL: roles.audit.options.url });
      const { trail, close } = await open(roles.hub);
      await write(trail, 2);
      await close();
      expect(await verify(roles.hub)).toMatchObject({ groups: 3, findings: [] });
      for (const table of ['audit_group', 'audit_record'])
        for (const statement of [
          `update ${table} set number = number`,
          `delete from ${table}`,
          `truncate ${table}`,
          `alter table ${table} disable trigger all`,
          `drop table ${table}`,
          'set session_replication_role = replica',
          'set role hemgang_audit_owner',
        ])
          for (const role of Object.values(roles))
            await expect(role.query(statement)).rejects.toThrow(/permission denied|must be owner/);
      await expect(roles.hub.query('insert into audit_group select * from audit_group')).rejects.toThrow(
        'permission denied',
      );
      await expect(roles.audit.query('select from inbox')).rejects.toThrow('permission denied');
    } finally {
      await roles.hub.close();
      await roles.audit.close();
      await admin.query(`drop owned by hemgang_audit, ${hub}`);
      await admin.query(`drop role ${hub}`);
    }
  });
});
