import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../../support/database.js';
import type { TestDatabase } from '../../support/database.js';
import { Database } from '../../../src/persistence/database.js';
import { AuditUnavailable } from '../../../src/access/access-context.js';
import type { AuditEntry } from '../../../src/access/access-context.js';
import { GroupedAuditTrail } from '../../../src/access/audit/grouped-audit-trail.js';
import { AuditKey, AuditPublicKeys } from '../../../src/access/audit/audit-key.js';
import { verifyAudit } from '../../../src/access/audit/verify-audit.js';

const key = new AuditKey(Buffer.alloc(32, 7));
const keys = new AuditPublicKeys([key.publicKey]);
async function* noHeads(): AsyncGenerator<string> {}
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

describe('the trail', () => {
  it('ACC-5: is written in groups, and the one who asked waits until the group is stored', async () => {
    const trail = new GroupedAuditTrail(store.database, clock, key);
    await Promise.all(Array.from({ length: 50 }, (_, place) => trail.record([entry(`group-${place}`)])));
    const { rows } = await store.database.query<{ records: number; groups: number }>(
      `select count(*) as records, count(distinct number) as groups from audit_record where detail->>'requestId' like 'group-%'`,
    );
    expect(rows[0]?.records).toBe(50);
    expect(rows[0]?.groups).toBeLessThan(5);
  });

  it('ACC-5: text that the database cannot hold does not stop the records beside it', async () => {
    const trail = new GroupedAuditTrail(store.database, clock, key);
    await trail.record([entry('nul', { note: 'a\u0000b', half: '\ud800' })]);
    // What is hashed when it is written is what is read again, whatever order and form it came in.
    const odd = {
      10: 'ten',
      9: [undefined, Number.NaN, 1e21],
      at: clock.now(),
      'a\u0000': { z: 1, y: undefined },
    };
    await trail.record([{ ...entry('odd', odd), action: 'a\u0000b' }]);
    const { rows } = await store.database.query<{ records: number }>(
      'select count(*) as records from audit_record where chain = $1',
      [trail.chain],
    );
    expect(rows[0]?.records).toBe(3);
    expect((await verifyAudit(store.database, keys, noHeads())).findings).toEqual([{ kind: 'no-heads' }]);
  });

  it('ACC-5: the database refuses to change, remove or empty it', async () => {
    const trail = new GroupedAuditTrail(store.database, clock, key);
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
    await expect(new GroupedAuditTrail(gone, clock, key).record([entry('lost')])).rejects.toThrow(
      AuditUnavailable,
    );

    const second = await createTestDatabase();
    const trail = new GroupedAuditTrail(second.database, clock, key);
    await second.database.query('alter table audit_record rename to audit_record_away');
    await expect(trail.record([entry('away')])).rejects.toThrow(AuditUnavailable);
    await second.database.query('alter table audit_record_away rename to audit_record');
    await trail.record([entry('back')]);
    expect((await verifyAudit(second.database, keys, noHeads())).findings).toEqual([{ kind: 'no-heads' }]);
    await second.drop();
  });

  it('promise 8: more entries than the database takes are refused at once instead of piling up', async () => {
    const trail = new GroupedAuditTrail(store.database, clock, key);
    const many = Array.from({ length: 9_999 }, () => entry('queue'));
    const waiting = trail.record(many);
    await expect(trail.record([entry('a'), entry('b')])).rejects.toThrow('too many');
    await waiting;
  });
});
