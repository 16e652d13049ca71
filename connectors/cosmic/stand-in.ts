import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { answerHalfClosed } from '../../src/wire/half-closed.js';
import type { Address } from '../common/health.js';
import { readRequestBody } from '../common/http-body.js';
import { listen } from '../common/listen.js';
import { errorCode } from '../common/log-text.js';
import { DataFile } from '../common/stand-in/data-file.js';
import { RequestedFaults } from '../common/stand-in/faults.js';
import { requireLoopback } from '../common/stand-in/loopback.js';
import { readResource, readStandInFile, type StandInResource } from './stand-in/file.js';
import { HeldResources } from './stand-in/resources.js';
import { searchPage } from './stand-in/search-page.js';
import { IssuedTokens } from './stand-in/token-endpoint.js';

export type CosmicStandInOptions = {
  /** Loopback only. */
  readonly host: string;
  readonly port: number;
  /** The JSON file with clients and resources (README.md). */
  readonly file: string;
  readonly logger: Logger;
  /** Default 300. */
  readonly tokenSeconds?: number;
};

/** What the server can be asked to do wrong; README.md says what each is. */
export const standInFaults = [
  'too-many',
  'error',
  'slow',
  'silent',
  'close',
  'truncated',
  'forbidden',
  'token-revoked',
  'page-gone',
  'moving-pages',
  'twice',
  'stale',
] as const;
export type StandInFault = (typeof standInFaults)[number];

export type CosmicStandIn = {
  readonly address: Address;
  /** The FHIR base. */
  readonly url: string;
  readonly tokenUrl: string;
  /** Paths and queries asked for so far, without the base. */
  readonly asked: readonly string[];
  tokens(): number;
  put(resource: StandInResource): void;
  remove(resourceType: string, id: string): void;
  fault(fault: StandInFault, times: number): void;
  /** From now on answers 403 where a path (`CarePlan`, `CarePlan/1`) is asked for. */
  refuse(path: string): void;
  /** Takes that back. */
  allow(path: string): void;
  /**
   * How wrong its clocks are, in milliseconds: the one that answers and the one that stamps resources; and how coarse the latter is,
   * so that many share a time.
   */
  clock(wrong: { readonly answers?: number; readonly stamps?: number; readonly coarse?: number }): void;
  stop(): Promise<void>;
};

const largestBody = 1024 * 1024;
const slowMilliseconds = 2000;
const base = '/fhir';

/**
 * Plays Cosmic's FHIR R4 server and its token endpoint on loopback, from a file that may be replaced while it runs, and by FHIR
 * writes (PUT and DELETE, for which no token is asked).
 */
export async function startCosmicStandIn(options: CosmicStandInOptions): Promise<CosmicStandIn> {
  requireLoopback(options.host);
  const server = new StandInServer(
    await DataFile.open(options.file, readStandInFile, options.logger),
    options,
  );
  const listening = createServer((request, response) => {
    server.handle(request, response).catch((error: unknown) => {
      options.logger.error({ error: errorCode(error) }, 'the stand-in failed');
      response.destroy();
    });
  });
  answerHalfClosed(listening);
  const address = await listen(listening, options.host, options.port);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  server.origin = `http://${host}:${address.port}`;
  return {
    address,
    url: `${server.origin}${base}`,
    tokenUrl: `${server.origin}/token`,
    asked: server.asked,
    tokens: () => server.tokens.issued,
    put: (resource) => void server.resources.put(resource),
    remove: (resourceType, id) => void server.resources.remove(resourceType, id),
    fault: (fault, times) => server.faults.set(fault, times),
    refuse: (path) => void server.refused.add(path),
    allow: (path) => void server.refused.delete(path),
    clock: (wrong) => server.setClock(wrong),
    stop: () =>
      new Promise((resolve) => {
        listening.close(() => resolve());
        listening.closeAllConnections();
      }),
  };
}

class StandInServer {
  readonly faults = new RequestedFaults();
  readonly tokens: IssuedTokens;
  readonly asked: string[] = [];
  readonly refused = new Set<string>();
  origin = '';
  private wrong = { answers: 0, stamps: 0, coarse: 1 };
  readonly resources = new HeldResources(() => {
    const { stamps, coarse } = this.wrong;
    return new Date(Math.floor((Date.now() + stamps) / coarse) * coarse);
  });

  constructor(
    private readonly file: DataFile<ReturnType<typeof readStandInFile>>,
    { tokenSeconds }: CosmicStandInOptions,
  ) {
    this.tokens = new IssuedTokens(tokenSeconds ?? 300);
  }

  setClock(wrong: Parameters<CosmicStandIn['clock']>[0]): void {
    this.wrong = { ...this.wrong, ...wrong };
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    response.setHeader('Date', new Date(Date.now() + this.wrong.answers).toUTCString());
    const file = await this.file.current();
    this.resources.follow(file);
    const body = await readRequestBody(request, largestBody);
    if (body === undefined) return send(response, 413, outcome('too-long'));
    const url = new URL(request.url ?? '/', this.origin);
    if (url.pathname.startsWith('/stand-in/'))
      return this.control(url.pathname, request.method, body, response);
    if (url.pathname === '/token') {
      const { authorization } = request.headers;
      const answer = await this.tokens.answer(
        new URLSearchParams(body),
        authorization,
        file.clients,
        `${this.origin}/token`,
      );
      return send(response, answer.status, answer.body);
    }
    const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length + 1).split('/') : [];
    const [resourceType = '', id] = path;
    if (path.length === 0 || path.length > 2) return send(response, 404, outcome('not-supported'));
    if (request.method === 'PUT' || request.method === 'DELETE')
      return this.write(request.method, resourceType, id ?? '', body, response);
    return this.read(request, url, resourceType, id, body, response);
  }

  private async read(
    request: IncomingMessage,
    url: URL,
    resourceType: string,
    id: string | undefined,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    this.asked.push(`${resourceType}${id === undefined ? '' : `/${id}`}${url.search}`);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!this.tokens.isValid(token)) return send(response, 401, outcome('login'));
    if (this.refused.has(id === undefined ? resourceType : `${resourceType}/${id}`))
      return send(response, 403, outcome('forbidden'));
    const fault = this.faults.take();
    if (await this.playFault(fault, response)) return undefined;
    const byBody = request.method === 'POST' && id === '_search';
    if (request.method !== 'GET' && !byBody) return send(response, 405, outcome('not-supported'));
    if (id === undefined || byBody) {
      const parameters = byBody ? new URLSearchParams(body) : url.searchParams;
      const following = parameters.has('_offset');
      if (fault === 'page-gone' && following) return send(response, 410, outcome('not-found'));
      if (fault === 'moving-pages' && following) this.moveOne(resourceType, parameters);
      const page = searchPage(this.resources, `${this.origin}${base}`, resourceType, parameters, fault);
      return page ? send(response, 200, page, fault) : send(response, 400, outcome('not-supported'));
    }
    const held = this.resources.get(resourceType, id);
    if (!held) return send(response, 404, outcome('not-found'));
    if (held.deleted) return send(response, 410, outcome('deleted'));
    return send(response, 200, held.resource, fault);
  }

  private write(
    method: 'PUT' | 'DELETE',
    resourceType: string,
    id: string,
    body: string,
    response: ServerResponse,
  ): void {
    if (method === 'DELETE') {
      this.resources.remove(resourceType, id);
      return void response.writeHead(204).end();
    }
    const resource = readResource(parsed(body));
    if (resource?.resourceType !== resourceType || resource.id !== id)
      return send(response, 400, outcome('invalid'));
    const held = this.resources.put(resource);
    return send(response, held.version === 1 ? 201 : 200, held.resource);
  }

  /** Somebody changes something on a page that was read already, so that what comes after moves up. */
  private moveOne(resourceType: string, parameters: URLSearchParams): void {
    const [first] = this.resources.search(resourceType, parameters) ?? [];
    if (first) this.resources.put(first.resource);
  }

  /** True when it has answered, or will not. */
  private async playFault(fault: string | undefined, response: ServerResponse): Promise<boolean> {
    if (fault === 'too-many') {
      response.setHeader('Retry-After', '1');
      send(response, 429, outcome('throttled'));
    } else if (fault === 'error') send(response, 500, outcome('exception'));
    else if (fault === 'forbidden') send(response, 403, outcome('forbidden'));
    else if (fault === 'close') response.destroy();
    else if (fault === 'token-revoked') {
      this.tokens.revoke();
      send(response, 401, outcome('login'));
    } else if (fault === 'slow') {
      await new Promise((resolve) => setTimeout(resolve, slowMilliseconds));
      return false;
    } else return fault === 'silent';
    return true;
  }

  private control(path: string, method: string | undefined, body: string, response: ServerResponse): void {
    const asked = Object(parsed(body)) as {
      fault?: unknown;
      times?: unknown;
      answers?: unknown;
      stamps?: unknown;
    };
    const { fault, times = 1, answers = 0, stamps = 0 } = asked;
    if (path === '/stand-in/faults' && method === 'DELETE') this.faults.clear();
    else if (
      path === '/stand-in/faults' &&
      standInFaults.some((each) => each === fault) &&
      Number.isInteger(times)
    )
      this.faults.set(String(fault), Number(times));
    else if (path === '/stand-in/clock' && typeof answers === 'number' && typeof stamps === 'number')
      this.setClock({ answers: answers * 1000, stamps: stamps * 1000 });
    else return void response.writeHead(400).end('{"fault": …, "times": …} or {"answers": …, "stamps": …}\n');
    response.writeHead(204).end();
  }
}

function send(response: ServerResponse, status: number, body: unknown, fault?: string): void {
  const text = JSON.stringify(body);
  const sent = fault === 'truncated' ? text.slice(0, text.length / 2) : text;
  response.writeHead(status, { 'Content-Type': 'application/fhir+json; charset=utf-8' }).end(sent);
}

function outcome(code: string): Readonly<Record<string, unknown>> {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
