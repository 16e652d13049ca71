import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { FactPublisher } from '../../connectors/common/fact-publisher.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { testOptions } from '../messaging/connect-transport.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { startHolder, type Holder } from './start-holder.js';

const topics = ['case.event.v1', 'directory.unit.v1', 'audit.head.v1'];

describe('a holder that was frozen just before it appended to a topic appends nothing when another has done its work', () => {
  let test: TestDatabase;
  let transport: EmbeddedTransport;
  let holder: Holder;
  const stops: (() => unknown)[] = [];
  beforeEach(async () => {
    test = await createTestDatabase();
    transport = new EmbeddedTransport(test.database, testOptions);
    await transport.ensureTopics(topics);
  });
  afterEach(async () => {
    holder.process.kill('SIGKILL');
    for (const stop of stops.splice(0).toReversed()) await stop();
    await transport.close();
    await test.drop();
  });

  /** While a lock is held, whoever needs it stands still there; then frozen, and what it waited for let through. */
  const freezeAt = async (lock: string, begin: () => Promise<unknown>): Promise<void> => {
    await test.database.transaction(async (sql) => {
      await sql.query(lock);
      await begin();
      await waitFor('the holder to wait', async () => {
        const { rows } = await sql.query(
          `select from pg_locks where not granted
            and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows.length > 0;
      });
      holder.process.kill('SIGSTOP');
    });
  };
  const onTopic = async (topic: string): Promise<readonly string[]> => {
    const { rows } = await test.database.query<{ value: string }>(
      'select value from transport_message where topic = $1 order by number',
      [topic],
    );
    return rows.map(({ value }) => value);
  };

  it('the relay: an event told since is not told once more, with units as they were', async () => {
    const sequencer = startSequencer({ database: test.database, pollMs: 10 });
    stops.push(() => sequencer.stop());
    holder = await startHolder('relay', test.url);
    const caseId = randomUUID();
    await freezeAt('lock table log_epoch in access exclusive mode', () =>
      test.database.query(
        `with logged as (
           insert into event (id, stream_type, stream_id, stream_version, type, type_version, occurred_at, recorded_at, actor, cause, data)
           select gen_random_uuid(), 'svu', $1, n, 'AdmissionNoticePublished', 1, now(), now(),
             '{"kind":"system","system":"test"}', '{"kind":"hub","id":"test"}', '{}'
           from generate_series(1, 3) n order by n returning position)
         insert into unsequenced select position from logged`,
        [caseId],
      ),
    );
    const other = new Relay({ database: test.database, transport, kinds: caseKinds });
    stops.push(() => other.stop());
    await waitFor('the other to tell them', async () => (await onTopic('case.event.v1')).length === 3);
    holder.process.kill('SIGCONT');
    await waitFor('the first to know', () => holder.said().includes('failed'));
    expect((await onTopic('case.event.v1')).length).toBe(3);
  }, 60_000);

  it('a publisher: what another has brought to its topic since is not brought once more', async () => {
    const pool = createConnectorPool(test.url);
    const publisher = new FactPublisher({
      connector: 'test',
      pool,
      transport,
      logger: pino({ level: 'silent' }),
      rules: { onOtherContent: 'replace', windowMilliseconds: 60_000 },
    });
    stops.push(
      () => pool.end(),
      () => publisher.stop(),
    );
    holder = await startHolder('publishing', test.url);
    const fact = (topic: string) => ({
      sender: 'test',
      controlId: topic,
      contentHash: createHash('sha256').update(topic).digest('hex'),
      answer: '',
      topic,
      message: { key: 'key', value: JSON.stringify({ id: topic }) },
    });
    // Between what it has brought to one topic and what it brings to the next.
    await test.database.query(`
      create function wait() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock_shared(4711); return new; end $$;
      create trigger wait before update on connector_receipt for each row
        when (new.published) execute function wait()`);
    await freezeAt('select pg_advisory_xact_lock(4711)', async () => {
      // In one commit, so that they are of one batch.
      const client = await pool.connect();
      await client.query('begin');
      await publisher.takeWithin(client, ['directory.unit.v1', 'audit.head.v1'].map(fact));
      await client.query('commit');
      client.release();
    });
    // What was on its way is there; the rest is the other's.
    publisher.start();
    await waitFor('the other to publish the rest', async () => (await onTopic('audit.head.v1')).length === 1);
    holder.process.kill('SIGCONT');
    await waitFor('the first to stand by', () => holder.said().includes('ours: false'));
    expect(holder.said().match(/appends .*/g)).toEqual(['appends directory.unit.v1']);
    expect((await onTopic('audit.head.v1')).length).toBe(1);
  }, 60_000);
});
