import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { MessageRefused, type Translate } from '../../../connectors/common/receive/intake.js';
import {
  startReceivingConnector,
  type ReceivingOptions,
} from '../../../connectors/common/receive/receiving-connector.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { translate } from '../example/beds.js';
import { number, personKeys, published, silent, transportOn } from './support.js';

const secret = 'a secret that the sender shows, of 32 characters';
const mebibyte = 1024 * 1024;
let test: TestDatabase;
let pool: ReturnType<typeof createConnectorPool>;
let agent: Agent;
const running: { stop(): Promise<void> }[] = [];
beforeEach(async () => {
  test = await createTestDatabase();
  pool = createConnectorPool(test.url);
  agent = new Agent({ keepAlive: true });
});
afterEach(async () => {
  agent.destroy();
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await pool.end();
  await test.drop();
});

async function run(options: Partial<ReceivingOptions> = {}) {
  const connector = await startReceivingConnector({
    connector: 'beds',
    translate,
    host: '127.0.0.1',
    port: 0,
    secret,
    pool,
    transport: await transportOn(test.database),
    personKeys,
    logger: silent,
    ...options,
  });
  running.push(connector);
  return connector;
}

const message = (id: number, change: object = {}) => ({
  hospital: 'Lasarettet',
  number: id,
  what: 'in',
  patient: number,
  stay: `V-${id}`,
  ward: 'SE2321000016-W101',
  when: '2026-01-10T09:30:00',
  ...change,
});

type Answer = { readonly status: number; readonly text: string; readonly headers: NodeJS.Dict<unknown> };

/** One message on a connection that is kept; rejects when the connection broke before an answer came. */
function send(port: number, body: unknown, shown = secret): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path: '/messages',
        method: 'POST',
        agent,
        headers: { authorization: `Bearer ${shown}` },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
            headers: response.headers,
          }),
        );
      },
    );
    asked.on('error', reject);
    const text = JSON.stringify(body);
    // In pieces, so that its length is not told beforehand.
    if (text.length > mebibyte) asked.write(text.slice(0, mebibyte));
    asked.end(text.length > mebibyte ? text.slice(mebibyte) : text);
  });
}

/** Holds back every commit of receipts until it is let go. */
async function holdReceipts(): Promise<() => Promise<void>> {
  const client = await pool.connect();
  await client.query('begin; lock table connector_receipt in access exclusive mode');
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

const stored = async () =>
  (await test.database.query<{ id: string }>('select control_id as id from connector_receipt')).rows.map(
    ({ id }) => id,
  );

it('more messages at work than may be are told not now, the others are stored, and after them there is room again', async () => {
  const { address } = await run({ atATime: 3 });
  const letGo = await holdReceipts();
  const first = [1, 2, 3].map((id) => send(address.port, message(id)));
  await waitFor('three are at work', async () => (await send(address.port, message(99))).status === 503);
  for (let id = 10; id < 15; id += 1) {
    const refused = await send(address.port, message(id));
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
  }
  await letGo();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await send(address.port, message(4))).status).toBe(200);
  const ids = await stored();
  expect(ids).toEqual(expect.arrayContaining(['1', '2', '3', '4']));
  expect(ids.filter((id) => Number(id) >= 10)).toEqual([]);
});

/** Begins a message, which the connector has at work when this resolves, and does not end it. */
async function begin(port: number) {
  const half = request({
    port,
    host: '127.0.0.1',
    path: '/messages',
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-length': 1000, expect: '100-continue' },
  });
  const cut = new Promise<boolean>((resolve) => half.on('error', () => resolve(true)));
  half.flushHeaders();
  await new Promise((resolve) => half.on('continue', resolve));
  half.write('{"hospital":');
  return { cut, break: () => half.destroy() };
}

it('a message whose connection breaks before it is whole gives its place back', async () => {
  const { address } = await run({ atATime: 1 });
  for (let times = 0; times < 3; times += 1) {
    const half = await begin(address.port);
    expect((await send(address.port, message(1))).status).toBe(503);
    half.break();
    expect(await half.cut).toBe(true);
    await waitFor('there is room', async () => (await send(address.port, message(1))).status === 200);
  }
}, 90_000);

/** The status that a sender reads who writes its whole message before it looks at what it is answered. */
async function writeFirst(port: number, shown: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.pause();
  const text = JSON.stringify(message(1, { stay: 'x'.repeat(8 * mebibyte) }));
  const head = `POST /messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shown}\r\nContent-Length: ${text.length}`;
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(`${head}\r\n\r\n${text}`, () => resolve());
  });
  let answer = '';
  for await (const part of socket) answer += String(part);
  return answer.slice(0, 'HTTP/1.1 200'.length);
}

it.each([
  [401, 'without the secret', 'wrong'.repeat(8), 1],
  [413, 'that is too large', secret, 1],
  [503, 'when too many are at work', secret, 0],
])(
  '%i reaches the sender of a long message %s, also one who writes all of it first',
  async (status, _what, shown, atATime) => {
    const { address } = await run({ atATime, largestMessageBytes: 100_000 });
    const answer = await send(address.port, message(1, { stay: 'x'.repeat(4 * mebibyte) }), shown);
    expect(answer.status).toBe(status);
    expect(await writeFirst(address.port, shown)).toBe(`HTTP/1.1 ${status}`);
  },
);

it('what was stored stays a repeat when the translation has become stricter since', async () => {
  const lenient = await run();
  const first = await send(lenient.address.port, message(1, { ward: undefined }));
  expect(first.status).toBe(200);
  await lenient.stop();
  const strict: Translate = (raw) => {
    const translation = translate(raw);
    return {
      ...translation,
      fact: () => {
        if (!raw.includes('ward')) throw new MessageRefused('ward: required now');
        return translation.fact();
      },
    };
  };
  const { address } = await run({ translate: strict });
  const again = await send(address.port, message(1, { ward: undefined }));
  expect([again.status, again.text]).toEqual([200, first.text]);
  const other = await send(address.port, message(2, { ward: undefined }));
  expect([other.status, other.text]).toEqual([422, expect.stringContaining('ward: required now')]);
  const conflict = await send(address.port, message(1));
  expect([conflict.status, conflict.text]).toEqual([422, expect.stringContaining('this id came before')]);
  expect(await stored()).toEqual(['1']);
  expect(await waitFor('the fact', async () => (await published(test.database)).length || undefined)).toBe(1);
});

it('stopped under load it ends, everything answered is stored, and what is not published waits for the next start', async () => {
  const first = await run();
  const acknowledged = new Set<string>();
  const load = new AbortController();
  let id = 0;
  const sender = async (): Promise<void> => {
    while (!load.signal.aborted) {
      id += 1;
      const mine = id;
      const answer = await send(first.address.port, message(mine)).catch(() => undefined);
      if (answer?.status === 200) acknowledged.add(String(mine));
      // Refused or cut off: a sender of a journal goes on trying.
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const senders = Array.from({ length: 20 }, sender);
  await waitFor('load', () => acknowledged.size > 100);
  const started = performance.now();
  await first.stop();
  const took = performance.now() - started;
  load.abort();
  await Promise.all(senders);
  // A keep-alive connection that is never idle must not keep it alive.
  expect(took).toBeLessThan(15_000);
  const kept = new Set(await stored());
  expect([...acknowledged].filter((each) => !kept.has(each))).toEqual([]);
  await expect(send(first.address.port, message(1))).rejects.toThrow('ECONNREFUSED');
  await run();
  await waitFor('all facts', async () => {
    const told = new Set((await published(test.database)).map(({ data }) => data.messageId));
    return [...acknowledged].every((each) => told.has(each));
  });
}, 120_000);

it('stopped while a sender is in the middle of a message, and while one stands idle, it ends', async () => {
  const connector = await run({ atATime: 1 });
  await send(connector.address.port, message(1));
  const half = await begin(connector.address.port);
  await connector.stop();
  expect(await half.cut).toBe(true);
  expect(await stored()).toEqual(['1']);
});
