import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/persistence/database.js';
import { command, configure, open, store, verify, write } from './trail-setup.js';

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
      configure({ AUDIT_DATABASE_URL: roles.audit.options.url });
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
