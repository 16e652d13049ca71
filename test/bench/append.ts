import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { record } from '../../src/log/recorded-event.js';
import { changeOf } from '../../src/log/stream-change.js';
import { upcasters } from '../../src/log/upcasters/index.js';
import { appendChange } from '../../src/log/write-change.js';
import { Database } from '../../src/persistence/database.js';
import { startEmbeddedPostgres } from '../../src/persistence/embedded-postgres.js';
import { migrate } from '../../src/persistence/migrate.js';
import { at, command, errand, origin, taskId } from '../log/errand.js';
import { bareAppend, type AppendedRows } from './bare-append.js';

export type AppendFigures = {
  readonly concurrency: number;
  /** Appends a second through the log: lock, load, decide, fold, render, write, commit. */
  readonly log: number;
  /** Bare pg writing the same rows in as many commits. */
  readonly floor: number;
  /** log ÷ floor */
  readonly share: number;
  /** The same rows in the log's own single statement, without transaction, lock, load or decision: what is left to gain. */
  readonly oneStatement: number;
};

export type AppendBenchOptions = {
  readonly concurrencies?: readonly number[];
  readonly rounds?: number;
  readonly roundMs?: number;
};

/** How much a case carries that an append loads, folds and stores again. */
const itemsOfCase = 8;

/**
 * Measures appending on a server of its own with fsync on: every append loads a case of eight to-dos, decides, and writes
 * one event, the folded state, two resources and two versions. Interleaved with the floor; the median of the rounds.
 */
export async function measureAppend(options: AppendBenchOptions = {}): Promise<readonly AppendFigures[]> {
  const { concurrencies = [1, 16], rounds = 5, roundMs = 2_000 } = options;
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-bench-'));
  const server = await startEmbeddedPostgres({ directory });
  await migrate(server.url);
  const database = new Database({ url: server.url });
  const pool = new Pool({ connectionString: server.url, max: 20 });
  pool.on('error', () => undefined); // A connection that ends with the server.
  try {
    const figures: AppendFigures[] = [];
    for (const concurrency of concurrencies) {
      const throughLog = await writersThroughLog(database, concurrency);
      const bare = bareWriters(pool, concurrency);
      const single = singleStatementWriters(database, concurrency);
      const results = { log: [] as number[], floor: [] as number[], oneStatement: [] as number[] };
      for (let round = -1; round < rounds; round += 1) {
        const log = await rate(throughLog, roundMs);
        const floor = await rate(bare, roundMs);
        const oneStatement = await rate(single, roundMs);
        if (round < 0) continue; // The first warms up.
        results.log.push(log);
        results.floor.push(floor);
        results.oneStatement.push(oneStatement);
      }
      const [log, floor] = [median(results.log), median(results.floor)];
      const share = Number((log / floor).toFixed(2));
      figures.push({ concurrency, log, floor, share, oneStatement: median(results.oneStatement) });
    }
    return figures;
  } finally {
    await database.close();
    await pool.end();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** One writer for each case; each step ends the newest item and adds another. */
async function writersThroughLog(database: Database, count: number) {
  const log = new PostgresLog({ database });
  const items = Array.from({ length: itemsOfCase }, (_, index) => `item ${index}`);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const id = randomUUID();
      const person = randomUUID();
      const lock = `person:${person}`;
      await log.transact(origin(lock), async (session) => {
        await session.execute(errand, id, command.open(person));
        await session.execute(errand, id, command.addMany(...items));
      });
      let step = 0;
      return async () => {
        const item = items[0] ?? '';
        step += 1;
        const next = step % 2 === 1 ? command.drop(item) : command.add(item);
        await log.transact(origin(lock), (session) => session.execute(errand, id, next));
      };
    }),
  );
}

function bareWriters(pool: Pool, count: number) {
  return Array.from({ length: count }, () => {
    const id = randomUUID();
    const person = randomUUID();
    let version = 0;
    return async () => {
      version += 1;
      await bareAppend(pool, rowsOf(id, person, version));
    };
  });
}

function singleStatementWriters(database: Database, count: number) {
  const environment = { upcasters, context: { registerCopy: () => Promise.resolve(undefined) } };
  return Array.from({ length: count }, () => {
    const id = randomUUID();
    const items = Object.fromEntries(Array.from({ length: itemsOfCase }, (_, index) => [`item ${index}`, 1]));
    const state = { personId: randomUUID(), exclusive: false, closed: false, items, units: [] };
    let version = 0;
    return async () => {
      const added = command.add(`item ${version % 2 === 0 ? 'new' : 0}`);
      const [event] = errand.decider.decide(added, state).events ?? [];
      if (!event) throw new Error('The errand took nothing');
      const recorded = record(errand, id, version + 1, event, origin());
      const change = await changeOf(errand, id, { state, version }, [recorded], environment);
      await appendChange(database, change, version, [recorded]);
      version += 1;
    };
  });
}

/** The rows that a step through the log writes, of the same size. */
function rowsOf(id: string, person: string, version: number): AppendedRows {
  const items = Array.from({ length: itemsOfCase }, (_, index) => `item ${index}`);
  const state = { personId: person, exclusive: false, closed: false, units: [] };
  const counts = Object.fromEntries(items.map((item) => [item, 1]));
  const meta = { versionId: String(version), lastUpdated: at };
  const plan = JSON.stringify({
    resourceType: 'CarePlan',
    id,
    meta,
    status: 'active',
    intent: 'plan',
    subject: { reference: `Patient/${person}` },
    description: items.map((item) => `${item}:1`).join(' '),
  });
  const task = taskId(id, 'item 0');
  const todo = JSON.stringify({
    resourceType: 'Task',
    id: task,
    meta,
    status: 'requested',
    intent: 'order',
    description: 'item 0',
  });
  const actor = JSON.stringify({ kind: 'system', system: 'test' });
  const cause = JSON.stringify({ kind: 'request', id: 'test' });
  const data = JSON.stringify({ item: 'item 0' });
  const owner = 'SE2321000016-W101';
  const tokens = ['status|requested', `based-on|CarePlan/${id}`];
  return {
    event: [randomUUID(), 'svu', id, version, 'Added', 1, person, at, at, actor, cause, data],
    stream: [id, 'svu', version, person, JSON.stringify({ ...state, items: counts })],
    resources: [
      [
        'CarePlan',
        id,
        version,
        at,
        id,
        id,
        person,
        true,
        false,
        ['status|active'],
        null,
        'active',
        null,
        plan,
      ],
      ['Task', task, version, at, id, id, person, false, false, tokens, owner, 'requested', at, todo],
    ],
    versions: [
      ['CarePlan', id, version, at, id, id, true, false, plan],
      ['Task', task, version, at, id, id, false, false, todo],
    ],
  };
}

/** Steps a second while each writer goes on for `ms`. */
async function rate(writers: readonly (() => Promise<void>)[], ms: number): Promise<number> {
  let steps = 0;
  const start = performance.now();
  await Promise.all(
    writers.map(async (step) => {
      while (performance.now() - start < ms) {
        await step();
        steps += 1;
      }
    }),
  );
  return Math.round((steps * 1_000) / (performance.now() - start));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
