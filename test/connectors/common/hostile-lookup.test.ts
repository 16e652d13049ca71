import { createServer, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { HttpPersonLookup } from '../../../connectors/common/lookup/lookup-client.js';
import { listen } from '../../../connectors/common/listen.js';
import { number } from './support.js';

/** What answers as a lookup of another process and is none, or is one that went wrong: the hub asks it, and must bear it. */

const secret = 'a shared secret of thirty-two characters';
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    }),
  );
});

async function askedOf(answer: (response: ServerResponse, path: string) => void): Promise<object> {
  const server = createServer((request, response) => answer(response, request.url ?? ''));
  servers.push(server);
  const { port } = await listen(server, '127.0.0.1', 0);
  const lookup = new HttpPersonLookup({
    url: `http://127.0.0.1:${port}`,
    secret,
    timeoutMilliseconds: 60_000,
  });
  return lookup.lookUp([{ type: 'personnummer', value: number }]).catch((error: unknown) => error as object);
}

it('an answer that never ends is given up once it is larger than any answer is', async () => {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const endless = (response: ServerResponse): void => {
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  };
  expect(await askedOf(endless)).toMatchObject({ code: 'too-large', retryable: true });
}, 90_000);

it('a small answer that unpacks to a large one is not unpacked further than that', async () => {
  const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
  const answer = await askedOf((response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed),
  );
  expect(answer).toMatchObject({ code: 'too-large', retryable: true });
}, 90_000);

it('a question is not sent on to where an answer points', async () => {
  const paths: string[] = [];
  const answer = await askedOf((response, path) => {
    paths.push(path);
    response.writeHead(307, { Location: '/elsewhere' }).end();
  });
  expect(answer).toMatchObject({ code: 'connection' });
  expect(paths).toEqual(['/lookups/persons']);
});

it.each([`${number} Andersson`, number, `A${number}`, 'x'.repeat(100), 'två ord'])(
  'a code that is none becomes no cause of a dead letter, for it may hold anything: %s',
  async (code) => {
    const body = JSON.stringify({ code, retryable: true });
    expect(await askedOf((response) => response.writeHead(503).end(body))).toMatchObject({
      code: 'http-503',
      retryable: true,
    });
  },
);
