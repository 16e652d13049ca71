import { createServer as createHttpServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { listen } from '../../../connectors/common/listen.js';
import { makeCertificates } from '../../support/certificates.js';
import { waitFor } from '../../support/wait-for.js';
import { cosmicTest, type CosmicTest, type RunningCosmic } from './cosmic-support.js';

/** A Cosmic, or something in its place, that is broken or hostile. */
let at: CosmicTest;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  at = await cosmicTest();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  remove();
  await at.end();
});

const { pem, remove } = await makeCertificates();
const token = '{"access_token":"t","expires_in":60}';
const empty = '{"resourceType":"Bundle","type":"searchset"}';
const mebibyte = 1024 * 1024;

type Answers = {
  readonly token?: (response: ServerResponse) => void;
  readonly fhir?: (response: ServerResponse) => void;
  readonly asked?: (headers: Readonly<Record<string, unknown>>) => void;
};

/** Starts a connector to a server that answers so; over TLS when `tls` is given. */
async function against(answers: Answers, tls?: ServerOptions, client?: object): Promise<RunningCosmic> {
  const handle: RequestListener = (request, response) => {
    request.resume();
    answers.asked?.(request.headers);
    const answer = request.url === '/token' ? answers.token : answers.fhir;
    if (answer) answer(response);
    else response.end(request.url === '/token' ? token : empty);
  };
  const server = tls ? createHttpsServer(tls, handle) : createHttpServer(handle);
  const { port } = await listen(server, '127.0.0.1', 0);
  const origin = `http${tls ? 's' : ''}://127.0.0.1:${port}`;
  const cosmic = await at.start({ url: `${origin}/fhir`, tokenUrl: `${origin}/token`, ...client });
  ends.push(
    () => cosmic.end(),
    () => {
      server.close();
      server.closeAllConnections();
    },
  );
  return cosmic;
}

/** What health says after a poll; the connector is ended. */
async function healthAfterPoll(cosmic: RunningCosmic): Promise<string> {
  // The database gives the lock of one that ended to the next in a moment.
  await waitFor('a poll', () => cosmic.pollNow().catch(() => true));
  const { status, why } = await cosmic.health();
  await cosmic.end();
  return [status, why].join(' ').trim();
}
const failed = (code: string): string => `down the poll failed: ${code}`;

describe('an answer that is packed', () => {
  const bomb = Buffer.alloc(64 * mebibyte, ' ');
  const packed = { gzip: gzipSync(bomb), deflate: deflateSync(bomb), br: brotliCompressSync(bomb) };

  it.each(Object.keys(packed) as (keyof typeof packed)[])(
    'by %s, small as sent and huge when unpacked, is refused and not unpacked: from the server and from the token endpoint',
    async (encoding) => {
      const send = (response: ServerResponse): void =>
        void response.writeHead(200, { 'Content-Encoding': encoding }).end(packed[encoding]);
      const before = process.memoryUsage().rss;
      expect(await healthAfterPoll(await against({ fhir: send }))).toBe(failed('packed'));
      expect(await healthAfterPoll(await against({ token: send }))).toBe(failed('token-packed'));
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * mebibyte);
    },
  );

  it('is not asked for', async () => {
    const asked = new Set<unknown>();
    const cosmic = await against({ asked: (headers) => asked.add(headers['accept-encoding']) });
    expect(await healthAfterPoll(cosmic)).toBe('up');
    expect([...asked]).toEqual(['identity']);
  });

  it('by nothing (identity) is taken', async () => {
    const send = (response: ServerResponse): void =>
      void response.writeHead(200, { 'Content-Encoding': 'identity' }).end(empty);
    const cosmic = await against({ fhir: send });
    expect(await healthAfterPoll(cosmic)).toBe('up');
  });
});

describe('an answer larger than 8 MiB', () => {
  it('is refused with that as the cause, without end or with a length', async () => {
    const endless = (response: ServerResponse): void => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(mebibyte, ' '), more);
      };
      more();
    };
    const whole = (response: ServerResponse): void => void response.end(Buffer.alloc(9 * mebibyte, ' '));
    expect(await healthAfterPoll(await against({ fhir: endless }))).toBe(failed('too-large'));
    expect(await healthAfterPoll(await against({ fhir: whole }))).toBe(failed('too-large'));
    expect(await healthAfterPoll(await against({ token: endless }))).toBe(failed('token-too-large'));
  });
});

describe('an answer of more parts than it may have', () => {
  const ones = (bytes: number): string => `[${'1,'.repeat(bytes / 2)}1]`;
  const page = (entry: string): string => `{"resourceType":"Bundle","type":"searchset","entry":${entry}}`;
  const visit = (location: string): string =>
    `[{"resource":{"resourceType":"Encounter","id":"a","status":"in-progress","location":${location}}}]`;

  it.each([
    ['entries', page(ones(7 * mebibyte))],
    ['places in one Encounter', page(visit(ones(7 * mebibyte)))],
    [
      'names that differ',
      page(`[{"resource":{${Array.from({ length: 6_000 }, (_, at) => `"a${at}":1`).join(',')}}}]`),
    ],
    ['parts, none of whose lists is long', page(`[${`${ones(2_000)},`.repeat(700)}1]`)],
  ])('of %s is refused before it is looked at', async (_what, body) => {
    const cosmic = await against({ fhir: (response) => void response.end(body) });
    const before = process.cpuUsage();
    expect(await healthAfterPoll(cosmic)).toBe(failed('too-many-parts'));
    const { user } = process.cpuUsage(before);
    // With the whole way over the wire, in the process that serves it too.
    expect(user / 1_000_000).toBeLessThan(2);
  });
});

it('a refusal of more parts than are parsed is told by its status alone', async () => {
  const body = `{${Array.from({ length: 300_000 }, (_, at) => `"a${at}":1`).join(',')}}`;
  const cosmic = await against({ fhir: (response) => void response.writeHead(403).end(body) });
  expect(await healthAfterPoll(cosmic)).toBe(failed('http-403'));
});

describe('TLS', () => {
  const server = { key: pem('server.key'), cert: pem('server.pem') };
  const mutual = { ...server, ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true };

  it('a server whose authority is configured is read, with the client certificate where one is asked for', async () => {
    const cosmic = await against({}, mutual, {
      tls: { authorities: pem('ca.pem'), certificate: pem('client.pem'), key: pem('client.key') },
    });
    expect(await healthAfterPoll(cosmic)).toBe('up');
  });

  it('one that nobody configured vouches for is not, and health names that as the cause', async () => {
    expect(await healthAfterPoll(await against({}, server))).toBe(failed('token-certificate-not-trusted'));
    expect(await healthAfterPoll(await against({}, server, { tls: { authorities: pem('ca-2.pem') } }))).toBe(
      failed('token-certificate-not-trusted'),
    );
  });

  it('one that asks for a client certificate and gets none closes the connection, and nothing is told', async () => {
    const cosmic = await against({}, mutual, { tls: { authorities: pem('ca.pem') } });
    expect(await healthAfterPoll(cosmic)).toBe('degraded the poll failed: token-connection');
  });
});

describe('a server that asks to be left alone', () => {
  const busy = (retryAfter: string, asked: number[]) => (response: ServerResponse) => {
    asked.push(performance.now());
    response.writeHead(429, { 'Retry-After': retryAfter }).end('{}');
  };

  it('for more than a minute is left alone for so long, and health says until when', async () => {
    const asked: number[] = [];
    const cosmic = await against({ fhir: busy('180', asked) }, undefined, { more: { pollSeconds: 0.05 } });
    const { detail } = await waitFor('the failure', async () => {
      const health = await cosmic.health();
      return health.detail['waitsUntil'] === undefined ? undefined : health;
    });
    const wait = Date.parse(String(detail['waitsUntil'])) - Date.now();
    expect(wait).toBeGreaterThan(120_000);
    expect(wait).toBeLessThanOrEqual(180_000);
    // Forty polls would have been due meanwhile.
    await sleep(2000);
    expect(asked).toHaveLength(1);
    await cosmic.end();
  });

  it('for no time at all is not asked without pause', async () => {
    const asked: number[] = [];
    const cosmic = await against({ fhir: busy('0', asked) }, undefined, {
      more: { pollSeconds: 0.05 },
      firstBackOffMilliseconds: 400,
    });
    await waitFor('four attempts', () => asked.length >= 4);
    // 200, 400 and 800 at least.
    expect((asked[3] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(1300);
    await cosmic.end();
  });
});
