import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestLog } from '../../src/fhir/http/request-log.js';
import { causeOf } from '../../src/fhir/http/unread-cause.js';
import { UnreadRequests } from '../../src/fhir/http/unread-request.js';
import { startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { waitFor } from '../support/wait-for.js';

/** A refused connection is given back soon, whatever the other side does with its end: else a few hold the places of all. */

let facade: TestFacade;
beforeAll(async () => {
  facade = await startFacade(sampleOrganisation());
  await facade.app.listen(0, '127.0.0.1');
});
afterAll(() => facade.stop());

const open = (): Promise<number> =>
  new Promise((resolve, reject) =>
    facade.app
      .getHttpServer()
      .getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count))),
  );

/** A connection that never ends by itself, after the answer to what it sent has begun. */
async function refused(text: string): Promise<Socket> {
  const { port } = facade.app.getHttpServer().address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  // What is sent after the other side is gone may be answered with a reset.
  socket.on('error', () => socket.destroy());
  const answered = new Promise<void>((resolve) => void socket.once('data', () => resolve()));
  socket.write(text);
  await answered;
  return socket;
}

const head = 'POST /fhir/CarePlan HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n';
const requests = [
  ['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['no HTTP', 'nonsense\r\n\r\n'],
  ['a method that is none', 'BREW /fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n'],
  [
    'a chunk without a size',
    `${head}Authorization: TOKEN\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\nzz\r\n\r\n`,
  ],
] as const;
/** What the other side does next; gives back how it stops. */
const goesOn: readonly (readonly [string, (socket: Socket) => () => void])[] = [
  ['does nothing more', () => () => undefined],
  [
    'sends a byte and half-closes',
    (socket) => {
      socket.end('x');
      return () => undefined;
    },
  ],
  [
    'sends a byte now and then',
    (socket) => {
      const timer = setInterval(() => void socket.write('x'), 100);
      return () => clearInterval(timer);
    },
  ],
];

describe.each(requests)('a connection refused for %s', (_what, text) => {
  it.each(goesOn)('is given back when the other side %s', async (_how, begin) => {
    const socket = await refused(text.replace('TOKEN', await facade.system(sample.ward)));
    const stop = begin(socket);
    try {
      await waitFor('no connection', async () => (await open()) === 0, 15_000);
    } finally {
      stop();
      socket.destroy();
    }
    expect(await open()).toBe(0);
  });
});

it('is listened to for its failure once, however it came to be refused', async () => {
  const listeners = async (refuse: (unread: UnreadRequests, socket: Socket) => void) => {
    const waiting = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => void waiting.listen(0, '127.0.0.1', resolve));
    const taken = new Promise<Socket>((resolve) => void waiting.once('connection', resolve));
    const client = connect({ port: (waiting.address() as AddressInfo).port, host: '127.0.0.1' });
    const socket = await taken;
    const before = socket.listenerCount('error');
    const allowed = () => Promise.resolve();
    const log = { write: () => undefined } as unknown as RequestLog;
    const unread = new UnreadRequests({ address: allowed, counted: allowed }, log, () => '127.0.0.1');
    refuse(unread, socket);
    const answered = new Promise<void>((resolve) => void client.once('data', () => resolve()));
    await answered;
    const added = socket.listenerCount('error') - before;
    client.destroy();
    socket.destroy();
    await new Promise<void>((resolve) => void waiting.close(() => resolve()));
    return added;
  };
  const error = { code: 'HPE_INVALID_METHOD' };
  expect(await listeners((unread, socket) => unread.answer(error, socket))).toBe(1);
  expect(await listeners((unread, socket) => unread.end(socket, causeOf(error)))).toBe(1);
});
