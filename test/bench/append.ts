import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { record } from '../../src/log/recorded-event.js';
import { changeOf } from '../../src/log/stream-change.js';
import { upcasters } from '../../src/log/upcasters/index.js';
import { appendChanges } from '../../src/log/write-change.js';
import type { Database } from '../../src/persistence/database.js';
import { at, command, errand, origin, taskId } from '../log/errand.js';
import { bareAppend, type AppendedRows } from './bare-append.js';
import { rate, ratioOf, type BenchContext, type Figure, type Measure } from './harness/measure.js';
import { interleaved, median } from './harness/statistics.js';

/** How much a case carries that an append loads, folds and stores again. */
const itemsOfCase = 8;
const concurrencies = [1, 16] as const;

/** A step on a case through the log: lock, load, decide, fold, render, write, commit. */
export const append: Measure = {
  name: 'append',
  title: 'A step through the log',
  setting: () =>
    'Each step loads a case of eight to-dos, decides, and writes one event, the folded state, two resources and two versions; every writer on a case of its own. Floor: bare pg writing the same rows, a prepared statement each, in one transaction. The line below: those rows in the log’s own single statement, without transaction, lock, load or decision.',
  run,
};

async function run({ server, pace }: BenchContext): Promise<readonly Figure[]> {
  const store = await server.createDatabase();
  const { database } = store;
  const pool = new Pool({ connectionString: store.url, max: 20 });
  pool.on('error', () => undefined); // A connection that ends with the server.
  try {
    const figures: Figure[] = [];
    for (const concurrency of concurrencies) {
      const sides = {
        subject: await writersThroughLog(database, concurrency),
        floor: bareWriters(pool, concurrency),
        statement: singleStatementWriters(database, concurrency),
      };
      const results = await interleaved(pace.rounds, {
        subject: () => stepsPerSecond(sides.subject, pace.milliseconds / 2),
        floor: () => stepsPerSecond(sides.floor, pace.milliseconds / 2),
        statement: () => stepsPerSecond(sides.statement, pace.milliseconds / 2),
      });
      const floor = median(results.floor);
      const figure = (of: string, steps: number): Figure => ({
        of,
        subject: rate(steps),
        floor: rate(floor),
        ratio: ratioOf(steps, floor),
      });
      figures.push(
        figure(`${concurrency} at a time`, median(results.subject)),
        figure(`${concurrency} at a time, the statement alone`, median(results.statement)),
      );
    }
    return figures;
  } finally {
    await pool.end();
    await store.drop();
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
      await appendChanges(database, [{ change, expectedVersion: version, events: [recorded] }]);
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
        [],
      ],
      ['Task', task, version, at, id, id, person, false, false, tokens, owner, 'requested', at, todo, [id]],
    ],
    versions: [
      ['CarePlan', id, version, at, id, id, true, false, plan],
      ['Task', task, version, at, id, id, false, false, todo],
    ],
  };
}

/** Steps a second while each writer goes on for `ms`. */
async function stepsPerSecond(writers: readonly (() => Promise<void>)[], ms: number): Promise<number> {
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
