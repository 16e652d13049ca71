import { randomUUID } from 'node:crypto';
import { destroyPerson, destroyStream } from '../../src/log/destroy.js';
import { StreamDestroyed } from '../../src/log/log.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { readLog, readStream } from '../../src/log/read-log.js';
import { rebuild, RebuildUnderWay, type RebuildOptions } from '../../src/log/rebuild.js';
import { startSequencer, type Sequencer } from '../../src/log/sequencer.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import { Upcasters } from '../../src/log/upcasters/upcaster.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { at, command, errand, origin, taskId, type ErrandCommand } from './errand.js';

let test: TestDatabase;
let log: PostgresLog;
let sequencer: Sequencer;
const registry = new StreamRegistry([errand]);
const destruction = {
  by: { kind: 'system', system: 'test' },
  at,
  cause: { kind: 'hub', id: 'decision 1' },
} as const;

beforeEach(async () => {
  test = await createTestDatabase();
  sequencer = startSequencer({ database: test.database, pollMs: 10 });
  log = new PostgresLog({ database: test.database, onAppended: () => sequencer.wake() });
});
afterEach(async () => {
  await sequencer.stop();
  await test.drop();
});

const run = (id: string, ...commands: ErrandCommand[]) =>
  log.transact(origin(), async (session) => {
    for (const each of commands) await session.execute(errand, id, each);
  });
const rebuildNow = (options: Partial<RebuildOptions> = {}) =>
  rebuild({ database: test.database, registry, swap: false, resume: false, batchSize: 7, ...options });
const allSequenced = () =>
  waitFor('every event to be sequenced', async () => {
    const { rows } = await test.database.query('select 1 from unsequenced limit 1');
    return rows.length === 0;
  });

/** A log of every kind of event, over several persons, with a fixed pseudo-random course. */
async function generateLog(streams = 8, steps = 12): Promise<{ ids: string[]; person: string }> {
  const ids = Array.from({ length: streams }, () => randomUUID());
  const persons = ids.map(() => randomUUID());
  let seed = 1;
  const pick = <T>(choices: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647;
    return choices[seed % choices.length] as T;
  };
  for (const [index, id] of ids.entries()) await run(id, command.open(persons[index] ?? '', true));
  for (let step = 0; step < steps; step += 1) {
    for (const id of ids) {
      const item = pick(['z', 'b', '10', 'a', '9']);
      const unit = pick(['SE2321000016-W101', 'SE2321000016-K1']);
      await run(
        id,
        pick([
          command.add(item),
          command.addMany(item, 'q'),
          command.drop(item),
          command.admit(unit),
          command.dismiss(unit),
        ]),
      );
    }
  }
  for (const id of ids.slice(0, 2)) await run(id, command.close());
  await allSequenced();
  return { ids, person: persons[2] ?? '' };
}

const everything = async () => {
  const dump: unknown[] = [];
  for (const table of ['stream', 'resource', 'resource_version', 'access_grant']) {
    const { rows } = await test.database.query(`select t::text from ${table} t order by 1`);
    dump.push(rows);
  }
  return dump;
};

describe('A rebuild', () => {
  it('gives exactly what is live', async () => {
    await generateLog();
    const report = await rebuildNow();
    const [last] = (await readLog(test.database, 0, 100_000)).slice(-1);
    expect(report).toEqual({ sequence: last?.sequence, differences: [], swapped: false });
    expect(report.sequence).toBeGreaterThan(60);
  });

  it('tells every difference by table and key, and mends it when it is swapped', async () => {
    const { ids } = await generateLog();
    const truth = await everything();
    const [one = '', two = ''] = ids;
    await test.database.query(`update stream set state = '{}' where id = $1`, [one]);
    await test.database.query(`update resource set content = 'spoilt' where id = $1`, [one]);
    await test.database.query(`delete from resource_version where id = $1 and version = 1`, [two]);
    await test.database.query(`insert into access_grant values ($1, 'nobody', $1, true, true)`, [one]);
    const report = await rebuildNow();
    expect(report.differences).toEqual([
      { table: 'stream', onlyLive: 0, onlyRebuilt: 0, different: 1, examples: [one] },
      { table: 'resource', onlyLive: 0, onlyRebuilt: 0, different: 1, examples: [`CarePlan ${one}`] },
      {
        table: 'resource_version',
        onlyLive: 0,
        onlyRebuilt: 1,
        different: 0,
        examples: [`CarePlan ${two} 1`],
      },
      {
        table: 'access_grant',
        onlyLive: 1,
        onlyRebuilt: 0,
        different: 0,
        examples: [`${one} nobody ${one}`],
      },
    ]);
    expect(await everything()).not.toEqual(truth);
    const swapped = await rebuildNow({ swap: true, resume: true });
    expect(swapped.swapped).toBe(true);
    expect(swapped.differences).toHaveLength(4);
    expect(await everything()).toEqual(truth);
    expect((await rebuildNow()).differences).toEqual([]);
  });

  it('leaves what no stream wrote', async () => {
    await generateLog(2, 2);
    await test.database.query(
      `insert into resource (type, id, version, last_updated, personal, draft, tokens, content)
       values ('Organization', $1, 1, now(), false, false, '{}', '{}')`,
      [randomUUID()],
    );
    expect((await rebuildNow({ swap: true })).differences).toEqual([]);
    const { rows } = await test.database.query(`select 1 from resource where type = 'Organization'`);
    expect(rows).toHaveLength(1);
  });

  it('goes on where it was cut short', async () => {
    await generateLog();
    const reached: number[] = [];
    const cut = rebuildNow({
      onProgress: (sequence) => {
        reached.push(sequence);
        if (reached.length === 3) throw new Error('cut short');
      },
    });
    await expect(cut).rejects.toThrow('cut short');
    const report = await rebuildNow({ resume: true, onProgress: (sequence) => reached.push(sequence) });
    expect(report.differences).toEqual([]);
    expect(reached.slice(0, 4)).toEqual([7, 14, 21, 28]);
  });

  it('takes in what is appended meanwhile, and loses none of it in the swap', async () => {
    const { ids } = await generateLog();
    await test.database.query(`update resource set content = 'spoilt'`);
    const written = new AbortController();
    let appended = 0;
    const writer = (async () => {
      while (!written.signal.aborted) {
        await run(ids[2 + (appended % 5)] ?? '', command.add('meanwhile'));
        appended += 1;
      }
    })();
    const report = await rebuildNow({ swap: true });
    const afterwards = appended;
    await waitFor('appends after the swap', () => appended > afterwards + 5);
    written.abort();
    await writer;
    expect(report.swapped).toBe(true);
    expect((await rebuildNow()).differences).toEqual([]);
  });

  it('takes in events that no sequencer has placed yet', async () => {
    const { ids } = await generateLog(3, 2);
    await sequencer.stop();
    await run(ids[2] ?? '', command.add('not placed'));
    expect((await rebuildNow({ swap: true })).differences).toEqual([]);
    sequencer = startSequencer({ database: test.database, pollMs: 10 });
    await allSequenced();
    expect((await rebuildNow()).differences).toEqual([]);
  });

  it('runs once at a time', async () => {
    await generateLog(2, 2);
    const outcomes = await Promise.allSettled([rebuildNow(), rebuildNow()]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.any(RebuildUnderWay)]);
  });

  it('reads events of an old version through their upcasters', async () => {
    const id = randomUUID();
    await run(id, command.open(randomUUID()), command.add('a'));
    await allSequenced();
    // As if a release long ago had written the item under another name: version 0 of `Added`.
    await test.database.query(
      `update event set type_version = 0, data = '{"thing":"a"}' where stream_id = $1 and type = 'Added'`,
      [id],
    );
    const withUpcaster = new Upcasters([
      {
        stream: 'svu',
        type: 'Added',
        from: 0,
        upcast: (data) => ({ item: (data as { thing: string }).thing }),
      },
    ]);
    expect((await rebuildNow({ upcasters: withUpcaster })).differences).toEqual([]);
    await expect(rebuildNow()).rejects.toThrow('no upcaster for svu Added version 0');
  });
});

describe('Destruction by decision (gallring)', () => {
  it('keeps id, type and time of the events and makes tombstones of the resources; a rebuild accepts it', async () => {
    const { ids, person } = await generateLog();
    const id = ids[2] ?? '';
    await run(id, command.add('z'));
    const before = await readStream(test.database, id);
    await destroyPerson(test.database, registry, person, destruction);
    const after = await readStream(test.database, id);
    expect(after.slice(0, -1)).toEqual(before.map((event) => ({ ...event, data: null })));
    expect(after.at(-1)).toMatchObject({ type: 'StreamDestroyed', streamVersion: before.length + 1 });

    const query = async (text: string) => (await test.database.query(text, [id])).rows;
    expect(await query('select state, exclusive from stream where id = $1')).toEqual([
      { state: null, exclusive: null },
    ]);
    expect(await query('select 1 from access_grant where stream_id = $1')).toEqual([]);
    const resources = await query('select id, deleted, content, tokens from resource where stream_id = $1');
    expect(resources).toContainEqual({ id: taskId(id, 'z'), deleted: true, content: '', tokens: [] });
    expect(resources.every((row) => (row as { deleted: boolean }).deleted)).toBe(true);
    expect(await query('select distinct version from resource_version where stream_id = $1')).toEqual([
      { version: before.length + 1 },
    ]);

    await allSequenced();
    expect((await rebuildNow({ swap: true })).differences).toEqual([]);
    await destroyPerson(test.database, registry, person, destruction);
    expect(await readStream(test.database, id)).toHaveLength(after.length);
    await expect(run(id, command.add('more'))).rejects.toBeInstanceOf(StreamDestroyed);
  });

  it('undoes nothing half when the transaction it is part of does not come to its end', async () => {
    const { ids } = await generateLog(3, 2);
    const [id = ''] = ids;
    const before = await everything();
    const work = test.database.transaction(async (sql) => {
      await destroyStream(sql, registry, id, destruction);
      throw new Error('the decision was withdrawn');
    });
    await expect(work).rejects.toThrow('withdrawn');
    expect(await everything()).toEqual(before);
    expect((await readStream(test.database, id)).every(({ data }) => data !== null)).toBe(true);
  });

  it('reaches a rebuild that had replayed the stream before it was destroyed', async () => {
    const { person } = await generateLog();
    await rebuildNow();
    await destroyPerson(test.database, registry, person, destruction);
    await allSequenced();
    expect((await rebuildNow({ resume: true })).differences).toEqual([]);
  });
});
