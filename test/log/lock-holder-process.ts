import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { ExclusiveLock } from '../../connectors/common/exclusive-lock.js';
import { FactPublisher } from '../../connectors/common/fact-publisher.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild } from '../../src/log/rebuild.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { Database } from '../../src/persistence/database.js';
import { migrate } from '../../src/persistence/migrate.js';
import { migrations } from '../../src/persistence/migrations/index.js';
import { testOptions } from '../messaging/connect-transport.js';
import { errand, origin } from './errand.js';

/** A process of its own that holds a lock until it is ended. Arguments: what holds it, database URL. */
const [what = '', url = ''] = process.argv.slice(2);
const say = (text: string) => void writeSync(1, `${text}\n`);
/** At the place in its work where a test wants it frozen. */
const freeze = (): void => {
  say('holds');
  process.kill(process.pid, 'SIGSTOP');
};

class FreezingRegistry extends StreamRegistry {
  #frozen = false;
  override get(name: 'svu') {
    if (!this.#frozen) freeze();
    this.#frozen = true;
    return super.get(name);
  }
}

const rebuilding = (registry: StreamRegistry, onProgress?: () => void) =>
  rebuild({
    database: new Database({ url }),
    registry,
    swap: true,
    resume: false,
    batchSize: 1,
    ...(onProgress && { onProgress }),
  });

/** @param transaction as TypeORM reads it: false for one that runs in none */
const migrating = (transaction: boolean | undefined, up: () => Promise<void>): Promise<unknown> => {
  // As the first of all.
  const Held = class Held1600000000000 {
    readonly name = 'Held1600000000000';
    readonly transaction = transaction;
    up = up;
    down = () => Promise.resolve();
  };
  migrations.unshift(Held as unknown as (typeof migrations)[number]);
  return migrate(url);
};

const holders: Readonly<Record<string, () => unknown>> = {
  sequencer: () => {
    startSequencer({
      database: new Database({ url }),
      onSequenced: (last) => say(`sequenced ${last}`),
      onError: () => say('failed'),
    });
    say('holds');
  },
  relay: () => {
    const database = new Database({ url });
    const transport = new EmbeddedTransport(database, testOptions);
    const relay = new Relay({
      database,
      transport,
      kinds: caseKinds,
      onRelayed: (last) => say(`relayed ${last}`),
      onError: () => say('failed'),
    });
    process.once('SIGTERM', () => void relay.stop());
    say('holds');
  },
  publisher: async () => {
    const lock = new ExclusiveLock(createConnectorPool(url), 'connector-publisher', 'test');
    if (!(await lock.take())) throw new Error('the lock was not free');
    say('holds');
    setInterval(() => say(lock.held ? 'held' : 'lost'), 200);
  },
  publishing: async () => {
    const transport = new EmbeddedTransport(new Database({ url }), testOptions);
    const append = transport.append.bind(transport);
    transport.append = (topic, messages) => {
      say(`appends ${topic}`);
      return append(topic, messages);
    };
    const publisher = new FactPublisher({
      connector: 'test',
      pool: createConnectorPool(url),
      transport,
      logger: pino({ level: 'silent' }),
      rules: { onOtherContent: 'replace', windowMilliseconds: 60_000 },
    });
    publisher.start();
    if (!(await publisher.isOurs())) throw new Error('the lock was not free');
    say('holds');
    setInterval(() => void publisher.isOurs().then((ours) => say(`ours: ${ours}`)), 200);
  },
  transaction: () =>
    new PostgresLog({ database: new Database({ url }) }).transact(origin('held'), async (session) => {
      await session.load(errand, randomUUID());
      freeze();
    }),
  rebuild: () => rebuilding(new StreamRegistry([errand]), freeze),
  swap: () => rebuilding(new FreezingRegistry([errand])),
  'migration in a transaction': () => migrating(true, async () => freeze()),
  'migration between two': () => migrating(false, async () => freeze()),
  'migration at work': () =>
    migrating(true, () => {
      say('holds');
      return new Promise<void>(() => setInterval(() => undefined, 1_000));
    }),
};

try {
  await holders[what]?.();
} catch {
  say('refused');
}
