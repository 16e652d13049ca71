import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Address } from '../health.js';
import { readRequestBytes, swallow } from '../http-body.js';
import { listen } from '../listen.js';
import { errorCode } from '../log-text.js';
import type { Outcome } from './intake.js';
import { answerHalfClosed } from '../../../src/wire/half-closed.js';

export type HttpReceiverOptions = {
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** What senders show as a bearer token; at least 32 characters. */
  readonly secret: string;
  /** Default 1 MiB. */
  readonly largestMessageBytes?: number;
  /** Messages at work at a time; more are told not now. Default 100. */
  readonly atATime?: number;
  readonly logger: Logger;
  readonly take: (raw: Buffer) => Promise<Outcome>;
};

const path = '/messages';
/** How long answers under way may take when it stops, milliseconds. */
const longestStop = 5_000;
/** What a sender waits before it sends again, seconds. */
const retryAfter = '5';

/**
 * Takes messages as `POST /messages`, one in each request: 200 stored (or stored before, with the very same answer), 422 mend
 * it, 503 send the same again later. TLS is a proxy's; without the secret nothing is read.
 */
export async function startHttpReceiver(
  options: HttpReceiverOptions,
): Promise<{ readonly address: Address; stop(): Promise<void> }> {
  if (options.secret.length < 32) throw new Error('the secret of senders must have at least 32 characters');
  let atWork = 0;
  let stopping = false;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (stopping || atWork >= (options.atATime ?? 100)) return tell(request, response, 503, 'not now');
    atWork += 1;
    try {
      await answer(request, response, options, () => stopping);
    } catch (error) {
      options.logger.info({ error: errorCode(error) }, 'connection lost');
      response.destroy();
    } finally {
      atWork -= 1;
    }
  };
  const server = createServer(
    { requestTimeout: 60_000 },
    (request, response) => void serve(request, response),
  );
  answerHalfClosed(server);
  const address = await listen(server, options.host, options.port);
  return {
    address,
    // Answers under way are sent, and each connection ends with its answer. Whoever has not sent its whole message by then has not
    // been answered either.
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        const cut = setTimeout(() => server.closeAllConnections(), longestStop);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpReceiverOptions,
  stopping: () => boolean,
): Promise<void> {
  const refuse = (status: number, cause: string): Promise<void> => tell(request, response, status, cause);
  if (!shows(request, options.secret)) return refuse(401, 'the secret of senders is required');
  if (request.url !== path) return refuse(404, `messages go to ${path}`);
  if (request.method !== 'POST') return refuse(405, 'messages are sent by POST');
  const raw = await readRequestBytes(request, options.largestMessageBytes ?? 1024 * 1024);
  if (raw === undefined) return refuse(413, 'the message is too large');
  const outcome = await options.take(raw);
  if (stopping()) response.setHeader('Connection', 'close');
  if (outcome.kind === 'refused') return refuse(422, outcome.cause);
  if (outcome.kind === 'not-now') return refuse(503, 'not now');
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(outcome.answer);
}

function shows(request: IncomingMessage, secret: string): boolean {
  const shown = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

async function tell(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  cause: string,
): Promise<void> {
  await swallow(request);
  const headers = {
    'Content-Type': 'application/json',
    ...(status === 422 ? {} : { Connection: 'close' }),
    ...(status === 503 && { 'Retry-After': retryAfter }),
  };
  response.writeHead(status, headers).end(JSON.stringify({ result: 'not taken', cause }));
}
