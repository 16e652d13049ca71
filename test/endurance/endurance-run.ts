import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { sealedTopic } from '../../src/messaging/contracts/sealed-topics.js';
import { caseTopic, factTopics, type CaseEvent } from '../../src/messaging/contracts/facts.js';
import { Database } from '../../src/persistence/database.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { createTransport } from '../../src/start/transport.js';
import { pino } from 'pino';
import { waitFor } from '../support/wait-for.js';
import { runCases } from './case-player.js';
import { runChaos } from './chaos.js';
import { PersistentClient } from './fhir-client.js';
import type { Installation } from './installation.js';
import { JournalSender } from './journal-sender.js';
import { Ledger } from './ledger.js';
import type { Person } from './persons.js';
import type { Random } from './random.js';
import { runStaySequence } from './stay-sequence.js';

const sequences = 3;
const players = 8;
/** How many persons each sequence of stays and each player has for itself. */
const personsEach = 15;
export const personsNeeded = (sequences + players) * personsEach;

/** From the end of the killing until everything under way must have come to its end. */
const settleLimitMs = 100_000;

type Told = { readonly key: string; readonly event: CloudEvent<CaseEvent> };

/** How long the outcome may be read for. */
const readLimitMs = 120_000;

export type EnduranceRun = {
  readonly ledger: Ledger;
  readonly client: PersistentClient;
  readonly database: Database;
  /** Everything on the case topic, in the order of each partition, duplicates too. */
  readonly told: readonly Told[];
  /** Facts on the journal's topic, duplicates too. */
  readonly facts: number;
};

/** Load and killing side by side for so many seconds; then the killing ends and what is under way comes to its end. */
export async function runEndurance(
  installation: Installation,
  persons: readonly Person[],
  seconds: number,
  random: Random,
): Promise<EnduranceRun> {
  const ledger = new Ledger();
  const gaveUp = AbortSignal.timeout(seconds * 1000 + settleLimitMs);
  const killingOver = new AbortController();
  const over = killingOver.signal;
  const issuer = await openDemoIssuer(installation.configuration);
  const client = new PersistentClient(installation.hubs, issuer, ledger, gaveUp, random.fork());
  const sender = (): JournalSender => new JournalSender(installation.mllpPort, ledger, gaveUp, random.fork());
  const mine = (index: number) => persons.slice(index * personsEach, (index + 1) * personsEach);

  const load = [
    ...Array.from({ length: sequences }, (_, place) =>
      runStaySequence(sender(), mine(place), random.fork(), over),
    ),
    ...Array.from({ length: players }, (_, player) =>
      runCases({ client, sender: sender(), ledger, random: random.fork() }, mine(sequences + player), over),
    ),
  ];
  const chaos = runChaos(installation.victims, random.fork(), AbortSignal.timeout(seconds * 1000))
    .finally(() => killingOver.abort())
    .then(() => installation.recovered());
  await Promise.all([...load, chaos]);

  const database = new Database({ url: installation.databaseUrl, applicationName: 'endurance' });
  await settled(database, ledger.messages.length);
  const calm = AbortSignal.timeout(readLimitMs);
  const reader = new PersistentClient(installation.hubs, issuer, ledger, calm);
  return { ledger, client: reader, database, ...(await follow(installation, database)) };
}

/**
 * Nothing is on its way any more: receipts published, facts read from their topic and taken, events sequenced and told. What a killed reader
 * of a partition left on the topic is neither a receipt nor in the inbox, so it is counted by what was answered.
 * @param answered messages of the journal that were answered `AA`
 */
async function settled(database: Database, answered: number): Promise<void> {
  let last = '';
  const look = async (): Promise<boolean> => {
    const { rows } = await database.query<Record<string, number>>(
      `select (select count(*) from connector_receipt where not published) as receipts,
         (select count(*) from inbox where state = 'waiting') as facts,
         (select greatest(0, $1::integer - count(*)) from inbox where topic = $2) as unread,
         (select count(*) from unsequenced) as unsequenced,
         (select coalesce(max(sequence), 0) from event_sequence)
           - (select coalesce(max(sequence), 0) from reader where name = 'relay') as untold`,
      [answered, factTopics.stay],
    );
    last = JSON.stringify(rows[0]);
    return Object.values(rows[0] ?? { none: 1 }).every((count) => count === 0);
  };
  await waitFor('everything to come to rest', look, settleLimitMs).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${last}`, { cause: error });
  });
}

/** Reads both topics from their beginning, as a new follower would. */
async function follow(
  { configuration }: Installation,
  database: Database,
): Promise<Pick<EnduranceRun, 'told' | 'facts'>> {
  const { rows } = await database.query<{ events: number; facts: number }>(
    `select (select count(*) from event where stream_type = 'svu') as events,
       (select count(*) from inbox where topic = $1) as facts`,
    [factTopics.stay],
  );
  const wanted = rows[0] ?? { events: 0, facts: 0 };
  const transport = createTransport(configuration, database, pino({ level: 'silent' }));
  const told: Told[] = [];
  const facts: string[] = [];
  const subscription = await transport.subscribe({
    group: 'endurance',
    topics: [caseTopic, sealedTopic(factTopics.stay)],
    handle: (batch) => {
      for (const { topic, key, value } of batch) {
        const event = JSON.parse(value) as CloudEvent<CaseEvent>;
        if (topic === caseTopic) told.push({ key, event });
        else facts.push(event.id);
      }
      return Promise.resolve();
    },
  });
  const heard = (): boolean =>
    new Set(told.map(({ event }) => event.id)).size >= wanted.events && new Set(facts).size >= wanted.facts;
  await waitFor('every event on the topics', heard);
  await subscription.stop();
  await transport.close();
  return { told, facts: facts.length };
}
