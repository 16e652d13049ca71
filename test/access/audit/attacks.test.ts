import { randomBytes } from 'node:crypto';
import { appendFile, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../../support/database.js';
import type { TestDatabase } from '../../support/database.js';
import type { AuditEntry } from '../../../src/access/access-context.js';
import { AuditKey, AuditPublicKeys } from '../../../src/access/audit/audit-key.js';
import { groupHash } from '../../../src/access/audit/audit-record.js';
import type { AuditRecord } from '../../../src/access/audit/audit-record.js';
import type { FindingKind } from '../../../src/access/audit/finding.js';
import { GroupedAuditTrail } from '../../../src/access/audit/grouped-audit-trail.js';
import { HeadKeeper } from '../../../src/access/audit/head-keeper.js';
import { HeadsFile, linesOfHeads } from '../../../src/access/audit/heads-file.js';
import { verifyAudit } from '../../../src/access/audit/verify-audit.js';
import type { AuditReport } from '../../../src/access/audit/verify-audit.js';

const key = new AuditKey(randomBytes(32));
const keys = new AuditPublicKeys([key.publicKey]);

let now: Date;
const clock = {
  now: () => {
    now = new Date(now.getTime() + 1_003);
    return now;
  },
};
let store: TestDatabase;
let folder: string;
let headsFile: string;
let first: GroupedAuditTrail;
let second: GroupedAuditTrail;

const entry = (requestId: string): AuditEntry => ({
  context: { client: 'client', units: ['SE4999009014-W1'], requestId },
  at: clock.now(),
  action: 'read',
  outcome: 'success',
  personId: '5f0c2a52-9f5a-4f8e-8b1c-0d9b6c1d2e3f',
  caseId: '0b6cbb0c-2d5c-4c39-a3c3-0e4f6c2d7a11',
  detail: { resource: 'CarePlan/x', nested: { b: [1, 'ö', null], a: true } },
});

const openTrail = (): GroupedAuditTrail => {
  const file = new HeadsFile(headsFile);
  const keeper = new HeadKeeper({ everyMs: 0, keep: (heads) => file.append(heads) });
  return new GroupedAuditTrail(store.database, clock, key, [keeper]);
};
async function write(trail: GroupedAuditTrail, ...names: string[]): Promise<void> {
  for (const name of names) await trail.record([entry(`${name}-a`), entry(`${name}-b`)]);
}
const verify = (): Promise<AuditReport> => verifyAudit(store.database, keys, linesOfHeads(headsFile));
const kindsOf = ({ findings }: AuditReport): ReadonlySet<FindingKind> =>
  new Set(findings.map(({ kind }) => kind));

/** Two processes one after the other, four groups each; the first of a chain holds its start. */
beforeEach(async () => {
  now = new Date('2026-03-02T10:00:00.123Z');
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-audit-'));
  headsFile = path.join(folder, 'heads.jsonl');
  first = openTrail();
  await write(first, 'one', 'two', 'three', 'four');
  await first.close();
  second = openTrail();
  await write(second, 'five', 'six', 'seven', 'eight');
  await second.close();
});
afterEach(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Changes the trail as somebody with every right to the database could. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await store.database.transaction(async (sql) => {
    await sql.query('set local session_replication_role = replica');
    for (const statement of statements)
      await sql.query(
        statement.replaceAll('$first', `'${first.chain}'`).replaceAll('$second', `'${second.chain}'`),
      );
  });
}

/** Rewrites a chain from a group on, with hashes that fit, as one could who knows everything but the key. */
async function rewrite(
  chain: string | undefined,
  from: number,
  by: AuditKey | undefined,
  format = 2,
): Promise<void> {
  await tamper(`update audit_record set actor = 'another' where chain = '${chain}' and number >= ${from}`);
  type Group = { number: number; previous: string; hash: string; recordedAt: Date };
  const { rows: groups } = await store.database.query<Group>(
    'select number, previous, hash, recorded_at as "recordedAt" from audit_group where chain = $1 order by number',
    [chain],
  );
  let previous = '';
  for (const group of groups) {
    const { rows: records } = await store.database.query<AuditRecord>(
      `select id, recorded_at as "recordedAt", actor, unit, role, person_id as "personId", case_id as "caseId", action, outcome,
         detail from audit_record where chain = $1 and number = $2 order by place`,
      [chain, group.number],
    );
    const head = { ...group, format, chain: chain ?? '' };
    if (group.number > from) head.previous = previous;
    if (group.number >= from) {
      const hash = groupHash(head, records) ?? '';
      const seal = by?.seal({
        format,
        chain: chain ?? '',
        number: group.number,
        hash,
        recordedAt: group.recordedAt.toISOString(),
      });
      await tamper(
        `update audit_group set format = ${format}, previous = '${head.previous}', hash = '${hash}'
           ${seal ? `, key_id = '${seal.keyId}', signature = '${seal.signature}'` : ''}
         where chain = '${chain}' and number = ${group.number}`,
      );
      previous = hash;
    } else previous = group.hash;
  }
}

const removeFrom = (chain: string, where: string): readonly string[] => [
  `delete from audit_record where chain = ${chain} and ${where}`,
  `delete from audit_group where chain = ${chain} and ${where}`,
];
const forgedRecord = (chain: string, number: number): string =>
  `insert into audit_record (id, chain, number, place, recorded_at, actor, action, outcome, detail)
   values (gen_random_uuid(), ${chain}, ${number}, 9, now(), 'SE4999009014-X1', 'read', 'success', '{}')`;
const forgedGroup = (chain: string, number: number, format: number): string =>
  `insert into audit_group (chain, number, hash, previous, recorded_at, format)
   select ${chain}, ${number}, repeat('a', 64), coalesce(max(hash), 'start'), now(), ${format}
   from audit_group where chain = ${chain} and number = ${number} - 1`;
const other = `'7b3d5b0e-61a4-4a54-9a5c-0a7a4b3a2f10'`;

type Attack = { readonly act: () => Promise<void>; readonly finds: FindingKind };
const sql = (finds: FindingKind, ...statements: readonly string[]): Attack => ({
  act: () => tamper(...statements),
  finds,
});

const attacks: Readonly<Record<string, Attack>> = {
  'the tail of the latest chain is cut off': sql('lost', ...removeFrom('$second', 'number >= 3')),
  'the tail of an earlier chain is cut off': sql('lost', ...removeFrom('$first', 'number >= 3')),
  'the last record alone is removed': sql(
    'altered',
    'delete from audit_record where chain = $second and number = 4 and place = 1',
  ),
  'the middle of a chain is removed': sql('missing', ...removeFrom('$second', 'number in (2, 3)')),
  'the beginning of a chain is removed': sql('missing', ...removeFrom('$second', 'number = 1')),
  'the latest chain is removed': sql('lost', ...removeFrom('$second', 'true')),
  'an earlier chain is removed': sql('lost', ...removeFrom('$first', 'true')),
  'both tables are emptied': sql('empty', 'truncate audit_record', 'truncate audit_group'),
  'all records are removed, the groups left': sql('altered', 'truncate audit_record'),
  'all groups are removed, the records left': sql('orphaned', 'truncate audit_group'),
  'records of a group are reordered': sql(
    'altered',
    'update audit_record set place = 1 - place where chain = $second and number = 2',
  ),
  'groups of a chain change places': sql(
    'altered',
    ...['audit_group', 'audit_record'].flatMap((table) => [
      `update ${table} set number = number + 100 where chain = $second and number in (2, 3)`,
      `update ${table} set number = case number when 102 then 3 else 2 end where chain = $second and number in (102, 103)`,
    ]),
  ),
  'groups of two chains change places': sql(
    'altered',
    ...['audit_group', 'audit_record'].flatMap((table) => [
      `update ${table} set number = 102 where chain in ($first, $second) and number = 2`,
      `update ${table} set number = 2, chain = case chain when $first then $second::uuid else $first::uuid end where number = 102`,
    ]),
  ),
  'a record is moved to another group': sql(
    'altered',
    'update audit_record set number = 3, place = 2 where chain = $second and number = 2 and place = 1',
  ),
  'a group is moved below the first': sql(
    'altered',
    'update audit_group set number = -1 where chain = $second and number = 4',
  ),
  'a record is forged into a group': sql('altered', forgedRecord('$second', 2)),
  'a record is forged without a group, in a chain of its own': sql('orphaned', forgedRecord(other, 1)),
  'a record is forged without a group, behind the end of a chain': sql(
    'orphaned',
    forgedRecord('$second', 5),
  ),
  'a record is forged without a group, before the first': sql('orphaned', forgedRecord('$second', 0)),
  'a record is forged with a group without a seal': sql(
    'altered',
    forgedRecord('$second', 5),
    forgedGroup('$second', 5, 2),
  ),
  'a group of before seals is forged': sql('unsealed', forgedGroup(other, 1, 1)),
  'a chain is rewritten with its hashes': {
    act: () => rewrite(second.chain, 2, undefined),
    finds: 'altered',
  },
  'an earlier chain is rewritten whole': { act: () => rewrite(first.chain, 1, undefined), finds: 'altered' },
  'a chain is rewritten and sealed by a key of somebody’s own': {
    act: () => rewrite(second.chain, 2, new AuditKey(randomBytes(32))),
    finds: 'unknown-key',
  },
  'a chain is rewritten in the format without seals': {
    act: () => rewrite(second.chain, 1, undefined, 1),
    finds: 'unsealed',
  },
  'the whole trail is rewritten in the format without seals': {
    async act() {
      await rewrite(first.chain, 1, undefined, 1);
      await rewrite(second.chain, 1, undefined, 1);
    },
    finds: 'altered',
  },
  'seals are taken from another group': sql(
    'altered',
    `update audit_group as g set signature = s.signature from audit_group as s
     where g.chain = $second and g.number = 2 and s.chain = $second and s.number = 3`,
  ),
};

describe('a trail that somebody with every right to the database has altered', () => {
  it('ACC-5: is whole where nobody has', async () => {
    expect(await verify()).toMatchObject({
      chains: 2,
      groups: 8,
      records: 18,
      findings: [],
      acknowledged: [],
    });
  });

  it.each(Object.entries(attacks))('ACC-5: %s', async (_, { act, finds }) => {
    await act();
    expect(kindsOf(await verify())).toContain(finds);
  });

  it('ACC-5: each column of both tables is sealed, also those that are added later', async () => {
    const { rows: columns } = await store.database.query<{ table: string; column: string; type: string }>(
      `select table_name as table, column_name as column, data_type as type from information_schema.columns
       where table_name in ('audit_group', 'audit_record') and table_schema = 'public'`,
    );
    const changed: Readonly<Record<string, (column: string) => string>> = {
      uuid: () => 'gen_random_uuid()',
      text: (column) => `coalesce(${column}, '') || 'x'`,
      bigint: (column) => `${column} + 100`,
      integer: (column) => `${column} + 100`,
      smallint: (column) => `${column} + 1`,
      'timestamp with time zone': (column) => `${column} + interval '1 microsecond'`,
      jsonb: (column) => `${column} || '{"resource": "CarePlan/y"}'`,
    };
    expect(columns.length).toBeGreaterThanOrEqual(21);
    for (const { table, column, type } of columns) {
      const { rows } = await store.database.query<{ ctid: string; old: string }>(
        `select ${column}::text as old from ${table} where chain = $1 and number = 3 limit 1`,
        [second.chain],
      );
      const place = table === 'audit_record' ? ' and place = 0' : '';
      const where = `chain = $second and number = 3${place}`;
      await store.database.query(
        `create table kept as select * from ${table} where chain = '${second.chain}' and number = 3${place}`,
      );
      await tamper(`update ${table} set ${column} = ${changed[type]?.(column)} where ${where}`);
      expect([table, column, (await verify()).findings.length > 0, rows.length]).toEqual([
        table,
        column,
        true,
        1,
      ]);
      const key = table === 'audit_record' ? 'id' : 'hash';
      const identity =
        column === key ? `chain = $second and number = 3${place}` : `${key} = (select ${key} from kept)`;
      await tamper(
        `delete from ${table} where ${identity}`,
        `insert into ${table} select * from kept`,
        'drop table kept',
      );
      expect([column, (await verify()).findings]).toEqual([column, []]);
    }
  });

  it('ACC-5: a head that somebody forged into the file is told, and hides nothing', async () => {
    const [line = ''] = (await readFile(headsFile, 'utf8')).trim().split('\n').slice(-1);
    await tamper(...removeFrom('$second', 'number >= 3'));
    await appendFile(headsFile, `${JSON.stringify({ ...JSON.parse(line), number: 2 })}\nnot a head\n`);
    expect(kindsOf(await verify())).toEqual(new Set(['lost', 'forged-head']));
  });

  it('ACC-5: old heads that are told again, or put in the place of the file, hide nothing that others keep', async () => {
    const lines = (await readFile(headsFile, 'utf8')).trim().split('\n');
    await appendFile(headsFile, `${lines.slice(0, 5).join('\n')}\n`);
    expect((await verify()).findings).toEqual([]);
    const elsewhere = path.join(folder, 'elsewhere.jsonl');
    await copyFile(headsFile, elsewhere);
    await tamper(...removeFrom('$second', 'number >= 3'));
    await writeFile(headsFile, `${lines.slice(0, -2).join('\n')}\n`);
    const both = async function* () {
      yield* linesOfHeads(headsFile);
      yield* linesOfHeads(elsewhere);
    };
    expect(kindsOf(await verifyAudit(store.database, keys, both()))).toEqual(new Set(['lost']));
  });

  it('ACC-5: an end of which nothing is known outside the database is told', async () => {
    await rm(headsFile);
    expect(kindsOf(await verify())).toEqual(new Set(['no-heads']));
  });

  it('ACC-5: a line that a crash cut short spoils neither the file nor the next head', async () => {
    await appendFile(headsFile, '{"format":2,"chain":"');
    const third = openTrail();
    await write(third, 'nine');
    await third.close();
    await tamper(`delete from audit_group where chain = '${third.chain}'`);
    expect(kindsOf(await verify())).toEqual(new Set(['lost', 'orphaned']));
  });

  it('ACC-5: what was sealed by a key before verifies with its public key alone', async () => {
    const later = new AuditKey(randomBytes(32));
    const onlyLater = await verifyAudit(
      store.database,
      new AuditPublicKeys([later.publicKey]),
      linesOfHeads(headsFile),
    );
    expect(kindsOf(onlyLater)).toContain('unknown-key');
    const all = new AuditPublicKeys([later.publicKey, key.publicKey]);
    expect((await verifyAudit(store.database, all, linesOfHeads(headsFile))).findings).toEqual([]);
  });
});
