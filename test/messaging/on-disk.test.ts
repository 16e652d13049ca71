import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { FactPublisher } from '../../connectors/common/fact-publisher.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { createDurableTestDatabase, type DurableTestDatabase } from '../support/database.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { everyFactTopic } from '../support/sealed.js';
import { connectTransport } from './connect-transport.js';
import { keys, readable, samples } from './personal-samples.js';
import { until } from './until.js';

/** Every file of a directory, those that came and went while it was read left out. */
async function filesUnder(directory: string): Promise<readonly { at: string; bytes: Buffer }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const read = await Promise.all(
    files.map((at) =>
      readFile(at).then(
        (bytes) => [{ at, bytes }],
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return [];
          throw error;
        },
      ),
    ),
  );
  return read.flat();
}

/** A broker is started for this file alone, so that everything on its disk is this file's; where none can be, that is said once already. */
const canHaveKafka = (await kafkaBrokers()) !== undefined;

/**
 * Raw bytes, as who takes the disk would read them: the whole data directory of PostgreSQL (tables, indexes, rows that are no more, the
 * write-ahead log) and the whole log directory of the broker.
 */
describe.each(canHaveKafka ? [['kafka'], ['embedded']] : [['embedded']])(
  'promise 7: on the disks, with %s,',
  (kind) => {
    let test: DurableTestDatabase;
    let broker: Broker | undefined;
    let brokerDirectory: string | undefined;
    let dataDirectory: string;
    let end: () => Promise<void>;
    const told: { id: string; keep: boolean }[] = [];
    /** The keys of facts of whom nothing may be kept, as they were before they went. */
    const gone: Buffer[] = [];

    beforeAll(async () => {
      test = await createDurableTestDatabase();
      if (kind === 'kafka') {
        brokerDirectory = await mkdtemp(path.join(tmpdir(), `hemgang-kafka-on-disk-${process.pid}-`));
        broker = await startBroker({ directory: brokerDirectory });
      }
      const transport = connectTransport(kind, broker?.brokers ?? test.url);
      await transport.ensureTopics(everyFactTopic);
      const pool = createConnectorPool(test.url);
      const publisher = new FactPublisher({
        connector: 'test',
        pool,
        transport,
        logger: pino({ level: 'silent' }),
        rules: { onOtherContent: 'refuse', personKeys: keys, windowMilliseconds: 60_000 },
      });
      publisher.start();
      const inbox = new Inbox(test.database);
      const intake = await transport.subscribe({ group: 'hub', topics: everyFactTopic, handle: inbox.take });
      const workers = inbox.startWorkers(async (fact, mark) => {
        const keep = told.find(({ id }) => id === fact.eventId)?.keep === true;
        if (!keep) {
          const { rows } = await test.database.query<{ key: Buffer }>(
            'select key from sealing_key where event_id = $1',
            [fact.eventId],
          );
          gone.push(...rows.map(({ key }) => key));
        }
        await test.database.transaction((sql) => mark(sql, 'done', keep));
      });
      end = async () => {
        await workers.stop();
        await intake.stop();
        await publisher.stop();
        await pool.end();
        await transport.close();
        await broker?.stop();
        await test.drop();
        if (brokerDirectory !== undefined) await rm(brokerDirectory, { recursive: true, force: true });
      };
      for (const sample of Object.values(samples))
        for (const keep of [true, false]) {
          const [topic, message] = sample(randomUUID());
          const { id } = JSON.parse(message.value) as { id: string };
          told.push({ id, keep });
          await publisher.take({
            sender: 'urn:test',
            controlId: id,
            contentHash: id,
            answer: '',
            topic,
            message,
          });
        }
      await until(async () => {
        const { rows } = await test.database.query(`select from inbox where state = 'done'`);
        return rows.length === told.length;
      }, 'every fact is done');
      await test.database.query('checkpoint');
      const { rows } = await test.database.query<{ at: string }>(
        `select current_setting('data_directory') as at`,
      );
      dataDirectory = path.resolve(rows[0]?.at ?? '');
    }, 180_000);
    afterAll(() => end());

    const found = async (directory: string) =>
      (await filesUnder(directory)).flatMap(({ at, bytes }) =>
        readable(bytes).map((text) => `${path.relative(directory, at)}: ${text}`),
      );

    it('PostgreSQL has nothing of any fact that can be read, in no file', async () => {
      expect((await filesUnder(dataDirectory)).length).toBeGreaterThan(500);
      expect(await found(dataDirectory)).toEqual([]);
    });

    if (kind === 'kafka')
      it('the broker has nothing of any fact that can be read, in no file', async () => {
        const files = await filesUnder(brokerDirectory ?? '');
        // The facts are there: what is looked through is what they lie in.
        const held = Buffer.concat(files.filter(({ at }) => at.endsWith('.log')).map(({ bytes }) => bytes));
        expect(told.filter(({ id }) => !held.includes(id))).toEqual([]);
        expect(await found(brokerDirectory ?? '')).toEqual([]);
      });

    it('PAT-4, PAT-5, PAT-6: the keys that went stand in no row; once the table is written anew, in no file of a table', async () => {
      expect(gone).toHaveLength(Object.keys(samples).length);
      const { rows } = await test.database.query('select from sealing_key where key = any($1)', [gone]);
      expect(rows).toEqual([]);
      await test.database.query('vacuum full sealing_key');
      await test.database.query('checkpoint');
      const files = (await filesUnder(dataDirectory)).filter(({ at }) => !at.includes('pg_wal'));
      expect(
        files.filter(({ bytes }) => gone.some((key) => bytes.includes(key))).map(({ at }) => at),
      ).toEqual([]);
    });
  },
);
