import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { contentHash } from '../../../connectors/common/content-hash.js';
import { ReceiptStore } from '../../../connectors/common/receipt-store.js';
import { visitKey } from '../../../connectors/common/told-visits.js';
import type { Receipt } from '../../../connectors/common/receipt.js';
import { NotNow, ReceiptWriter } from '../../../connectors/common/receipt-writer.js';
import { MllpClient, sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import {
  createDurableTestDatabase,
  createTestDatabase,
  type DurableTestDatabase,
  type TestDatabase,
} from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, codeOf, mapping, personKeys, published, runMelior, transportOn } from './support.js';

const receipt = (controlId: string, hash = 'h'): Receipt => ({
  sender: 'urn:hemgang:connector:test',
  controlId,
  contentHash: hash,
  answer: `answer to ${controlId} ${hash}`,
  topic: 'directory.unit.v1', // Not sealed: any text will do for a message.
  message: { key: 'k', value: hash },
});

describe('the receipt store', () => {
  let test: TestDatabase;
  let pool: ReturnType<typeof createConnectorPool>;
  beforeEach(async () => {
    test = await createTestDatabase();
    pool = createConnectorPool(test.url);
  });
  afterEach(async () => {
    await pool.end();
    await test.drop();
  });
  const refusing = (): ReceiptStore =>
    new ReceiptStore(pool, 'test', { onOtherContent: 'refuse', personKeys, windowMilliseconds: 60_000 });
  const now = new Date('2026-01-10T09:00:00Z');
  const later = new Date('2026-01-10T09:01:01Z');

  it('keeps the order of arrival, also of an id that is taken again', async () => {
    const store = refusing();
    await store.store(
      ['c', 'a', 'b'].map((id) => receipt(id)),
      now,
    );
    await store.published((await store.waiting(10)).map((each) => each.number));
    await store.store([receipt('d'), receipt('c', 'other')], later);
    expect((await store.waiting(10)).map((each) => each.message.value)).toEqual(['h', 'other']);
  });

  it('keeps the visits that receipts tell of with them, each once, and forgets them after two years', async () => {
    const store = refusing();
    const [one, two] = ['one', 'two'].map((each) => visitKey(personKeys, 'urn:test', each));
    if (one === undefined || two === undefined) throw new Error('there are two');
    const known = (): Promise<readonly boolean[]> =>
      Promise.all([one, two].map((each) => store.isTold(each)));
    const client = await pool.connect();
    await client.query('begin');
    await store.store([{ ...receipt('a'), visit: one }], now, client);
    await client.query('rollback');
    client.release();
    expect(await known()).toEqual([false, false]);
    await store.store(
      ['a', 'b', 'c'].map((id) => ({ ...receipt(id), ...(id !== 'c' && { visit: one }) })),
      now,
    );
    expect(await known()).toEqual([true, false]);
    // A message that was refused tells of nothing.
    await store.store([{ ...receipt('a', 'other'), visit: two }], now);
    expect(await known()).toEqual([true, false]);
    await store.store([{ ...receipt('d'), visit: two }], now);
    const years = (count: number): Date => new Date(now.getTime() + count * 365.5 * 86_400_000);
    await store.store([{ ...receipt('e'), visit: two }], years(1));
    await store.forget(years(2));
    expect(await known()).toEqual([false, true]);
  });

  it('never overwrites one that still waits to be published, however old', async () => {
    const store = refusing();
    await store.store([receipt('a')], now);
    expect(await store.store([receipt('a', 'other')], later)).toEqual([{ kind: 'conflict' }]);
    expect(await store.store([receipt('a')], later)).toEqual([{ kind: 'repeat', answer: 'answer to a h' }]);
  });

  it('promise 7: no hash is kept that guesses of a number could be held against, and repeats are known across the upgrade', async () => {
    const store = refusing();
    const hash = contentHash(['PID', '190503279812']);
    await store.store([receipt('new', hash), receipt('before', hash), receipt('besides', hash)], now);
    const hashes = async () =>
      (await pool.query<{ content_hash: string }>('select content_hash from connector_receipt')).rows.map(
        (row) => row.content_hash,
      );
    expect((await hashes()).filter((each) => each.includes(hash))).toEqual([]);
    // As the version before kept it.
    await pool.query(`update connector_receipt set content_hash = $1 where control_id <> 'new'`, [hash]);
    const said = { kind: 'repeat', answer: expect.any(String) };
    expect(await store.store([receipt('before', hash), receipt('new', hash)], now)).toEqual([said, said]);
    expect(await store.earlier(receipt('before').sender, 'before', hash, now)).toEqual(said);
    expect(await store.store([receipt('besides', 'other')], now)).toEqual([{ kind: 'conflict' }]);
    for (let after: string | undefined = '0'; after !== undefined;) after = await store.keyFormer(after);
    expect(new Set(await hashes()).size).toBe(1);
    expect((await hashes()).filter((each) => each.includes(hash))).toEqual([]);
    expect(await store.store([receipt('before', hash), receipt('new', hash)], now)).toEqual([said, said]);
    expect(await store.store([receipt('besides', 'other')], now)).toEqual([{ kind: 'conflict' }]);
  });

  it('under `replace`, the same content is a repeat and other content is stored at once', async () => {
    const store = new ReceiptStore(pool, 'test', { onOtherContent: 'replace', windowMilliseconds: 60_000 });
    const kinds = [];
    for (const hash of ['x', 'x', 'y', 'x'])
      kinds.push((await store.store([receipt('a', hash)], now))[0]?.kind);
    expect(kinds).toEqual(['stored', 'repeat', 'stored', 'stored']);
  });

  it('under `replace`, what still waits is told before what was said since: no answer of a register is lost while the transport is down', async () => {
    const store = new ReceiptStore(pool, 'test', { onOtherContent: 'replace', windowMilliseconds: 60_000 });
    for (const hash of ['x', 'y', 'y', 'x', 'z'])
      await store.store([receipt('a', hash), receipt('b', 'steady')], now);
    const waiting = await store.waiting(10);
    expect(waiting.map(({ message }) => message.value)).toEqual(['x', 'steady', 'y', 'x', 'z']);
    await store.published(waiting.map((each) => each.number));
    expect(await store.store([receipt('a', 'z')], now)).toMatchObject([{ kind: 'repeat' }]);
    expect(await store.waiting(10)).toEqual([]);
    expect(await store.forget(later)).toBe(5);
  });

  it('forgets a published receipt past the window, and one whose fact the inbox has not got after thirty days', async () => {
    const store = refusing();
    const fact = (id: string): Receipt => ({
      ...receipt(id),
      message: { key: 'k', value: JSON.stringify({ id: `event-${id}` }) },
    });
    await store.store([receipt('no event'), fact('taken'), fact('untaken'), receipt('waits')], now);
    await store.published((await store.waiting(3)).map(({ number }) => number));
    await pool.query(`insert into inbox (event_id, topic, content_hash, received_at, state, next_attempt_at)
      values ('event-taken', 'directory.unit.v1', 'h', now(), 'done', now())`);
    expect(await store.forget(now)).toBe(0);
    expect(await store.forget(later)).toBe(2);
    const { rows } = await pool.query('select message from connector_receipt where published');
    expect(rows).toEqual([{ message: expect.stringContaining('event-untaken') }]);
    expect(await store.forget(new Date('2026-02-10T09:00:00Z'))).toBe(1);
    expect(await store.backlog()).toMatchObject({ waiting: 1 });
  });

  it('one writer commits many at once, the same id twice in order, and says not now beyond its bound', async () => {
    const writer = new ReceiptWriter(refusing(), () => now, 20);
    const taken = await Promise.allSettled([
      ...Array.from({ length: 10 }, (_, index) => writer.take(receipt(`w${index}`))),
      writer.take(receipt('w0')),
      writer.take(receipt('w0', 'other')),
      ...Array.from({ length: 20 }, (_, index) => writer.take(receipt(`x${index}`))),
    ]);
    const kinds = taken.map((each) => (each.status === 'fulfilled' ? each.value.kind : each.reason));
    expect(kinds.slice(0, 12)).toEqual([...Array.from({ length: 10 }, () => 'stored'), 'repeat', 'conflict']);
    expect(kinds.filter((each) => each instanceof NotNow).length).toBeGreaterThan(0);
    await writer.stop();
    await expect(writer.take(receipt('z'))).rejects.toThrow(NotNow);
  });
});

describe('when things are down', () => {
  let receipts: DurableTestDatabase;
  let topics: DurableTestDatabase;
  beforeAll(async () => {
    receipts = await createDurableTestDatabase();
    topics = await createDurableTestDatabase();
  });
  afterAll(async () => {
    await receipts.drop();
    await topics.drop();
  });
  const messageIds = async (prefix: string): Promise<readonly string[]> =>
    (await published(topics.database, undefined, receipts.database))
      .map((each) => each.data.messageId)
      .filter((id) => id.startsWith(prefix));

  it('the transport is down: messages are taken all the same, and are published in order when it is back', async () => {
    const melior = await runMelior(receipts.url, await transportOn(topics.database));
    await topics.kill();
    const ids = Array.from({ length: 20 }, (_, index) => `D${String(index).padStart(2, '0')}`);
    for (const controlId of ids)
      expect(codeOf(await sendMllp('127.0.0.1', melior.address.port, adt({ controlId })))).toBe('AA');
    await waitFor('a failed attempt', async () => (await melior.health()).status === 'degraded');
    expect((await melior.health()).detail['waiting']).toBe(20);
    await topics.restart();
    await waitFor('all facts', async () => (await messageIds('D')).length >= 20);
    expect([...new Set(await messageIds('D'))]).toEqual(ids);
    await waitFor('health', async () => (await melior.health()).status === 'up');
    await melior.end();
  });

  it.each([
    ['AR', 'AR'],
    ['AE', 'AE'],
    ['close', undefined],
  ] as const)(
    'the store is down: not now is %s, and the message is taken when it is back',
    async (notNow, code) => {
      const melior = await runMelior(receipts.url, await transportOn(topics.database), {
        mapping: { ...mapping, notNow },
      });
      const send = (): Promise<string | undefined> =>
        sendMllp('127.0.0.1', melior.address.port, adt({ controlId: `N${notNow}` })).then(
          codeOf,
          () => undefined,
        );
      await receipts.kill();
      expect(await send()).toBe(code);
      expect((await melior.health()).status).toBe('down');
      await receipts.restart();
      await waitFor('AA', async () => (await send()) === 'AA');
      await waitFor('the fact', async () => (await messageIds(`N${notNow}`)).length > 0);
      await melior.end();
    },
  );
});

it('a receipt that the database cannot hold fails alone; those of other connections beside it are stored, in order', async () => {
  const test = await createTestDatabase();
  const pool = createConnectorPool(test.url);
  const rules = { onOtherContent: 'refuse', personKeys, windowMilliseconds: 60_000 } as const;
  const store = new ReceiptStore(pool, 'test', rules);
  const writer = new ReceiptWriter(store, () => new Date(), 100);
  const ids = [
    'a',
    'b',
    'zero \0',
    'c',
    'x'.repeat(20_000).replaceAll('x', () => String(Math.random())),
    'd',
  ];
  const outcomes = await Promise.allSettled(ids.map((id) => writer.take(receipt(id, id))));
  expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value.kind : 'failed'))).toEqual([
    'stored',
    'stored',
    'failed',
    'stored',
    'failed',
    'stored',
  ]);
  expect((await store.waiting(10)).map(({ message }) => message.value)).toEqual(['a', 'b', 'c', 'd']);
  await pool.end();
  await test.drop();
});

it('what several connections send in one moment is one commit', async () => {
  const batches: number[] = [];
  const store = {
    store: (receipts: readonly Receipt[]) => {
      batches.push(receipts.length);
      return Promise.resolve(receipts.map(() => ({ kind: 'stored' }) as const));
    },
  };
  const writer = new ReceiptWriter(store as unknown as ReceiptStore, () => new Date(), 100);
  await Promise.all(['a', 'b', 'c'].map((id) => writer.take(receipt(id))));
  expect(batches).toEqual([3]);
});

describe('killed', () => {
  it('SIGKILL under load: everything answered AA is published, in order, and nothing happens twice', async () => {
    const test = await createTestDatabase();
    const answered: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { child, port } = await startProcess(test.url);
      const client = await MllpClient.open('127.0.0.1', port);
      const killed = after(150 + Math.random() * 300).then(() => child.kill('SIGKILL'));
      for (let index = 0; ; index += 1) {
        const controlId = `K${round}-${String(index).padStart(5, '0')}`;
        const answer = await client.send(Buffer.from(adt({ controlId }), 'utf8')).catch(() => undefined);
        if (!answer) break;
        expect(codeOf(answer.toString('latin1'))).toBe('AA');
        answered.push(controlId);
      }
      await killed;
    }
    const { child, port } = await startProcess(test.url);
    const last = answered.at(-1) ?? '';
    expect(codeOf(await sendMllp('127.0.0.1', port, adt({ controlId: last })))).toBe('AA');
    const events = await waitFor('every answered message', async () => {
      const found = await published(test.database);
      const ids = new Set(found.map((each) => each.data.messageId));
      return answered.every((id) => ids.has(id)) && found;
    });
    child.kill('SIGKILL');
    expect(answered.length).toBeGreaterThan(20);
    const firstSeen = [...new Set(events.map((each) => each.data.messageId))];
    expect(firstSeen).toEqual([...firstSeen].sort());
    // A crash between append and mark may repeat a message on the wire; it is the same event.
    expect(new Set(events.map((each) => each.id)).size).toBe(firstSeen.length);
    await test.drop();
  });

  async function startProcess(url: string): Promise<{ child: ChildProcess; port: number }> {
    const child = spawn(
      process.execPath,
      [
        '--import',
        path.resolve('test/support/typescript.mjs'),
        path.resolve('test/connectors/melior/melior-process.ts'),
        url,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const port = await new Promise<number>((resolve, reject) => {
      child.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
      child.once('exit', () => reject(new Error('the process ended')));
    });
    return { child, port };
  }
});
