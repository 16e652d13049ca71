import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from '../../../connectors/common/listen.js';
import { httpClients } from './http-clients.js';

/**
 * A connection that was kept open and that something between has dropped meanwhile: who uses it next is told, and asks again over a new
 * one. So no nurse is told that a register does not answer when it does.
 */

let server: Server;
let url: string;
let current: (typeof httpClients)[number];
/** How many requests a connection serves until it is dropped. */
let serves = 1;
let questions = 0;
/** How a connection ends that was dropped on the way: by a balancer that has forgotten it, or by a server that goes. */
const drops: readonly [how: string, drop: (socket: Socket) => unknown][] = [
  ['with a reset', (socket) => socket.resetAndDestroy()],
  ['with an end', (socket) => socket.end()],
  ['half-way through an answer that never began', (socket) => socket.destroy()],
];
let drop = drops[0]?.[1] ?? (() => undefined);
const served = new WeakMap<Socket, number>();

beforeAll(async () => {
  server = createServer((request, response) => {
    questions += 1;
    const before = served.get(request.socket) ?? 0;
    served.set(request.socket, before + 1);
    if (before >= serves) drop(request.socket);
    else
      request.resume().on('end', () => {
        response.writeHead(200, { 'Content-Type': current.type, 'Keep-Alive': 'timeout=60' });
        response.end(current.answer);
      });
  });
  server.on('connection', (socket) => socket.on('error', () => undefined));
  url = `http://127.0.0.1:${(await listen(server, '127.0.0.1', 0)).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  serves = 1;
  questions = 0;
});

describe.each(
  httpClients.flatMap((client) => drops.map(([how, each]) => [client.name, how, client, each] as const)),
)('a question to %s, dropped %s,', (_name, _how, client, each) => {
  beforeEach(() => {
    current = client;
    drop = each;
  });

  it('over a connection that was dropped is asked again over a new one', async () => {
    const asking = client.start(url);
    try {
      const first = await asking.ask();
      for (let again = 0; again < 3; again += 1) expect(await asking.ask()).toEqual(first);
    } finally {
      await asking.stop();
    }
  });

  it('many at a time, each over one that was dropped, are all answered', async () => {
    const asking = client.start(url);
    try {
      const first = await asking.ask();
      await Promise.all(Array.from({ length: 4 }, () => asking.ask()));
      const answers = await Promise.all(Array.from({ length: 4 }, () => asking.ask()));
      expect(answers).toEqual(Array.from({ length: 4 }, () => first));
    } finally {
      await asking.stop();
    }
  });

  it('that is met by resets on new connections too fails after a few, and soon', async () => {
    serves = 0;
    const asking = client.start(url);
    try {
      await expect(asking.ask()).rejects.toMatchObject({
        code: expect.stringMatching(/^(token-)?connection$/),
      });
      // Cosmic is asked four times, each once more; the others once more.
      expect(questions).toBeLessThanOrEqual(8);
    } finally {
      await asking.stop();
    }
  });
});
