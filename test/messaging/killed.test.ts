import { randomUUID } from 'node:crypto';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { TransportUnavailable } from '../../src/messaging/transport/transport.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { createDurableTestDatabase, type DurableTestDatabase } from '../support/database.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { startChild, type Child } from './child-process.js';
import { connectTransport, kafkaTransport } from './connect-transport.js';
import { stayMessage } from './facts.js';
import { until } from './until.js';

const topic = factTopics.stay;
const kafkaIsThere = (await kafkaBrokers()) !== undefined;

describe('design 7.1, 7.2: whoever is killed, what was acknowledged takes effect once', () => {
  let postgres: DurableTestDatabase;
  let broker: Broker | undefined;

  beforeAll(async () => {
    postgres = await createDurableTestDatabase();
    await postgres.database.query('create table effect (message text not null)');
    if (kafkaIsThere) broker = await startBroker();
  });
  beforeEach(() => postgres.database.query('truncate inbox, effect'));
  afterAll(async () => {
    await broker?.stop();
    await postgres.drop();
  });

  const count = async (text: string) => {
    const { rows } = await postgres.database.query<{ n: number }>(text);
    return rows[0]?.n ?? -1;
  };

  const underLoad = async (
    kind: 'kafka' | 'embedded',
    harm: (round: number) => Promise<void>,
    rounds: number,
  ) => {
    const url = kind === 'kafka' ? (broker?.brokers ?? '') : postgres.url;
    const transport = connectTransport(kind, url);
    const group = `group-${randomUUID()}`;
    const startWorker = () =>
      startChild('test/messaging/worker-process.ts', postgres.url, kind, url, group, topic);
    const workers: Child[] = [];
    const acknowledged: string[] = [];
    const writing = new AbortController();
    try {
      await transport.ensureTopics([topic]);
      workers.push(startWorker(), startWorker());
      const write = (async () => {
        for (let n = 0; !writing.signal.aborted; n += 1) {
          const message = stayMessage(`${kind}-${group}-${n % 20}`, n);
          try {
            await transport.append(topic, [message]);
          } catch (error) {
            // Not acknowledged: told so, and a sender would send it again.
            if (!(error instanceof TransportUnavailable)) throw error;
            continue;
          }
          acknowledged.push((JSON.parse(message.value) as { id: string }).id);
        }
      })();
      await until(async () => (await count('select count(*) as n from effect')) > 0, 'the first effect');
      for (let round = 0; round < rounds; round += 1) {
        const before = acknowledged.length;
        await until(() => acknowledged.length > before + 20, 'load');
        await workers.shift()?.kill();
        workers.push(startWorker());
        await harm(round);
        const after = acknowledged.length;
        await until(() => acknowledged.length > after + 20, 'the load goes on');
      }
      writing.abort();
      await write;
      const waiting = `select count(*) as n from unnest($1::text[]) id where id not in (select message from effect)`;
      await until(async () => {
        const { rows } = await postgres.database.query<{ n: number }>(waiting, [acknowledged]);
        return rows[0]?.n === 0;
      }, 'every acknowledged fact has its effect');
      return {
        acknowledged: acknowledged.length,
        twice: await count('select count(*) - count(distinct message) as n from effect'),
        dead: await count("select count(*) as n from inbox where state = 'dead'"),
      };
    } finally {
      writing.abort();
      await Promise.all(workers.map((worker) => worker.kill()));
      await transport.close();
    }
  };

  const killPostgres = async () => {
    await postgres.kill();
    await postgres.restart();
  };

  it('a database that is away: the workers go on when it is back', async () => {
    const inbox = new Inbox(postgres.database);
    const workers = inbox.startWorkers(
      (fact, mark) =>
        postgres.database.transaction(async (sql) => {
          await sql.query('insert into effect (message) values ($1)', [fact.eventId]);
          await mark(sql, 'done', true);
        }),
      { leaseMs: 1500, pollMs: 20 },
    );
    try {
      await inbox.take([stayMessage('p', 1)]);
      await until(async () => (await count('select count(*) as n from effect')) === 1, 'the first');
      await postgres.kill();
      await expect(inbox.take([stayMessage('p', 2)])).rejects.toThrow(/connect|terminat|shut|reset/i);
      await postgres.restart();
      await inbox.take([stayMessage('p', 2)]);
      await until(async () => (await count('select count(*) as n from effect')) === 2, 'the second');
    } finally {
      await workers.stop();
    }
  });

  it('hub processes and PostgreSQL, on the embedded transport', async () => {
    expect(await underLoad('embedded', killPostgres, 2)).toMatchObject({ twice: 0, dead: 0 });
  });

  if (!kafkaIsThere) return;

  it('hub processes, PostgreSQL and the broker, on Kafka', async () => {
    const outcome = await underLoad(
      'kafka',
      async (round) => {
        if (round % 2 === 0) return killPostgres();
        await broker?.kill();
        await broker?.restart();
      },
      2,
    );
    expect(outcome).toMatchObject({ twice: 0, dead: 0 });
  }, 180_000);

  it('a broker that is away: appends say so in bounded time, and go through once it is back', async () => {
    const transport = kafkaTransport([broker?.brokers ?? '']);
    try {
      await transport.ensureTopics([topic]);
      await transport.append(topic, [stayMessage('p', 1)]);
      await broker?.kill();
      const started = Date.now();
      await expect(transport.append(topic, [stayMessage('p', 2)])).rejects.toBeInstanceOf(
        TransportUnavailable,
      );
      expect(Date.now() - started).toBeLessThan(15_000);
      expect(await transport.healthy()).toBe(false);
      await broker?.restart();
      await until(async () => {
        try {
          await transport.append(topic, [stayMessage('p', 3)]);
          return true;
        } catch {
          return false;
        }
      }, 'an append goes through');
      expect(await transport.healthy()).toBe(true);
    } finally {
      await transport.close();
    }
  });
});
