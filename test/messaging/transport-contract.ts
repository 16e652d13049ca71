import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Transport } from '../../src/messaging/transport/transport.js';
import { TransportUnavailable } from '../../src/messaging/transport/transport.js';
import {
  MessageRefused,
  TopicRefused,
  type TransportOptions,
} from '../../src/messaging/transport/transport-options.js';
import { startChild } from './child-process.js';
import { testOptions } from './connect-transport.js';
import { until } from './until.js';

/** What the suite needs of an adapter. */
export type TransportHarness = {
  /** A transport as another process would make it, on the same engine. Short sessions, so that take-over is quick. */
  make(options?: Partial<TransportOptions>): Transport;
  /** A transport whose engine is not there. */
  makeUnreachable(): Transport;
  /** For the consumer process that a test kills: what it needs to make a transport. */
  address(): { readonly kind: 'kafka' | 'embedded'; readonly url: string };
};

/** The promises of the port, which every adapter keeps. Called inside a `describe`. */
export function transportContract(harness: TransportHarness): void {
  const open: Transport[] = [];
  let topic: string;
  let group: string;
  const make = (options?: Partial<TransportOptions>) => {
    const transport = harness.make(options);
    open.push(transport);
    return transport;
  };
  const makeReady = async (options?: Partial<TransportOptions>) => {
    const transport = make(options);
    await transport.ensureTopics([topic]);
    return transport;
  };

  beforeEach(() => {
    topic = `test.${randomUUID()}.v1`;
    group = `group-${randomUUID()}`;
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((transport) => transport.close()));
  });

  const collect = async (transport: Transport, received: IncomingMessage[]) =>
    transport.subscribe({
      group,
      topics: [topic],
      handle: (batch) => {
        received.push(...batch);
        return Promise.resolve();
      },
    });

  it('design 7.1: what was appended before its writer ended is delivered to a group that comes later', async () => {
    const writer = await makeReady();
    await writer.append(topic, messages(50));
    await writer.close();
    const received: IncomingMessage[] = [];
    await collect(make(), received);
    await until(() => received.length === 50, '50 messages');
  });

  it('design 7.3: messages of one key keep their order and share a partition; headers and texts arrive unchanged', async () => {
    const transport = await makeReady();
    const received: IncomingMessage[] = [];
    await collect(transport, received);
    const value = 'Åsa Öström "citat" \\u0000 👩‍⚕️';
    for (let number = 0; number < 20; number += 1) {
      await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((key) =>
          transport.append(topic, [
            { key, value: `${value} ${number}`, headers: { 'content-type': 'x/y', number: `${number}` } },
          ]),
        ),
      );
    }
    await until(() => received.length === 100, '100 messages');
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      const mine = received.filter((message) => message.key === key);
      expect(mine.map((message) => message.value)).toEqual(
        Array.from({ length: 20 }, (_, n) => `${value} ${n}`),
      );
      expect(mine.map((message) => message.headers?.['number'])).toEqual(
        Array.from({ length: 20 }, (_, n) => `${n}`),
      );
      expect(new Set(mine.map((message) => message.partition)).size).toBe(1);
      expect(mine[0]?.headers?.['content-type']).toBe('x/y');
    }
    expect(new Set(received.map((message) => message.partition)).size).toBeGreaterThan(1);
  });

  it('a batch that is rejected comes again, in order, and other partitions go on meanwhile', async () => {
    const transport = await makeReady();
    const done: IncomingMessage[] = [];
    let rejections = 0;
    await transport.subscribe({
      group,
      topics: [topic],
      handle: (batch) => {
        const othersAreDone = done.filter(({ key }) => key !== 'bad').length >= 40;
        if (batch.some(({ key }) => key === 'bad') && (rejections < 3 || !othersAreDone)) {
          rejections += 1;
          return Promise.reject(new Error('not now'));
        }
        done.push(...batch);
        return Promise.resolve();
      },
    });
    const other = await keyInAnotherPartition(transport, topic, 'bad');
    await transport.append(topic, [...numbered('bad', 10), ...numbered(other, 40)]);
    await until(() => done.filter(({ key }) => key === 'bad').length >= 10, 'the rejected batch', 25_000);
    expect(rejections).toBeGreaterThanOrEqual(3);
    expect(
      done.filter(({ key, value }) => key === 'bad' && value !== 'probe').map(({ value }) => value),
    ).toEqual(numbered('bad', 10).map(({ value }) => value));
  });

  it('design 7.1: what a killed consumer process had taken but not finished is delivered to another', async () => {
    const transport = await makeReady();
    await transport.append(topic, messages(20));
    const { kind, url } = harness.address();
    // It takes messages and never finishes with them.
    const consumer = startChild('test/messaging/consumer-process.ts', kind, url, group, topic);
    try {
      await until(() => consumer.output().includes('taken'), 'the process has taken messages');
    } finally {
      await consumer.kill();
    }
    const received: IncomingMessage[] = [];
    await collect(transport, received);
    await until(() => new Set(received.map(({ value }) => value)).size === 20, 'all 20 messages');
    expect(received).toHaveLength(20);
  });

  it('two consumers of a group share the partitions, and one takes over what the other leaves', async () => {
    const first: IncomingMessage[] = [];
    const second: IncomingMessage[] = [];
    const transport = await makeReady();
    await collect(transport, first);
    const other = make();
    const leaving = await collect(other, second);
    let appended = 0;
    const append = async () => {
      await transport.append(topic, messages(8, `${(appended += 8)}-`));
      return first.length > 0 && second.length > 0;
    };
    await until(append, 'both get messages');
    first.length = second.length = 0;
    await until(append, 'both still get messages');
    await leaving.stop();
    second.length = 0;
    first.length = 0;
    await transport.append(topic, messages(16, 'after-'));
    await until(
      () => first.filter(({ value }) => value.startsWith('after-')).length === 16,
      'the first gets all',
    );
    expect(second).toHaveLength(0);
  });

  it('design 7.1: nothing is skipped while members of the group come and go, and order per key holds', async () => {
    const writer = await makeReady();
    const received: IncomingMessage[] = [];
    await collect(await makeReady(), received);
    // Enough to be found in every partition.
    const keys = Array.from({ length: 24 }, (_, n) => `key-${n}`);
    const writing = new AbortController();
    let written = 0;
    const write = (async () => {
      for (; !writing.signal.aborted; written += 1) {
        await writer.append(
          topic,
          keys.map((key) => ({ key, value: String(written) })),
        );
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      const passing = make();
      const before = received.length;
      const theirs: IncomingMessage[] = [];
      const subscription = await collect(passing, theirs);
      await until(() => theirs.length > 0 && received.length > before, 'the passing member gets its share');
      await subscription.stop();
      received.push(...theirs);
    }
    writing.abort();
    await write;
    for (const key of keys) {
      const seen = () => new Set(received.filter((message) => message.key === key).map(({ value }) => value));
      await until(() => seen().size === written, `all of ${key}`);
      const byOffset = new Map(
        received.filter((m) => m.key === key).map((m) => [Number(m.offset), Number(m.value)]),
      );
      const inOrder = [...byOffset].sort(([a], [b]) => a - b).map(([, value]) => value);
      expect(inOrder).toEqual(Array.from({ length: written }, (_, n) => n));
    }
  }, 60_000);

  it('a subscription that is stopped lets its handler finish and commits; nothing comes twice', async () => {
    const transport = await makeReady();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first: IncomingMessage[] = [];
    const subscription = await transport.subscribe({
      group,
      topics: [topic],
      handle: async (batch) => {
        first.push(...batch);
        await held;
      },
    });
    await transport.append(topic, numbered('one', 5));
    await until(() => first.length > 0, 'the handler runs');
    const stopped = subscription.stop();
    release();
    await stopped;
    const second: IncomingMessage[] = [];
    await collect(make(), second);
    await until(() => first.length + second.length >= 5, 'the rest');
    await transport.append(topic, numbered('last', 1));
    await until(() => second.some(({ key }) => key === 'last'), 'the last message');
    const values = [...first, ...second].map(({ key, value }) => `${key} ${value}`);
    expect(new Set(values).size).toBe(values.length);
  });

  it('each group gets every message', async () => {
    const transport = await makeReady();
    const one: IncomingMessage[] = [];
    const two: IncomingMessage[] = [];
    await collect(transport, one);
    group = `${group}-other`;
    await collect(transport, two);
    await transport.append(topic, messages(10));
    await until(() => one.length === 10 && two.length === 10, 'ten each');
  });

  it('a message of 1 MB passes, one beyond the limit is refused without harm to others', async () => {
    const transport = await makeReady();
    const large = 'å'.repeat(512 * 1024);
    const outcomes = await Promise.allSettled([
      transport.append(
        topic,
        [1, 2, 3].map((n) => ({ key: 'k', value: `${n}${large}` })),
      ),
      transport.append(topic, [{ key: 'k', value: 'x'.repeat(4 * 1024 * 1024 + 1) }]),
      transport.append(topic, [{ key: 'k', value: 'small' }]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((outcomes[1] as PromiseRejectedResult).reason).toBeInstanceOf(MessageRefused);
    const received: IncomingMessage[] = [];
    await collect(transport, received);
    await until(() => received.length === 4, 'four messages');
    expect(received.map(({ value }) => value.length)).toEqual([
      512 * 1024 + 1,
      512 * 1024 + 1,
      512 * 1024 + 1,
      5,
    ]);
  });

  it('an engine that is not there: append says TransportUnavailable in bounded time, and unhealthy', async () => {
    const transport = harness.makeUnreachable();
    open.push(transport);
    const started = Date.now();
    await expect(transport.append(topic, numbered('k', 1))).rejects.toBeInstanceOf(TransportUnavailable);
    expect(await transport.healthy()).toBe(false);
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  it('a healthy engine says so', async () => {
    expect(await (await makeReady()).healthy()).toBe(true);
  });

  it('ensureTopics can be repeated, by several at once, and refuses a topic that has another partition count', async () => {
    await Promise.all([makeReady(), makeReady()]);
    const other = make({ partitions: testOptions.partitions + 1 });
    await expect(other.ensureTopics([topic])).rejects.toBeInstanceOf(TopicRefused);
    await expect(other.ensureTopics([topic])).rejects.toThrow(
      `${topic} has ${testOptions.partitions} partitions, not ${testOptions.partitions + 1}`,
    );
  });
}

const messages = (count: number, prefix = '') =>
  Array.from({ length: count }, (_, n) => ({ key: `key-${n}`, value: `${prefix}${n}` }));

const numbered = (key: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ key, value: `${n}` }));

/** A key that lands in another partition than `key`, found by looking where messages arrive. */
async function keyInAnotherPartition(transport: Transport, topic: string, key: string): Promise<string> {
  const places = new Map<string, number>();
  const candidates = [key, 'good-1', 'good-2', 'good-3', 'good-4', 'good-5', 'good-6'];
  await transport.append(
    topic,
    candidates.map((one) => ({ key: one, value: 'probe' })),
  );
  const looking = await transport.subscribe({
    group: `probe-${randomUUID()}`,
    topics: [topic],
    handle: (batch) => {
      for (const message of batch) places.set(message.key, message.partition);
      return Promise.resolve();
    },
  });
  await until(() => places.size === candidates.length, 'the probes');
  await looking.stop();
  const other = candidates.find((one) => places.get(one) !== places.get(key));
  if (other === undefined) throw new Error('every key landed in one partition');
  return other;
}
