import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { placeGrant, placeResource } from '../support/facade.js';
import type { SqlConnection } from '../../src/persistence/database.js';
import { GroupedReads } from '../../src/access/grouped-reads.js';

const caller = (...units: string[]) => ({ client: 'test', units, requestId: 'r' });

describe('Reads of many requests in one round trip', () => {
  let store: TestDatabase;
  let statements = 0;
  let failing = false;
  let reads: GroupedReads;

  beforeAll(async () => {
    store = await createTestDatabase();
    const counted: Pick<SqlConnection, 'query' | 'prepared'> = {
      query: (text, values) => store.database.query(text, values),
      prepared: (name, text, values) => {
        statements++;
        return failing ? Promise.reject(new Error('gone')) : store.database.prepared(name, text, values);
      },
    };
    reads = new GroupedReads(counted);
  });
  afterAll(() => store.drop());

  async function plan(unit: string): Promise<string> {
    const scope = randomUUID();
    await placeResource(store, { type: 'CarePlan', id: scope, scope });
    await placeGrant(store, { scope, unit });
    return scope;
  }

  it('ACC-1: decides each for its own caller, with none, one or several units, whatever their names hold', async () => {
    const odd = 'SE1-"},{\\x';
    const [mine, others, oddly] = [await plan('SE1-A'), await plan('SE1-B'), await plan(odd)];
    const asked = [
      [caller('SE1-A'), mine, true],
      [caller('SE1-B'), mine, false],
      [caller('SE1-C', 'SE1-B'), others, true],
      [caller(), others, false],
      [caller('SE1-A'), others, false],
      [caller(odd), oddly, true],
      [caller('SE1-A,SE1-B'), mine, false],
    ] as const;
    statements = 0;
    const current = await Promise.all(asked.map(([who, id]) => reads.resource(who, 'CarePlan', id)));
    const versions = await Promise.all(asked.map(([who, id]) => reads.version(who, 'CarePlan', id, 1)));
    expect(current.map((found) => found?.visible)).toEqual(asked.map(([, , expected]) => expected));
    expect(versions.map((found) => found?.visible)).toEqual(asked.map(([, , expected]) => expected));
    expect(current.map((found) => found?.scope)).toEqual(asked.map(([, id]) => id));
    expect(statements).toBe(2);
  });

  it('answers nothing for what is not there, beside what is', async () => {
    const id = await plan('SE1-A');
    const found = await Promise.all([
      reads.resource(caller('SE1-A'), 'CarePlan', randomUUID()),
      reads.resource(caller('SE1-A'), 'CarePlan', 'not-an-id'),
      reads.resource(caller('SE1-A'), 'CarePlan', id),
      reads.version(caller('SE1-A'), 'CarePlan', id, 7),
    ]);
    expect(found.map((one) => one?.visible)).toEqual([undefined, undefined, true, undefined]);
  });

  it('ACC-7: a unit whose grant is gone sees nothing from the next read on', async () => {
    const id = await plan('SE1-A');
    expect((await reads.resource(caller('SE1-A'), 'CarePlan', id))?.visible).toBe(true);
    await store.database.query('delete from access_grant where scope = $1', [id]);
    expect((await reads.resource(caller('SE1-A'), 'CarePlan', id))?.visible).toBe(false);
  });

  it('fails all of a group that could not be asked, and goes on with the next', async () => {
    const id = await plan('SE1-A');
    const ask = () => reads.resource(caller('SE1-A'), 'CarePlan', id);
    failing = true;
    const failed = await Promise.allSettled([ask(), ask(), ask()]);
    failing = false;
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect((await ask())?.visible).toBe(true);
  });

  it('answers each of more questions than a group holds', async () => {
    const id = await plan('SE1-A');
    const found = await Promise.all(
      Array.from({ length: 350 }, (_, index) =>
        reads.resource(caller(index % 2 === 0 ? 'SE1-A' : 'SE1-B'), 'CarePlan', id),
      ),
    );
    expect(found.every((one, index) => one?.visible === (index % 2 === 0))).toBe(true);
  });
});
