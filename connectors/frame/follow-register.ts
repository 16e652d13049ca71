import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { personFactMessage } from '../../src/messaging/contracts/build-event.js';
import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { personKey, type PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { PersonTopicName, TopicData } from '../../src/messaging/contracts/topics.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import { FactPublisher } from './fact-publisher.js';
import { contentHash } from './receipt-store.js';
import { startReReader, type PersonsToFollow, type ReReader } from './re-reader.js';

/** What every register's re-reader needs from the composition. */
export type FollowOptions = {
  readonly pool: Pool;
  readonly transport: Transport;
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly personsToFollow: PersonsToFollow;
  /** Default 15 minutes. */
  readonly intervalMilliseconds?: number;
  readonly batchSize?: number;
  readonly clock?: () => Date;
};

type RegisterFact = { readonly person: PersonIdentifier; readonly readAt: string };

/** What a register adds: its name, its topic, how it reads, and what of an answer counts as its content. */
export type FollowedRegister<Topic extends PersonTopicName> = {
  readonly connector: string;
  readonly topic: Topic;
  readonly read: (
    persons: readonly PersonIdentifier[],
  ) => Promise<readonly (TopicData[Topic] & RegisterFact)[]>;
};

// A fact told once is told again after this long even if nothing changed: the table need not remember for ever.
const rememberMilliseconds = 30 * 24 * 60 * 60 * 1000;

/**
 * Re-reads a register and publishes a fact for each person about whom it says something else than last time. What it said last
 * is kept as a receipt (keyed hash of the number, hash of the content), so a restart tells nothing twice.
 */
export function followRegister<Topic extends PersonTopicName>(
  options: FollowOptions & { readonly batchSize: number },
  register: FollowedRegister<Topic>,
): ReReader {
  const source = `urn:hemgang:connector:${register.connector}`;
  const { pool, transport, logger, clock, personKeys } = options;
  const publisher = new FactPublisher({
    connector: register.connector,
    pool,
    transport,
    logger,
    rules: { onOtherContent: 'replace', windowMilliseconds: rememberMilliseconds },
    longestQueue: 100_000,
    ...(clock && { clock }),
  });
  publisher.start();

  const take = async (fact: TopicData[Topic] & RegisterFact): Promise<boolean> => {
    const controlId = personKey(personKeys, fact.person);
    const hash = contentHash([JSON.stringify({ ...fact, readAt: undefined })]);
    const message = personFactMessage(personKeys, register.topic, {
      source,
      id: [controlId, hash, fact.readAt],
      time: fact.readAt,
      data: fact,
    });
    const taken = await publisher.take({
      sender: source,
      controlId,
      contentHash: hash,
      answer: '',
      topic: register.topic,
      message,
    });
    return taken.kind === 'stored';
  };

  const reReader = startReReader({
    name: register.connector,
    ...options,
    readBatch: async (persons) => {
      const facts = await register.read(persons);
      const changed = await Promise.all(facts.map(take));
      return changed.filter(Boolean).length;
    },
  });

  return {
    readNow: () => reReader.readNow(),
    async stop() {
      await reReader.stop();
      await publisher.stop();
    },
    async health() {
      const [reading, publishing] = await Promise.all([reReader.health(), publisher.health()]);
      const worst = publishing.status === 'up' ? reading.status : publishing.status;
      return { status: worst, detail: { ...reading.detail, ...publishing.detail } };
    },
  };
}
