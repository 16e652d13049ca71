import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { pino } from 'pino';
import { createPersonLookup } from '../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../connectors/population-register/stand-in.js';
import type { CasesDependencies } from '../../src/cases/dependencies.js';
import { factHandler } from '../../src/cases/facts/fact-handlers.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { buildDirectory } from '../../src/directory/directory.js';
import type { Organisation } from '../../src/directory/organisation.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { personFactMessage } from '../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import type { IncomingMessage } from '../../src/messaging/transport/transport.js';
import type { Database } from '../../src/persistence/database.js';
import { readPolicies } from '../../src/policies/read-policies.js';
import { Registers } from '../../src/persons/registers.js';
import { cast } from '../../src/demo/cast.js';
import { bareAppend, type AppendedRows } from './bare-append.js';
import { atLeast, rate, ratioOf, type BenchContext, type Figure, type Measure } from './frame/measure.js';
import { interleaved, median } from './frame/statistics.js';
import { testNumbers, writePersonsFile } from './hub/persons.js';
import { rowsOfFacts } from './hub/rows-of-stay.js';

const persons = 500;
const batch = 100;
const concurrency = 8;
const aim = 0.6;
const factsOf = (quick: boolean) => (quick ? 500 : 2_000);

/** From the transport's batch to the stay's event, its Encounter and the mark on the fact. */
export const processing: Measure = {
  name: 'processing',
  title: 'Facts taken in and dealt with',
  setting: ({ quick }) =>
    `${factsOf(quick)} admissions of ${persons} known persons a round, in batches of ${batch}; ${concurrency} workers. Subject: into the inbox, claimed, person from the cache, person’s locks, decided, stay’s event, folded state, Encounter with version and grants, all in one transaction with the mark on the fact. Floor: bare pg on ${concurrency} connections writing the same rows, one transaction for each fact, after one for each batch.`,
  run,
};

async function run({ server, pace }: BenchContext): Promise<readonly Figure[]> {
  const [store, bare] = [await server.createDatabase(), await server.createDatabase()];
  const pool = new Pool({ connectionString: bare.url, max: concurrency });
  pool.on('error', () => undefined); // A connection that ends with the server.
  const hub = await startProcessing(store.database);
  const count = factsOf(pace.quick);
  let last: readonly IncomingMessage[] = [];
  try {
    await hub.deal(facts(persons)); // Now everybody is known.
    const results = await interleaved(pace.rounds, {
      subject: () => {
        last = facts(count);
        return perSecond(count, () => hub.deal(last));
      },
      // The same rows, of the round just before, into a database of its own.
      floor: async () => {
        const rows = await rowsOfFacts(store.database, last.map(idOf));
        if (rows.length !== count) throw new Error(`${rows.length} of ${count} facts became an event`);
        const inbox = new Inbox(bare.database);
        return perSecond(count, async () => {
          for (const part of batches(last)) await inbox.take(part);
          await writeAll(pool, rows);
        });
      },
    });
    const [subject, floor] = [median(results.subject), median(results.floor)];
    const ratio = ratioOf(subject, floor);
    return [{ of: 'facts', subject: rate(subject), floor: rate(floor), ratio, aim: atLeast(aim, ratio) }];
  } finally {
    await hub.stop();
    await pool.end();
    await store.drop();
    await bare.drop();
  }
}

/** The worker's side of the hub over this database, with the population register's stand-in for those not known yet. */
async function startProcessing(database: Database) {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-bench-processing-'));
  const logger = pino({ level: 'silent' });
  const file = await writePersonsFile(directory, testNumbers(persons));
  const standIn = await startPopulationRegisterStandIn({ host: '127.0.0.1', port: 0, file, logger });
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: '5565594230',
    development: true,
    logger,
    requestsPerSecond: 1000,
  });
  const cases = await casesOver(database, lookup);
  const inbox = new Inbox(database);
  let left = 0;
  let finished = (): void => undefined;
  const workers = inbox.startWorkers(factHandler(cases), {
    concurrency,
    onEvent: ({ kind }) => {
      if (kind !== 'done') throw new Error(`a fact was not dealt with: ${kind}`);
      left -= 1;
      if (left === 0) finished();
    },
  });
  return {
    /** Resolves when all of them are done. */
    async deal(messages: readonly IncomingMessage[]): Promise<void> {
      left = messages.length;
      const done = new Promise<void>((resolve) => (finished = resolve));
      for (const part of batches(messages)) await inbox.take(part);
      await done;
    },
    async stop() {
      await workers.stop();
      lookup.stop();
      await standIn.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function casesOver(
  database: Database,
  lookup: ReturnType<typeof createPersonLookup>,
): Promise<CasesDependencies> {
  const file = fromProjectRoot('src/start/fictional-region/organisation.json');
  const now = () => new Date();
  const settings = {
    identitySecret: 'a secret of the bench',
    maxAgeMilliseconds: 3_600_000,
    allowTestPersons: true,
  };
  const listings = { lookUp: () => Promise.reject(new Error('an admission asks nobody about listings')) };
  return {
    log: new PostgresLog({ database }),
    sql: database,
    directory: buildDirectory(JSON.parse(await readFile(file, 'utf8')) as Organisation),
    policies: readPolicies(fromProjectRoot('policies')),
    registers: new Registers(database, lookup, listings, settings, now),
    now,
  };
}

const numbers = testNumbers(persons);
const personKey = { keyId: 'bench', secret: 'a secret of the bench, 32 bytes or more' };

/** Admissions, each a visit of its own, of the known persons in turn. */
function facts(count: number): readonly IncomingMessage[] {
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  return Array.from({ length: count }, (_, index) => {
    const messageId = randomUUID();
    const message = personFactMessage(personKey, factTopics.stay, {
      source: 'urn:hemgang:connector:melior:bench',
      id: [messageId],
      time: occurredAt,
      data: {
        kind: 'admitted',
        person: { type: 'personnummer', value: numbers[index % persons] ?? '' },
        visit: messageId,
        ward: cast.nurse.unit,
        occurredAt,
        sender: 'bench',
        messageId,
      },
    });
    return { ...message, topic: factTopics.stay, partition: 0, offset: String(index) };
  });
}

const idOf = ({ value }: IncomingMessage) => (JSON.parse(value) as { readonly id: string }).id;

function* batches(messages: readonly IncomingMessage[]): Generator<readonly IncomingMessage[]> {
  for (let from = 0; from < messages.length; from += batch) yield messages.slice(from, from + batch);
}

async function writeAll(pool: Pool, rows: readonly AppendedRows[]): Promise<void> {
  const left = rows.values();
  const writers = Array.from({ length: concurrency }, async () => {
    for (const one of left) await bareAppend(pool, one);
  });
  await Promise.all(writers);
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (count * 1000) / (performance.now() - started);
}
