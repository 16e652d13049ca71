import { defaultTimeBounds } from '../../../src/messaging/contracts/time-bounds.js';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { caseKinds } from '../../../src/cases/kinds/every-kind.js';
import type { CasesDependencies } from '../../../src/cases/dependencies.js';
import { factHandler } from '../../../src/cases/facts/fact-handlers.js';
import { fromProjectRoot } from '../../../src/configuration/project-root.js';
import { buildDirectory } from '../../../src/directory/directory.js';
import type { Organisation } from '../../../src/directory/organisation.js';
import { PostgresLog } from '../../../src/log/postgres-log.js';
import { personFactMessage } from '../../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { Inbox } from '../../../src/messaging/inbox/inbox.js';
import type { IncomingMessage } from '../../../src/messaging/transport/transport.js';
import type { Database } from '../../../src/persistence/database.js';
import { readQuestionnaires } from '../../../src/questionnaires/read-questionnaires.js';
import { readPolicies } from '../../../src/policies/read-policies.js';
import { Registers } from '../../../src/persons/registers.js';
import { cast } from '../../../src/demo/cast.js';
import { writePersonsFile } from './persons.js';

/** Facts under way at a time: as many as a worker takes unless it is told otherwise (INBOX_CONCURRENCY). */
export const concurrency = 32;
/** Facts that a transport hands over at a time. */
export const batch = 100;

/** The worker's side of the hub over a database, in this process. */
export type WorkerSide = {
  /** Into the inbox, in batches as a transport hands them over. */
  take(messages: readonly IncomingMessage[]): Promise<void>;
  /** Lets the workers take facts up. */
  start(): void;
  /** Lets them end what they have begun. */
  rest(): Promise<void>;
  /** Resolves when all of them are dealt with. Call it before they are taken. */
  dealtWith(messages: readonly IncomingMessage[]): Promise<void>;
  stop(): Promise<void>;
};

/** With the population register's stand-in, which knows these numbers, for persons not known yet. */
export async function openWorkerSide(database: Database, numbers: readonly string[]): Promise<WorkerSide> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-bench-processing-'));
  const logger = pino({ level: 'silent' });
  const file = await writePersonsFile(directory, numbers);
  const standIn = await startPopulationRegisterStandIn({ host: '127.0.0.1', port: 0, file, logger });
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: '5565594230',
    development: true,
    logger,
    requestsPerSecond: 1000,
  });
  const handle = factHandler(await casesOver(database, lookup));
  const inbox = new Inbox(database);
  const waiting = new Map<string, () => void>();
  const begin = () =>
    inbox.startWorkers(
      async (fact, mark) => {
        await handle(fact, mark);
        waiting.get(fact.eventId)?.();
      },
      {
        concurrency,
        onEvent: ({ kind }) => {
          if (kind !== 'done') throw new Error(`a fact was not dealt with: ${kind}`);
        },
      },
    );
  let workers: ReturnType<typeof begin> | undefined;
  const rest = async (): Promise<void> => {
    await workers?.stop();
    workers = undefined;
  };
  return {
    async take(messages) {
      for (const part of batches(messages)) await inbox.take(part);
    },
    start: () => void (workers ??= begin()),
    rest,
    async dealtWith(messages) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const left = new Set(messages.map(idOf));
      for (const id of left)
        waiting.set(id, () => {
          waiting.delete(id);
          left.delete(id);
          if (left.size === 0) resolve();
        });
      await promise;
    },
    async stop() {
      await rest();
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
  const file = fromProjectRoot('src/demo/fictional-region/organisation.json');
  const now = () => new Date();
  const settings = {
    identitySecret: 'a secret of the bench',
    maxAgeMilliseconds: 3_600_000,
    allowTestPersons: true,
  };
  const listings = { lookUp: () => Promise.reject(new Error('an admission asks nobody about listings')) };
  return {
    timeBounds: defaultTimeBounds,
    noticeLimit: 1000,
    messageLimit: 300,
    formSaveLimit: 2000,
    kinds: caseKinds,
    log: new PostgresLog({ database }),
    sql: database,
    directory: buildDirectory(JSON.parse(await readFile(file, 'utf8')) as Organisation),
    policies: readPolicies(fromProjectRoot('policies'), caseKinds.all),
    questionnaires: readQuestionnaires(fromProjectRoot('questionnaires')),
    registers: new Registers(database, lookup, listings, settings, now),
    now,
  };
}

const personKey = { keyId: 'bench', secret: 'a secret of the bench, 32 bytes or more' };

/** Admissions, each a visit of its own, of these persons in turn. */
export function admissionFacts(numbers: readonly string[], count: number): readonly IncomingMessage[] {
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  return Array.from({ length: count }, (_, index) => {
    const messageId = randomUUID();
    const message = personFactMessage(personKey, factTopics.stay, {
      source: 'urn:hemgang:connector:melior:bench',
      id: [messageId],
      time: occurredAt,
      data: {
        kind: 'admitted',
        person: { type: 'personnummer', value: numbers[index % numbers.length] ?? '' },
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

/** The event id of a fact. */
export const idOf = ({ value }: IncomingMessage) => (JSON.parse(value) as { readonly id: string }).id;

/** As a transport hands them over. */
export function* batches(messages: readonly IncomingMessage[]): Generator<readonly IncomingMessage[]> {
  for (let from = 0; from < messages.length; from += batch) yield messages.slice(from, from + batch);
}
