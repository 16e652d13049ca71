import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { FhirError } from '../fhir-error.js';
import { fault, operationOutcome } from '../outcome.js';
import type { AddressOf } from './client-address.js';
import type { RequestLimits } from './limits.js';
import type { RequestLog } from './request-log.js';
import { requestId, requestHeaders } from './request-id.js';
import { causeOf, methodOfNoAddress } from './unread-cause.js';
import type { UnreadError } from './unread-cause.js';

/** So long the other side has to take its answer and go. */
const longestGoodbyeMs = 2_000;

type UnderWay = { readonly request: IncomingMessage; readonly response: ServerResponse };

/**
 * Answers what never becomes a request of Fastify, or stops being one: what Node cannot read, a body that breaks off in the middle, `CONNECT`,
 * connections that are too many. Says it as an OperationOutcome, repeats nothing, and ends the connection; counts it for its address and writes
 * it down as every other request.
 */
export class UnreadRequests {
  readonly #latest = new WeakMap<object, UnderWay>();
  readonly #refused = new WeakSet<Socket>();

  constructor(
    private readonly limits: Pick<RequestLimits, 'address' | 'counted'>,
    private readonly log: RequestLog,
    private readonly addressOf: AddressOf,
  ) {}

  /** Follows the requests of a server, and takes over those that Node would answer itself. */
  follow(server: Server): void {
    server.prependListener('request', (request, response) =>
      this.#latest.set(request.socket, { request, response }),
    );
    server.on('connect', (request: IncomingMessage, socket: Socket) =>
      this.#count(socket, methodOfNoAddress(), request),
    );
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  }

  /** Node gave up what came over a socket. */
  answer(error: UnreadError, socket: Socket): void {
    if (this.#refused.has(socket)) return;
    // The other side is gone: nobody is there to be answered.
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const latest = this.#latest.get(socket);
    if (latest?.request.complete === false)
      return orGone(socket, this.#endInBody(latest, causeOf(error), socket));
    if (latest === undefined || latest.response.writableFinished) {
      if (error.code === 'HPE_CLOSED_CONNECTION') return socket.destroySoon();
      return this.#count(socket, causeOf(error));
    }
    // The answer to what came before is not to be broken into.
    this.#refused.add(socket);
    latest.response.once('close', () => {
      this.#refused.delete(socket);
      this.answer(error, socket);
    });
  }

  /** Ends a connection with a fault, and writes it down. */
  end(socket: Socket, answer: FhirError, request?: IncomingMessage, started = performance.now()): void {
    this.#take(socket);
    letGo(socket);
    const id = request === undefined ? randomUUID() : requestId(request);
    const body = JSON.stringify(operationOutcome(answer.issues));
    const lines = Object.entries(headersOf(answer, body, id)).map(([name, value]) => `${name}: ${value}\r\n`);
    const { status } = answer;
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
    const method = request?.method ?? 'none';
    this.log.write({
      requestId: id,
      method,
      route: 'none',
      status,
      milliseconds: performance.now() - started,
    });
  }

  /** Nobody else listens any more, and a socket that fails unheard ends the process. */
  #take(socket: Socket): void {
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    socket.on('error', () => socket.destroy());
  }

  /** A fault that no request has counted for yet. */
  #count(socket: Socket, answer: FhirError, request?: IncomingMessage): void {
    const started = performance.now();
    this.#take(socket);
    const allowed = this.limits.address(this.addressOf(request ?? { socket, headers: {} }));
    const ended = unlessTooMany(allowed, answer).then((counted) =>
      this.end(socket, counted, request, started),
    );
    orGone(socket, ended);
  }

  /** The request was handed on, counted and will be written down; only its body breaks off. */
  async #endInBody({ request, response }: UnderWay, cause: FhirError, socket: Socket): Promise<void> {
    this.#refused.add(socket);
    const answer = await unlessTooMany(this.limits.counted(this.addressOf(request)), cause);
    if (!response.headersSent) {
      const body = JSON.stringify(operationOutcome(answer.issues));
      response
        .writeHead(answer.status, headersOf(answer, body, requestId(request)))
        .end(request.method === 'HEAD' ? undefined : body);
    }
    letGo(socket);
    if (response.writableFinished) socket.destroySoon();
    else response.once('close', () => socket.destroySoon());
  }
}

/**
 * A refused connection is open no longer than its answer needs, whatever the other side does: after `CONNECT` Node reads nothing of it
 * and watches no time, and what comes after a refusal is not looked at.
 */
function letGo(socket: Socket): void {
  socket.resume();
  const last = setTimeout(() => socket.destroy(), longestGoodbyeMs).unref();
  socket.once('close', () => clearTimeout(last));
}

/** A connection whose ending fails ends all the same. */
const orGone = (socket: Socket, ending: Promise<void>): void => void ending.catch(() => socket.destroy());

/** The answer, or 429 in its place. */
const unlessTooMany = (allowed: Promise<void>, answer: FhirError): Promise<FhirError> =>
  allowed.then(
    () => answer,
    (error: unknown) => (error instanceof FhirError ? error : fault('unavailable')),
  );

const headersOf = (answer: FhirError, body: string, id: string): Readonly<Record<string, string>> => ({
  'Content-Type': 'application/fhir+json; charset=utf-8',
  'Content-Length': String(Buffer.byteLength(body)),
  ...requestHeaders(id),
  ...answer.headers,
  Connection: 'close',
});
