import { randomUUID } from 'node:crypto';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { GroupMembership } from '../../src/messaging/transport/embedded/embedded-group.js';
import { Database } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { testOptions } from './connect-transport.js';
import { until } from './until.js';
import { transportContract } from './transport-contract.js';

describe('the embedded transport', () => {
  let test: TestDatabase;
  let nowhere: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    nowhere = new Database({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
  });
  afterAll(async () => {
    await nowhere.close();
    await test.drop();
  });

  transportContract({
    make: (options) => new EmbeddedTransport(test.database, { ...testOptions, ...options }),
    makeUnreachable: () => new EmbeddedTransport(nowhere, testOptions),
    address: () => ({ kind: 'embedded', url: test.url }),
  });

  it('numbers stay dense and in order while several processes append to many keys', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const others = [new Database({ url: test.url }), new Database({ url: test.url })];
    const writers = [test.database, ...others].map(
      (database) => new EmbeddedTransport(database, testOptions),
    );
    try {
      await writers[0]?.ensureTopics([topic]);
      await Promise.all(
        writers.flatMap((writer, w) =>
          Array.from({ length: 40 }, (_, n) =>
            writer.append(
              topic,
              [n, n + 1, n + 2, n + 3].map((key) => ({ key: `k${key}`, value: `${w}-${n}` })),
            ),
          ),
        ),
      );
      const { rows } = await test.database.query<{ count: number; last: number; next: number }>(
        `select count(*) as count, max(number) as last, p.next from transport_message m
         join transport_partition p using (topic, partition) where topic = $1 group by partition, p.next`,
        [topic],
      );
      expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(3 * 40 * 4);
      for (const row of rows) expect([row.last + 1, row.next]).toEqual([row.count, row.count]);
    } finally {
      await Promise.all(writers.map((writer) => writer.close()));
      await Promise.all(others.map((database) => database.close()));
    }
  });

  it('removes messages past their retention, but none that a group has not taken', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const transport = new EmbeddedTransport(test.database, {
      ...testOptions,
      retention: () => 0,
      sweepMs: 0,
    });
    let taken = 0;
    let allowed = 5;
    try {
      await transport.ensureTopics([topic]);
      await transport.subscribe({
        group: topic,
        topics: [topic],
        handle: (batch) => {
          if (taken + batch.length > allowed) return Promise.reject(new Error('not now'));
          taken += batch.length;
          return Promise.resolve();
        },
      });
      const left = async () => {
        const { rows } = await test.database.query<{ n: number }>(
          'select count(*) as n from transport_message where topic = $1',
          [topic],
        );
        return rows[0]?.n ?? -1;
      };
      const append = (n: number) =>
        transport.append(
          topic,
          Array.from({ length: n }, (_, at) => ({ key: 'k', value: String(at) })),
        );
      const sweepTo = (n: number) => async () => {
        await transport.sweep();
        return (await left()) === n;
      };
      // A group is known once it has joined, which a subscription does on its own; before that nothing waits for it.
      await until(async () => {
        const { rows } = await test.database.query('select 1 from transport_offset where topic = $1', [
          topic,
        ]);
        return rows.length === testOptions.partitions;
      }, 'the group joins');
      await append(5);
      await until(sweepTo(0), 'what was taken is removed');
      await append(3);
      await transport.sweep();
      expect(await left()).toBe(3);
      allowed = 8;
      await until(sweepTo(0), 'what was taken is removed');
      expect(taken).toBe(8);
    } finally {
      await transport.close();
    }
  });

  it('a member that lost its lease cannot move the offset any more', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const transport = new EmbeddedTransport(test.database, testOptions);
    const join = async (leaseMs: number) => {
      const membership = new GroupMembership(test.database, topic, [topic], randomUUID(), leaseMs);
      await membership.join();
      return { membership, held: await membership.balance([]) };
    };
    await transport.ensureTopics([topic]);
    const slow = await join(100);
    expect(slow.held).toHaveLength(testOptions.partitions);
    const place = slow.held[0]!;
    let quick = await join(60_000);
    await until(async () => {
      quick = { ...quick, held: await quick.membership.balance([]) };
      return quick.held.length === testOptions.partitions;
    }, 'the other takes over');
    expect(await slow.membership.commit(place, 0, 5)).toBe(false);
    expect(await quick.membership.commit(place, 0, 3)).toBe(true);
    expect(await quick.membership.commit(place, 0, 4)).toBe(false);
    await transport.close();
  });
});
