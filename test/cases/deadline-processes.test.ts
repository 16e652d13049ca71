import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { everyStream, streamsWithDeadlines } from '../../src/cases/streams/collect-streams.js';
import { DeadlineReporter } from '../../src/cases/jobs/report-deadlines.js';
import { untoldDeadlines } from '../../src/log/streams-with-deadlines.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild } from '../../src/log/rebuild.js';
import { Database } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { annul, freeze } from '../support/process/svu.js';
import { openDraft, toldOf } from './drafts.js';

const [near, over] = ['2026-03-03T02:30:00.000Z', '2026-03-03T06:30:00.001Z'];
const second = 1_000;

let test: TestDatabase;
let log: PostgresLog;
beforeEach(async () => {
  test = await createTestDatabase();
  log = new PostgresLog({ database: test.database });
});
afterEach(() => test.drop());

const drafts = (count: number) => Promise.all(Array.from({ length: count }, () => openDraft(log)));
/** A worker of this process, whose clock the test sets. */
function worker(at: string) {
  const clock = { now: at };
  const failures: string[] = [];
  const deps = { kinds: caseKinds, log, sql: test.database, now: () => new Date(clock.now) };
  const reporter = new DeadlineReporter(deps, {
    aheadMilliseconds: 5 * second,
    onFailure: ({ streamId }) => failures.push(streamId),
  });
  return { clock, failures, round: () => reporter.round() };
}
const nextOf = async (id: string): Promise<Date | null | undefined> => {
  const { rows } = await test.database.query<{ next: Date | null }>(
    'select next_deadline as next from stream where id = $1',
    [id],
  );
  return rows[0]?.next;
};
const differences = async (swap: boolean) =>
  (await rebuild({ database: test.database, registry: everyStream, swap, resume: false })).differences;

/** A process of its own that waits until told to go. */
async function startProcess() {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      './test/support/typescript.mjs',
      fileURLToPath(new URL('./deadline-process.ts', import.meta.url)),
      test.url,
      over,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    go: () => child.stdin.write('go\n'),
    /** What the next round wrote; undefined: there is none any more. */
    round: async () => {
      const { value, done } = await lines.next();
      return done === true ? undefined : Number(value);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    exited,
  };
}

async function allOf(child: Awaited<ReturnType<typeof startProcess>>): Promise<number> {
  let sum = 0;
  for (let told = await child.round(); told !== undefined; told = await child.round()) sum += told;
  expect(await child.exited).toEqual([0, null]);
  return sum;
}

describe('Deadlines that have come', () => {
  it('SVU-5: two processes at the same backlog tell each once', async () => {
    const ids = await drafts(60);
    const children = await Promise.all([startProcess(), startProcess()]);
    children.forEach((child) => child.go());
    const told = await Promise.all(children.map(allOf));
    expect(told[0]! + told[1]!).toBe(ids.length);
    expect(await toldOf(test.database)).toEqual(new Map(ids.map((id) => [id, ['TodoOverdue']])));
    expect(await differences(false)).toEqual([]);
  });

  it('SVU-5: a process that is killed in the middle leaves the rest to the next, and nothing is told twice', async () => {
    const ids = await drafts(60);
    const killed = await startProcess();
    killed.go();
    expect(await killed.round()).toBe(5);
    await killed.kill();
    const before = (await toldOf(test.database)).size;
    expect(before).toBeLessThan(ids.length);
    const next = await startProcess();
    next.go();
    expect(await allOf(next)).toBe(ids.length - before);
    expect(await toldOf(test.database)).toEqual(new Map(ids.map((id) => [id, ['TodoOverdue']])));
  });

  it('SVU-5: each is told at its time, and the job knows when the next comes', async () => {
    const id = await openDraft(log);
    const hub = worker('2026-03-03T02:29:54.000Z');
    // Further ahead than it looks.
    expect(await hub.round()).toEqual({ told: 0, nextIn: undefined });
    hub.clock.now = '2026-03-03T02:29:58.000Z';
    expect(await hub.round()).toEqual({ told: 0, nextIn: 2 * second });
    hub.clock.now = near;
    expect((await hub.round()).told).toBe(1);
    expect(await nextOf(id)).toEqual(new Date(over));
    expect(await hub.round()).toEqual({ told: 0, nextIn: undefined });
    hub.clock.now = over;
    expect((await hub.round()).told).toBe(1);
    expect(await nextOf(id)).toBeNull();
    expect((await hub.round()).told).toBe(0);
    expect(await toldOf(test.database)).toEqual(new Map([[id, ['TodoDue', 'TodoOverdue']]]));
  });

  it('after hours of standing still a round is bounded, and what waits is counted until it is told', async () => {
    await drafts(60);
    const hub = worker('2026-03-03T09:30:00.001Z');
    expect(await untoldDeadlines(test.database, hub.clock.now)).toEqual({
      count: 60,
      oldestSeconds: expect.closeTo(7 * 3600, 0),
    });
    expect(await hub.round()).toEqual({ told: 50, nextIn: 0 });
    expect((await untoldDeadlines(test.database, hub.clock.now)).count).toBe(10);
    expect(await hub.round()).toEqual({ told: 10, nextIn: undefined });
    expect(await untoldDeadlines(test.database, hub.clock.now)).toEqual({ count: 0, oldestSeconds: 0 });
    expect([...(await toldOf(test.database)).values()].flat()).toEqual(Array(60).fill('TodoOverdue'));
  });

  it('PAT-6, SVU-6: nothing is told of a case that is frozen or annulled, and it is not asked', async () => {
    const ids = [await openDraft(log, freeze), await openDraft(log, annul)];
    for (const id of ids) expect(await nextOf(id)).toBeNull();
    expect((await worker(over).round()).told).toBe(0);
    expect((await toldOf(test.database)).size).toBe(0);
  });

  it('one that fails holds up no other, and is tried again after a while', async () => {
    const ids = await drafts(3);
    const broken = randomUUID();
    // As a newer program would have written it.
    await test.database.query(
      `insert into stream (id, type, version, state, next_deadline) values ($1, 'later', 1, '{}', $2)`,
      [broken, near],
    );
    const hub = worker(over);
    expect((await hub.round()).told).toBe(ids.length);
    await hub.round();
    expect(hub.failures).toEqual([broken]);
    hub.clock.now = '2026-03-03T06:31:01.000Z';
    await hub.round();
    expect(hub.failures).toEqual([broken, broken]);
    expect((await untoldDeadlines(test.database, hub.clock.now)).count).toBe(1);
  });

  it('what could not be written is told once it can be', async () => {
    await drafts(4);
    const hub = worker(over);
    await test.database.query('alter table event rename to event_away');
    await hub.round();
    expect(hub.failures).toHaveLength(4);
    await test.database.query('alter table event_away rename to event');
    expect((await hub.round()).told).toBe(0);
    hub.clock.now = '2026-03-03T06:31:01.000Z';
    expect((await hub.round()).told).toBe(4);
  });
});

describe('A database that takes nothing in', () => {
  it('ends the round with its error after a few attempts, and nothing is told', async () => {
    await drafts(6);
    const away = new Database({ url: 'postgres://nobody@127.0.0.1:1/none' });
    const failures: string[] = [];
    const deps = {
      kinds: caseKinds,
      log: new PostgresLog({ database: away }),
      sql: test.database,
      now: () => new Date(over),
    };
    const onFailure = ({ streamId }: { streamId: string }) => failures.push(streamId);
    const reporter = new DeadlineReporter(deps, { aheadMilliseconds: 5 * second, onFailure });
    await expect(reporter.round()).rejects.toThrow('ECONNREFUSED');
    expect(failures).toHaveLength(3);
    await away.close();
    expect((await worker(over).round()).told).toBe(6);
  });
});

describe('The column by which a stream with a deadline is found', () => {
  it('is a function of the log: a rebuild sees and mends what differs', async () => {
    const [one, other] = await drafts(2);
    expect(await differences(false)).toEqual([]);
    await test.database.query('update stream set next_deadline = null where id = $1', [one]);
    expect(await differences(true)).toEqual([
      { table: 'stream', onlyLive: 0, onlyRebuilt: 0, different: 1, examples: [one] },
    ]);
    expect(await nextOf(one!)).toEqual(new Date(near));
    expect(await nextOf(other!)).toEqual(new Date(near));
  });

  it('is put right where a process of an earlier version wrote the stream without it', async () => {
    const id = await openDraft(log, annul);
    await test.database.query('update stream set next_deadline = $2 where id = $1', [id, near]);
    const hub = worker(over);
    expect((await hub.round()).told).toBe(0);
    expect(hub.failures).toEqual([]);
    expect(await nextOf(id)).toBeNull();
    expect(await differences(false)).toEqual([]);
  });

  it('costs one look at an index, however many streams there are', async () => {
    await test.database.query(
      `insert into stream (id, type, version, state, next_deadline)
         select gen_random_uuid(), 'svu', 1, '{}', timestamptz '2026-06-01' + n * interval '1 minute' from generate_series(1, 5000) n`,
    );
    await drafts(1);
    await test.database.query('analyze stream');
    const { rows } = await test.database.query<{ 'QUERY PLAN': string }>(
      `explain select id from stream where next_deadline <= '${over}' and id <> all('{}'::uuid[]) order by next_deadline limit 50`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(
      'Index Scan using stream_next_deadline',
    );
  });

  it('is asked of every kind of stream that has it', () => {
    for (const type of streamsWithDeadlines(caseKinds))
      expect(everyStream.get(type.name).nextDeadline).toBeDefined();
    const asked = streamsWithDeadlines(caseKinds).map(({ name }) => name);
    for (const name of ['svu', 'stay', 'person', 'ward-notice'] as const)
      expect([name, everyStream.get(name).nextDeadline !== undefined]).toEqual([name, asked.includes(name)]);
  });
});
