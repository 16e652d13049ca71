import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { explainReport } from '../../src/access/audit/explain-report.js';
import { verifyAudit } from '../../src/access/audit/verify-audit.js';
import { auditTopic } from '../../src/messaging/contracts/facts.js';
import { validateEvent } from '../../src/messaging/contracts/validate-event.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { Database } from '../../src/persistence/database.js';
import { headsOnTopic } from '../../src/administration/trail/heads-on-topic.js';
import { openTrail } from '../../src/start/processes/open-trail.js';
import { type TestDatabase } from '../support/database.js';
import { administer } from '../support/postgres-server.js';
import {
  clock,
  command,
  configuration,
  environment,
  open,
  replaceStore,
  publicKeys,
  store,
  verify,
  write,
} from './trail-setup.js';

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
  replaceStore({
    ...store,
    database: reopened,
    async drop() {
      await reopened.close();
      await administer(
        new URL('/postgres', original).href,
        `drop database ${new URL(original).pathname.slice(1)} with (force)`,
      );
    },
  });
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
