import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { answerHalfClosed } from '../../../src/wire/half-closed.js';
import { LookupUnavailable } from '../../../src/messaging/contracts/lookups.js';
import { textOf } from '../../../src/wire/text.js';
import type { Address } from '../health.js';
import { readRequestBytes } from '../http-body.js';
import { listen } from '../listen.js';
import { errorCode } from '../log-text.js';
import { lookupPaths, readQuestion, readStaffQuestion, type Lookups } from './lookup-messages.js';

export type LookupServerOptions = {
  readonly host: string;
  readonly port: number;
  /** At least 32 characters; the hub's clients (lookup-client.ts) carry the same. */
  readonly secret: string;
  readonly lookups: Lookups;
  readonly logger: Logger;
};

const largestQuestion = 256 * 1024;

/**
 * Serves the lookups of register connectors to a hub in another process.
 * @throws Error when the secret is too short or the address is taken.
 */
export async function startLookupServer(
  options: LookupServerOptions,
): Promise<{ readonly address: Address; stop(): Promise<void> }> {
  if (options.secret.length < 32) throw new Error('The secret of the lookups needs at least 32 characters.');
  const server = createServer((request, response) => {
    void handle(request, response, options);
  });
  answerHalfClosed(server);
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  const address = await listen(server, options.host, options.port);
  return {
    address,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { secret, lookups, logger }: LookupServerOptions,
): Promise<void> {
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  try {
    if (!authorised(request, secret)) return send(401, { code: 'unauthorised', retryable: false });
    const ask = request.method === 'POST' ? operation(request.url, lookups) : undefined;
    if (!ask) return send(404, { code: 'not-found', retryable: false });
    const body = await readRequestBytes(request, largestQuestion);
    if (body === undefined) return send(413, { code: 'too-large', retryable: false });
    const answer = ask(parseJson(body, request.headers['content-type']));
    if (!answer) return send(400, { code: 'not-a-question', retryable: false });
    return send(200, { facts: await answer });
  } catch (error) {
    const known = error instanceof LookupUnavailable;
    if (!known) logger.error({ error: errorCode(error) }, 'a lookup failed');
    if (response.headersSent) return void response.destroy();
    return send(503, { code: known ? error.code : 'failed', retryable: known ? error.retryable : true });
  }
}

/** What answers at a path; it gives undefined for what is not a question. */
function operation(
  url: string | undefined,
  { persons, listings, staff }: Lookups,
): ((body: unknown) => Promise<readonly unknown[]> | undefined) | undefined {
  const asked = <Question>(
    read: (body: unknown) => Question | undefined,
    answer: (question: Question) => Promise<readonly unknown[]>,
  ) => {
    return (body: unknown) => {
      const question = read(body);
      return question && answer(question);
    };
  };
  if (url === lookupPaths.persons && persons)
    return asked(readQuestion, (question) => persons.lookUp(question.persons));
  if (url === lookupPaths.listings && listings)
    return asked(readQuestion, (question) =>
      Promise.all(question.persons.map((one) => listings.lookUp(one))),
    );
  if (url === lookupPaths.staff && staff)
    return asked(readStaffQuestion, async ({ practitioner }) => [await staff.practitioner(practitioner)]);
  return undefined;
}

function authorised(request: IncomingMessage, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${secret}`));
}

function parseJson(body: Buffer, contentType: string | undefined): unknown {
  try {
    return JSON.parse(textOf(body, contentType));
  } catch {
    return undefined;
  }
}
