import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { LookupUnavailable } from '../../../src/messaging/contracts/facts.js';
import type { Address } from '../health.js';
import { readRequestBody } from '../http-body.js';
import { listen } from '../listen.js';
import { errorCode } from '../log-text.js';
import { lookupPaths, readQuestion, type Lookups, type LookupQuestion } from './lookup-messages.js';

export type LookupServerOptions = {
  readonly host: string;
  readonly port: number;
  /** At least 32 characters; the hub's `HttpPersonLookup` and `HttpListingLookup` carry the same. */
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
    const body = await readRequestBody(request, largestQuestion);
    if (body === undefined) return send(413, { code: 'too-large', retryable: false });
    const question = readQuestion(parseJson(body));
    if (!question) return send(400, { code: 'not-a-question', retryable: false });
    return send(200, { facts: await ask(question) });
  } catch (error) {
    const known = error instanceof LookupUnavailable;
    if (!known) logger.error({ error: errorCode(error) }, 'a lookup failed');
    if (response.headersSent) return void response.destroy();
    return send(503, { code: known ? error.code : 'failed', retryable: known ? error.retryable : true });
  }
}

function operation(
  url: string | undefined,
  { persons, listings }: Lookups,
): ((question: LookupQuestion) => Promise<readonly unknown[]>) | undefined {
  if (url === lookupPaths.persons && persons) return (question) => persons.lookUp(question.persons);
  if (url === lookupPaths.listings && listings)
    return (question) => Promise.all(question.persons.map((person) => listings.lookUp(person)));
  return undefined;
}

function authorised(request: IncomingMessage, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${secret}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
