import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../../../test/support/database.js';
import type { TestDatabase } from '../../../test/support/database.js';
import { Database } from '../../persistence/database.js';
import { AuditUnavailable } from '../access-context.js';
import type { AuditEntry } from '../access-context.js';
import { GroupedAuditTrail } from './grouped-audit-trail.js';
import { verifyAudit, verifyChain } from './verify-audit.js';

const clock = { now: () => new Date('2026-03-02T10:00:00.123Z') };
let store: TestDatabase;

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

const entry = (requestId: string, detail: Record<string, unknown> = {}): AuditEntry => ({
  context: { client: 'client', units: ['SE4999009014-W1'], requestId },
  at: clock.now(),
  action: 'read',
  outcome: 'success',
  personId: '5f0c2a52-9f5a-4f8e-8b1c-0d9b6c1d2e3f',
  detail: { resource: 'CarePlan/x', nested: { b: [1, 'ö', null], a: true }, ...detail },
});

/** Changes the trail as somebody with every right to the database could. */
async function tamper(statement: string, values: readonly unknown[] = []): Promise<void> {
  await store.database.transaction(async (sql) => {
    await sql.query('set local session_replication_role = replica');
    await sql.query(statement, values);
  });
}

describe('the trail', () => {
  it('ACC-5: is written in groups, and the one who asked waits until the group is stored', async () => {
    const trail = new GroupedAuditTrail(store.database, clock);
    await Promise.all(Array.from({ length: 50 }, (_, place) => trail.record([entry(`group-${place}`)])));
    const { rows } = await store.database.query<{ records: number; groups: number }>(
      `select count(*) as records, count(distinct number) as groups from audit_record where detail->>'requestId' like 'group-%'`,
    );
    expect(rows[0]?.records).toBe(50);
    expect(rows[0]?.groups).toBeLessThan(5);
  });

  it('ACC-5: text that the database cannot hold does not stop the records beside it', async () => {
    const trail = new GroupedAuditTrail(store.database, clock);
    await trail.record([entry('nul', { note: 'a\u0000b', half: '\ud800' })]);
    expect(await verifyChain(store.database, trail.head?.chain ?? '')).toMatchObject({
      groups: 1,
      records: 2,
    });
  });

  it('ACC-5: the database refuses to change, remove or empty it', async () => {
    const trail = new GroupedAuditTrail(store.database, clock);
    await trail.record([entry('kept')]);
    for (const statement of [
      `update audit_record set actor = 'another'`,
      'delete from audit_record',
      `update audit_group set hash = ''`,
      'delete from audit_group',
      'truncate audit_record',
      'truncate audit_group',
    ])
      await expect(store.database.query(statement)).rejects.toThrow('append only');
  });

  it('promise 8: what cannot be written is refused, and writing goes on when the database is back', async () => {
    const gone = new Database({ url: store.url });
    await gone.close();
    await expect(new GroupedAuditTrail(gone, clock).record([entry('lost')])).rejects.toThrow(
      AuditUnavailable,
    );

    const second = await createTestDatabase();
    const trail = new GroupedAuditTrail(second.database, clock);
    await second.database.query('alter table audit_record rename to audit_record_away');
    await expect(trail.record([entry('away')])).rejects.toThrow(AuditUnavailable);
    await second.database.query('alter table audit_record_away rename to audit_record');
    await trail.record([entry('back')]);
    const reports = await verifyAudit(second.database);
    expect(reports.filter(({ fault }) => fault !== undefined)).toEqual([]);
    await second.drop();
  });

  it('promise 8: more entries than the database takes are refused at once instead of piling up', async () => {
    const trail = new GroupedAuditTrail(store.database, clock);
    const many = Array.from({ length: 9_999 }, () => entry('queue'));
    const waiting = trail.record(many);
    await expect(trail.record([entry('a'), entry('b')])).rejects.toThrow('too many');
    await waiting;
  });
});

describe('verification', () => {
  let chain: string;
  beforeEach(async () => {
    const trail = new GroupedAuditTrail(store.database, clock);
    for (const name of ['one', 'two', 'three']) await trail.record([entry(`${name}-a`), entry(`${name}-b`)]);
    chain = trail.head?.chain ?? '';
  });
  const fault = async () => (await verifyChain(store.database, chain)).fault;

  it('ACC-5: finds nothing where nothing was changed', async () => {
    expect(await verifyChain(store.database, chain)).toEqual({ chain, groups: 3, records: 7 });
  });

  it('ACC-5: finds an altered record', async () => {
    await tamper(
      `update audit_record set outcome = 'refused' where chain = $1 and number = 2 and place = 1`,
      [chain],
    );
    expect(await fault()).toEqual({ number: 2, kind: 'altered' });
  });

  it('ACC-5: finds an altered detail', async () => {
    await tamper(
      `update audit_record set detail = detail || '{"resource":"CarePlan/y"}' where chain = $1 and number = 3`,
      [chain],
    );
    expect(await fault()).toEqual({ number: 3, kind: 'altered' });
  });

  it('ACC-5: finds a removed record', async () => {
    await tamper('delete from audit_record where chain = $1 and number = 2 and place = 0', [chain]);
    expect(await fault()).toEqual({ number: 2, kind: 'altered' });
  });

  it('ACC-5: finds reordered records', async () => {
    await tamper('update audit_record set place = 1 - place where chain = $1 and number = 2', [chain]);
    expect(await fault()).toEqual({ number: 2, kind: 'altered' });
  });

  it('ACC-5: finds a removed group', async () => {
    await tamper('delete from audit_group where chain = $1 and number = 2', [chain]);
    expect(await fault()).toEqual({ number: 2, kind: 'group-missing' });
  });

  it('ACC-5: finds a group that was altered with its own hash, by the group after it', async () => {
    await tamper(`update audit_group set hash = repeat('0', 64) where chain = $1 and number = 1`, [chain]);
    expect(await fault()).toEqual({ number: 1, kind: 'altered' });
  });

  it('ACC-5: finds that the end of a chain was cut off, by the chain begun after it', async () => {
    await new GroupedAuditTrail(store.database, clock).record([entry('later')]);
    await tamper('delete from audit_record where chain = $1 and number = 3', [chain]);
    await tamper('delete from audit_group where chain = $1 and number = 3', [chain]);
    expect(await fault()).toBeUndefined();
    const reports = await verifyAudit(store.database);
    expect(reports.find((report) => report.chain === chain)?.fault).toEqual({
      number: 3,
      kind: 'end-missing',
    });
  });
});
