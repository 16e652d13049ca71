import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { FactPublisher } from '../../connectors/common/fact-publisher.js';
import { pino } from 'pino';
import type { EventMessage } from '../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { RecoveryKey, RecoveryLock } from '../../src/messaging/contracts/recovery-key.js';
import { sealFact } from '../../src/messaging/contracts/sealed-event.js';
import { recoverable } from '../../src/messaging/inbox/recoverable.js';
import { storeFacts } from '../../src/messaging/inbox/store.js';
import { isSealable, sealedTopic } from '../../src/messaging/contracts/sealed-topics.js';
import type { FactTopicName } from '../../src/messaging/contracts/topics.js';
import { validateSealed } from '../../src/messaging/contracts/validate-event.js';
import type { Fact } from '../../src/messaging/inbox/fact.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { dropPayloadsOf } from '../../src/messaging/inbox/retention.js';
import { openMessages } from '../../src/messaging/inbox/seals.js';
import type { IncomingMessage, Transport } from '../../src/messaging/transport/transport.js';
import { createDurableTestDatabase, type DurableTestDatabase } from '../support/database.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { everyFactTopic } from '../support/sealed.js';
import { connectTransport } from './connect-transport.js';
import { keys, readable, samples } from './personal-samples.js';
import { until } from './until.js';

const brokers = await kafkaBrokers();
describe.each([['embedded'], ...(brokers ? [['kafka']] : [])])('facts about somebody on %s', (kind) => {
  let test: DurableTestDatabase;
  let transport: Transport;
  let publisher: FactPublisher;
  let ending: (() => Promise<void>)[];
  const raw: IncomingMessage[] = [];
  const handled: Fact[] = [];
  let keepPayload = true;
  let hold: Promise<void> | undefined;

  beforeAll(async () => {
    test = await createDurableTestDatabase();
    transport = connectTransport(kind, kind === 'kafka' ? brokers!.join(',') : test.url, {
      prefix: `${randomUUID()}.`,
    });
    await transport.ensureTopics(everyFactTopic);
    const pool = createConnectorPool(test.url);
    publisher = new FactPublisher({
      connector: 'test',
      pool,
      transport,
      logger: pino({ level: 'silent' }),
      rules: { onOtherContent: 'refuse', personKeys: keys, windowMilliseconds: 60_000 },
    });
    publisher.start();
    const inbox = new Inbox(test.database);
    const listener = await transport.subscribe({
      group: 'raw',
      topics: everyFactTopic,
      handle: (batch) => Promise.resolve(void raw.push(...batch)),
    });
    const intake = await transport.subscribe({ group: 'hub', topics: everyFactTopic, handle: inbox.take });
    const workers = inbox.startWorkers(async (fact, mark) => {
      await hold;
      handled.push(fact);
      await test.database.transaction((sql) => mark(sql, 'done', keepPayload));
    });
    ending = [
      () => workers.stop(),
      () => intake.stop(),
      () => listener.stop(),
      () => publisher.stop(),
      () => pool.end(),
      () => transport.close(),
      () => test.drop(),
    ];
  }, 120_000);
  afterAll(async () => {
    for (const end of ending) await end();
  });
  beforeEach(() => {
    keepPayload = true;
    hold = undefined;
  });

  const tell = async (
    sample: string,
  ): Promise<{ id: string; message: EventMessage; topic: FactTopicName }> => {
    const [topic, message] = samples[sample]!(randomUUID());
    const { id } = JSON.parse(message.value) as { id: string };
    await publisher.take({ sender: 'urn:test', controlId: id, contentHash: id, answer: '', topic, message });
    return { id, message, topic };
  };
  const rowOf = async (id: string) => {
    const { rows } = await test.database.query<{
      state: string;
      cause: string | null;
      kept: boolean;
      keys: number;
      envelope: unknown;
    }>(
      `select state, cause, envelope is not null as kept, envelope,
         (select count(*)::int from sealing_key as k where k.event_id = i.event_id) as keys from inbox as i where event_id = $1`,
      [id],
    );
    return rows[0];
  };
  const done = (id: string) => until(async () => (await rowOf(id))?.state === 'done', 'the fact is done');
  const rawOf = (id: string) => raw.filter(({ value }) => value.includes(`"id":"${id}"`));
  const heard = (id: string) => until(() => rawOf(id).length > 0, 'the message is on its topic');
  /** Everything that tables hold on the disk, rows that are no more included. */
  const tablesOnDisk = async () => {
    await test.database.query('checkpoint');
    const { rows } = await test.database.query<{ at: string }>(
      `select current_setting('data_directory') || '/' || pg_relation_filepath(c.oid) as at from pg_class as c
       where c.relname in ('inbox', 'transport_message', 'connector_receipt', 'sealing_key') or c.oid in
         (select reltoastrelid from pg_class where relname in ('inbox', 'transport_message', 'connector_receipt'))`,
    );
    return Buffer.concat(await Promise.all(rows.map(({ at: file }) => readFile(path.resolve(file)))));
  };
  it.each(Object.keys(samples))('promise 7: %s goes sealed and arrives as it was', async (sample) => {
    const { id, message, topic } = await tell(sample);
    await done(id);
    await heard(id);
    const [sent] = rawOf(id);
    expect(isSealable(topic) && sent?.topic).toBe(isSealable(topic) && sealedTopic(topic));
    expect(sent?.key).toBe(message.key);
    expect(isSealable(topic) && validateSealed(topic, JSON.parse(sent?.value ?? '')).faults).toBeUndefined();
    expect(readable(Buffer.from(sent?.value ?? ''))).toEqual([]);
    const fact = handled.find(({ eventId }) => eventId === id);
    expect([fact?.topic, fact?.event]).toEqual([topic, JSON.parse(message.value)]);
  });

  it('promise 7: neither receipts in waiting, nor the inbox, nor a topic hold anything of it on the disk', async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const { id } = await tell('person');
    await until(async () => (await rowOf(id)) !== undefined, 'the fact waits in the inbox');
    expect(readable(await tablesOnDisk())).toEqual([]);
    release();
    await done(id);
    expect(readable(await tablesOnDisk())).toEqual([]);
  });

  it('PAT-4, PAT-5: where nothing may be kept of the person, no key opens what lies on the topic from then on', async () => {
    keepPayload = false;
    const { id } = await tell('stay');
    await done(id);
    await heard(id);
    expect(await rowOf(id)).toMatchObject({ kept: false, keys: 0 });
    expect(await openMessages(test.database, rawOf(id))).toEqual([expect.objectContaining({ lost: true })]);
  });

  it('PAT-6: who becomes protected is unreadable from then on, on the topics and in the inbox', async () => {
    const { id } = await tell('stay');
    await done(id);
    await heard(id);
    expect(await rowOf(id)).toMatchObject({ kept: true, keys: 1 });
    expect((await openMessages(test.database, rawOf(id)))[0]?.lost).toBeUndefined();
    const personId = randomUUID();
    await test.database.query(
      `insert into event (id, stream_type, stream_id, stream_version, type, type_version, occurred_at, recorded_at, actor, cause, person_id, data)
       values (gen_random_uuid(), 'stay', gen_random_uuid(), 1, 'StayAdmitted', 1, now(), now(), '{}', $1, $2, '{}')`,
      [{ kind: 'fact', id }, personId],
    );
    await dropPayloadsOf(test.database, personId);
    expect(await rowOf(id)).toMatchObject({ kept: false, keys: 0 });
    expect(await openMessages(test.database, rawOf(id))).toEqual([expect.objectContaining({ lost: true })]);
    // Heard once more, as after a crash: a repeat, and no dead letter.
    const [again] = rawOf(id);
    await transport.append(again?.topic ?? '', [{ key: again?.key ?? '', value: again?.value ?? '' }]);
    const later = await tell('stay');
    await done(later.id);
    await until(() => rawOf(id).length === 2, 'the message is heard again');
    const { rows } = await test.database.query('select from inbox where event_id like $1', [`${id}%`]);
    expect(rows).toHaveLength(1);
  });

  it('what a connector of before sends unsealed is read, beside what is sealed, and nothing becomes a dead letter', async () => {
    const [topic, message] = samples['stay']!(randomUUID());
    const { id } = JSON.parse(message.value) as { id: string };
    await transport.append(topic, [message]);
    await done(id);
    const sealed = await tell('stay');
    await done(sealed.id);
    const { rows } = await test.database.query<{ dead: number }>(
      `select count(*) as dead from inbox where state = 'dead'`,
    );
    expect(rows[0]?.dead).toBe(0);
  });

  it('a worker of before, beside the new, takes no sealed fact from the inbox', async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    // More than are taken at a time, so that some wait.
    const ids = await Promise.all(Array.from({ length: 12 }, async () => (await tell('stay')).id));
    await until(
      async () => (await Promise.all(ids.map(rowOf))).every((row) => row !== undefined),
      'all wait',
    );
    const { rows } = await test.database.query(
      `select position from inbox oldest
       where state = 'waiting' and next_attempt_at <= clock_timestamp()
         and (claimed_until is null or claimed_until < clock_timestamp())`,
    );
    expect(rows).toEqual([]);
    release();
    for (const id of ids) await done(id);
  });

  it('a seal that was broken, or moved to another envelope, is a dead letter and opens nothing', async () => {
    const { id, topic } = await tell('stay');
    const other = await tell('stay');
    for (const each of [id, other.id]) {
      await heard(each);
      await done(each);
    }
    const [one, two] = [id, other.id].map(
      (each) => JSON.parse(rawOf(each)[0]?.value ?? '') as Record<string, string>,
    );
    const broken = [
      { ...one, time: '2026-03-01T11:00:00.000Z' },
      { ...one, data_base64: two?.['data_base64'] },
      { ...one, data_base64: randomBytes(80).toString('base64') },
    ].map((event) => JSON.stringify(event));
    const wire = isSealable(topic) ? sealedTopic(topic) : topic;
    const before = handled.length;
    await transport.append(
      wire,
      broken.map((value) => ({ key: rawOf(id)[0]?.key ?? '', value })),
    );
    await until(async () => {
      const { rows } = await test.database.query<{ dead: number }>(
        `select count(*) as dead from inbox where event_id like 'unusable:%'`,
      );
      return rows[0]?.dead === broken.length;
    }, 'all are dead letters');
    expect(handled.slice(before).filter(({ eventId }) => eventId === id)).toEqual([]);
  });

  it('a message whose key the database has not is a dead letter that says so, and is sound when it is sent again', async () => {
    const { id } = await tell('stay');
    await done(id);
    await heard(id);
    // As a restore of the database to a point before leaves it.
    await test.database.query('delete from sealing_key where event_id = $1', [id]);
    await test.database.query('delete from inbox where event_id = $1', [id]);
    const [again] = rawOf(id);
    await transport.append(again?.topic ?? '', [{ key: again?.key ?? '', value: again?.value ?? '' }]);
    await until(async () => (await rowOf(id))?.state === 'dead', 'a dead letter');
    expect((await rowOf(id))?.cause).toContain('sent again');
  });

  it('after a restore of the database the recovery key opens what is newer than the backup, and nothing that was destroyed', async () => {
    const recovery = new RecoveryKey(randomBytes(32));
    const wrapping = recoverable(transport, test.database, new RecoveryLock(recovery.publicKey));
    const [topic, message] = samples['stay']!(randomUUID());
    const { id } = JSON.parse(message.value) as { id: string };
    const fact = sealFact(topic, message.value);
    await test.database.query('insert into sealing_key values ($1, $2, $3, now())', [
      id,
      fact.key?.id,
      fact.key?.key,
    ]);
    await wrapping.append(fact.topic, [{ ...message, value: fact.value }]);
    await done(id);
    await heard(id);
    const [sent] = rawOf(id);
    expect(validateSealed(factTopics.stay, JSON.parse(sent?.value ?? '')).faults).toBeUndefined();
    const restored = () => test.database.query('delete from sealing_key where event_id = $1', [id]);
    const take = (key: RecoveryKey) =>
      storeFacts(test.database, sent === undefined ? [] : [sent], new Date(), key);

    await restored();
    expect(await take(recovery)).toMatchObject({ repeated: 1 });
    expect((await rowOf(id))?.keys).toBe(0);
    await test.database.query('delete from inbox where event_id = $1', [id]);
    expect(await take(new RecoveryKey(randomBytes(32)))).toMatchObject({ invalid: 1 });
    await test.database.query('delete from inbox where event_id = $1', [id]);
    expect(await take(recovery)).toMatchObject({ stored: 1 });
    await done(id);
    expect(handled.filter(({ eventId }) => eventId === id).map(({ event }) => event)).toEqual(
      [1, 2].map(() => JSON.parse(message.value)),
    );
  });
});
