import type { Logger } from 'pino';
import type { Pool } from 'pg';
import {
  InvalidEvent,
  personFactMessage,
  type EventMessage,
} from '../../src/messaging/contracts/build-event.js';
import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { personKey, type PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { PersonTopicName, TopicData, TopicName } from '../../src/messaging/contracts/topics.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import type { ConnectorMetrics } from './connector-metrics.js';
import { FactPublisher } from './fact-publisher.js';
import { combineHealth } from './health.js';
import { recordingOf } from './recording/read-from.js';
import type { Recorder } from './recording/recorder.js';
import { contentHash } from './content-hash.js';
import { startReReader, type Follow, type ReReader } from './re-reader.js';

/** What every re-reader needs from the composition. */
export type FollowOptions<Item> = {
  readonly pool: Pool;
  readonly transport: Transport;
  readonly logger: Logger;
  readonly follow: Follow<Item>;
  /** Default 15 minutes. */
  readonly intervalMilliseconds?: number;
  readonly batchSize?: number;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
  /** Seals the answers that became facts for the recording; absent: nothing is recorded. */
  readonly recorder?: Recorder;
};

/** The same for a register of persons, whose facts are keyed by a secret. */
export type FollowPersonsOptions = FollowOptions<PersonIdentifier> & { readonly personKeys: PersonKeySecret };

/** The facts that a register answered with, and how many of those asked about got no answer. */
export type Answered<Fact> = { readonly facts: readonly Fact[]; readonly failed: number };

/** A fact as it is told: what it is about in one word that is no personal number, its topic, and the message. */
type Told = {
  readonly about: string;
  /** Of a fact about a person: keys the hash of the content, so that guesses cannot be held against it. */
  readonly secret?: PersonKeySecret['secret'];
  /** Makes the same content news again. */
  readonly mark?: string;
  readonly topic: TopicName;
  readonly message: (event: { source: string; id: readonly string[]; time: string }) => EventMessage;
};

/** What a register adds: its name, how it reads, and how a fact of it is told. */
export type FollowedRegister<Item, Fact> = {
  readonly connector: string;
  readonly read: (items: readonly Item[]) => Promise<Answered<Fact>>;
  readonly tell: (fact: Fact) => Told;
  /** A fact told once is told again after this long even if nothing changed. Default 30 days: no table remembers for ever. */
  readonly rememberMilliseconds?: number;
};

const thirtyDays = 30 * 24 * 60 * 60 * 1000;

/**
 * Re-reads a register and publishes a fact for each thing about which it says something else than last time. What it said last
 * is kept as a receipt (what it is about, hash of the content), so a restart tells nothing twice. Of several processes the one that
 * publishes reads.
 */
export function followRegister<Item, Fact extends { readonly readAt: string }>(
  options: FollowOptions<Item> & { readonly batchSize: number },
  register: FollowedRegister<Item, Fact>,
): ReReader {
  const source = `urn:hemgang:connector:${register.connector}`;
  const { pool, transport, logger, clock, metrics, recorder } = options;
  const publisher = new FactPublisher({
    connector: register.connector,
    pool,
    transport,
    logger,
    rules: {
      onOtherContent: 'replace',
      windowMilliseconds: register.rememberMilliseconds ?? thirtyDays,
    },
    longestQueue: 100_000,
    ...(clock && { clock }),
    ...(metrics && { metrics }),
    ...(recorder && { recorder }),
  });
  publisher.start();

  const take = async (fact: Fact): Promise<boolean> => {
    const { about, secret, mark, topic, message } = register.tell(fact);
    const hash = contentHash([JSON.stringify({ ...fact, readAt: undefined, mark })], secret);
    const taken = await publisher.take({
      sender: source,
      controlId: about,
      contentHash: hash,
      answer: '',
      topic,
      message: message({ source, id: [about, hash, fact.readAt], time: fact.readAt }),
      raw: () => recordingOf(fact),
    });
    return taken.kind === 'stored';
  };

  /** A fact that its topic refuses is one that was not read: the others of the batch are told. */
  const untold = (error: unknown): undefined => {
    if (!(error instanceof InvalidEvent)) throw error;
    const { topic, faults } = error;
    logger.error({ connector: register.connector, topic, faults }, 'what was read is no fact of its topic');
    return undefined;
  };

  const reReader = startReReader({
    name: register.connector,
    ...options,
    isOurs: () => publisher.isOurs(),
    readBatch: async (items) => {
      const { facts, failed } = await register.read(items);
      // Another has read since, perhaps something newer.
      if (!(await publisher.isOurs())) return { changed: 0, failed: items.length };
      const taken = await Promise.all(
        facts.map((fact) => take(fact).catch((error: unknown) => untold(error))),
      );
      const changed = taken.filter((each) => each === true).length;
      return { changed, failed: failed + taken.filter((each) => each === undefined).length };
    },
  });

  return {
    readNow: () => reReader.readNow(),
    async stop() {
      await reReader.stop();
      await publisher.stop();
    },
    async health() {
      return combineHealth(await Promise.all([reReader.health(), publisher.health()]));
    },
  };
}

/** How a fact about a person is told: under the keyed hash of the number. */
export function tellPerson<Topic extends PersonTopicName>(
  keys: PersonKeySecret,
  topic: Topic,
): (fact: TopicData[Topic] & { readonly person: PersonIdentifier }) => Told {
  return (fact) => ({
    about: personKey(keys, fact.person),
    secret: keys.secret,
    topic,
    message: (event) => personFactMessage(keys, topic, { ...event, data: fact }),
  });
}

/** For a register that is asked about one thing at a time: one that gets no answer delays none of the others. */
export async function readEach<Item, Fact>(
  items: readonly Item[],
  readOne: (item: Item) => Promise<Fact>,
): Promise<Answered<Fact>> {
  const settled = await Promise.allSettled(items.map(readOne));
  const facts = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  return { facts, failed: items.length - facts.length };
}
