import { randomUUID } from 'node:crypto';
import { ExclusiveKeyHeld, LogConflict } from '../../src/log/log.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { readStream } from '../../src/log/read-log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { at, command, errand, origin, taskId, type ErrandCommand } from './errand.js';

let test: TestDatabase;
let log: PostgresLog;
beforeAll(async () => {
  test = await createTestDatabase();
  log = new PostgresLog({ database: test.database });
});
afterAll(() => test.drop());

const run = (id: string, ...commands: ErrandCommand[]) =>
  log.transact(origin(), async (session) => {
    for (const each of commands) await session.execute(errand, id, each);
  });
const rows = async (text: string, ...values: unknown[]) =>
  (await test.database.query<Record<string, unknown>>(text, values)).rows;

describe('The log', () => {
  it('appends events with dense versions and keeps the folded state', async () => {
    const id = randomUUID();
    const person = randomUUID();
    await run(id, command.open(person), command.addMany('b', 'a'));
    await run(id, command.add('b'));
    const { state, version } = await log.transact(origin(), (session) => session.load(errand, id));
    expect(version).toBe(4);
    expect(state).toMatchObject({ personId: person, items: { b: 2, a: 1 } });
    const events = await readStream(test.database, id);
    expect(
      events.map(({ streamVersion, type, typeVersion, personId, occurredAt }) => ({
        streamVersion,
        type,
        typeVersion,
        personId,
        occurredAt,
      })),
    ).toEqual(
      ['Opened', 'Added', 'Added', 'Added'].map((type, index) => ({
        streamVersion: index + 1,
        type,
        typeVersion: 1,
        personId: person,
        occurredAt: at,
      })),
    );
    expect(
      await rows('select count(*) from unsequenced join event using (position) where stream_id = $1', id),
    ).toEqual([{ count: 4 }]);
  });

  it('writes a version of a resource for each event that changes it, numbered as the stream', async () => {
    const id = randomUUID();
    await run(id, command.open(randomUUID()), command.addMany('a', 'b', 'a'));
    const versions = await rows(
      `select type, id, version, last_updated, content::json -> 'meta' as meta from resource_version
        where stream_id = $1 order by type, version`,
      id,
    );
    const stamp = { last_updated: new Date('2026-01-01T12:00:01.000Z') };
    const meta = (version: number) => ({
      versionId: String(version),
      lastUpdated: '2026-01-01T12:00:01.000Z',
    });
    expect(versions).toEqual([
      ...[1, 2, 3, 4].map((version) => ({ type: 'CarePlan', id, version, ...stamp, meta: meta(version) })),
      { type: 'Task', id: taskId(id, 'a'), version: 2, ...stamp, meta: meta(2) },
      { type: 'Task', id: taskId(id, 'b'), version: 3, ...stamp, meta: meta(3) },
    ]);
    expect(
      await rows(`select version, status, owner, tokens, scope from resource where id = $1`, taskId(id, 'a')),
    ).toEqual([
      {
        version: 2,
        status: 'requested',
        owner: 'SE2321000016-W101',
        tokens: ['status|requested', `based-on|CarePlan/${id}`],
        scope: id,
      },
    ]);
  });

  it('marks a resource that is no longer shown as deleted, and brings it back', async () => {
    const id = randomUUID();
    await run(id, command.open(randomUUID()), command.add('a'), command.drop('a'));
    const task = taskId(id, 'a');
    expect(await rows('select version, deleted, content, scope from resource where id = $1', task)).toEqual([
      { version: 3, deleted: true, content: '', scope: id },
    ]);
    await run(id, command.add('a'));
    expect(
      await rows('select version, deleted from resource_version where id = $1 order by version', task),
    ).toEqual([
      { version: 2, deleted: false },
      { version: 3, deleted: true },
      { version: 4, deleted: false },
    ]);
  });

  it('ACC-7: replaces only the grants that the same stream gave', async () => {
    const person = randomUUID();
    const [one, other] = [randomUUID(), randomUUID()];
    for (const id of [one, other]) await run(id, command.open(person), command.admit('SE2321000016-W101'));
    const grants = () => rows('select scope, stream_id from access_grant where scope = $1', person);
    expect(await grants()).toHaveLength(2);
    await run(one, command.dismiss('SE2321000016-W101'));
    expect(await grants()).toEqual([{ scope: person, stream_id: other }]);
    expect(await rows('select 1 from access_grant where scope = $1', one)).toEqual([]);
  });

  it('writes nothing when the decision is a rejection or lets nothing happen', async () => {
    const id = randomUUID();
    const refused = await log.transact(origin(), (session) => session.execute(errand, id, command.close()));
    expect(refused).toMatchObject({ decision: { rejection: {} }, version: 0, state: undefined });
    await run(id, command.open(randomUUID()));
    const { version } = await log.transact(origin(), (session) =>
      session.execute(errand, id, command.drop('never added')),
    );
    expect(version).toBe(1);
  });

  it('writes nothing at all when the work rejects after appending', async () => {
    const id = randomUUID();
    const work = log.transact(origin(), async (session) => {
      await session.execute(errand, id, command.open(randomUUID()));
      await session.sql.query(`insert into reader values ('half done', 1)`);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await readStream(test.database, id)).toEqual([]);
    expect(await rows('select 1 from stream where id = $1', id)).toEqual([]);
    expect(await rows(`select 1 from reader where name = 'half done'`)).toEqual([]);
  });

  it('finds the streams of a person', async () => {
    const person = randomUUID();
    const ids = [randomUUID(), randomUUID()].sort();
    for (const id of ids) await run(id, command.open(person));
    expect(await log.transact(origin(), (session) => session.streamsOf(person, 'svu'))).toEqual(
      ids.map((id) => ({ id, type: 'svu' })),
    );
    expect(await log.transact(origin(), (session) => session.streamsOf(person, 'stay'))).toEqual([]);
  });

  it('SVU-2: two open at the same time on one person: one holds the key, the other is told who', async () => {
    const person = randomUUID();
    const ids = Array.from({ length: 6 }, () => randomUUID());
    // Without the person's lock, so that only the unique index stands between them.
    const outcomes = await Promise.allSettled(ids.map((id) => run(id, command.open(person, true))));
    const winners = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toBeInstanceOf(ExclusiveKeyHeld);
      expect(outcome.reason).toMatchObject({ holder: winners[0] });
    }
    await run(winners[0] ?? '', command.close());
    await expect(run(randomUUID(), command.open(person, true))).resolves.toBeUndefined();
  });

  it('loads and decides again when another writer was quicker, and loses no update', async () => {
    const id = randomUUID();
    await run(id, command.open(randomUUID()));
    let attempts = 0;
    await log.transact(origin(), async (session) => {
      attempts += 1;
      await session.load(errand, id);
      if (attempts === 1) await run(id, command.add('theirs'));
      await session.execute(errand, id, command.add('ours'));
    });
    expect(attempts).toBe(2);
    const { state } = await log.transact(origin(), (session) => session.load(errand, id));
    expect(state?.items).toEqual({ theirs: 1, ours: 1 });
  });

  it('writes over what was there already under the name of what a new stream shows', async () => {
    const id = randomUUID();
    const unit = 'SE2321000016-W101';
    await rows(
      `insert into resource (type, id, version, last_updated, scope, personal, draft, tokens, content)
       values ('CarePlan', $1, 7, now(), $1, false, false, '{}', 'before')`,
      id,
    );
    await rows(
      `insert into access_grant (scope, unit, stream_id, hospital, content) values ($1, $2, $1, false, false)`,
      id,
      unit,
    );
    await run(id, command.open(randomUUID()), command.admit(unit));
    const shown = await rows('select version, stream_id from resource where id = $1', id);
    expect(shown).toEqual([{ version: 1, stream_id: id }]);
    const granted = await rows('select hospital from access_grant where scope = $1 and unit = $2', id, unit);
    expect(granted).toEqual([{ hospital: true }]);
  });

  it('gives up after four attempts with a conflict', async () => {
    const id = randomUUID();
    await run(id, command.open(randomUUID()));
    let attempts = 0;
    const work = log.transact(origin(), async (session) => {
      attempts += 1;
      await session.load(errand, id);
      await run(id, command.add('theirs'));
      await session.execute(errand, id, command.add('ours'));
    });
    await expect(work).rejects.toBeInstanceOf(LogConflict);
    expect(attempts).toBe(4);
  });

  it('lets writers with one lock take turns', async () => {
    const id = randomUUID();
    const person = `person:${randomUUID()}`;
    await run(id, command.open(randomUUID()));
    let attempts = 0;
    await Promise.all(
      Array.from({ length: 12 }, () =>
        log.transact(origin(person, 'person:other'), async (session) => {
          attempts += 1;
          await session.execute(errand, id, command.add('a'));
        }),
      ),
    );
    expect(attempts).toBe(12);
    const { state } = await log.transact(origin(), (session) => session.load(errand, id));
    expect(state?.items).toEqual({ a: 12 });
  });

  it('says so when one stream is asked for as another type', async () => {
    const id = randomUUID();
    await run(id, command.open(randomUUID()));
    const other = { ...errand, name: 'stay' as const };
    await expect(log.transact(origin(), (session) => session.load(other, id))).rejects.toThrow('is a svu');
  });
});
