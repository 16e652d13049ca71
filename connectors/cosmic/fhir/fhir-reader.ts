import { setMaxListeners } from 'node:events';
import { Client } from 'fhir-kit-client';
import { onceMore } from '../../../src/wire/once-more.js';
import { forLog } from '../../common/log-text.js';
import type { RateLimiter } from '../../common/rate-limiter.js';
import { backOff } from '../../common/back-off.js';
import { delay } from '../../common/delay.js';
import type { ClientTls } from '../../common/tls.js';
import { answerBounds } from '../../common/answer-bounds.js';
import { AccessTokens, type ClientCredentials } from './access-token.js';
import { asItIs, createConnections, type Connections } from './connections.js';
import { isBounded } from './bounds.js';
import { connectionFailure, FhirFailure, isPassing, readRetryAfter } from './failure.js';
import { isWithin } from './own-paths.js';
import { readBundle, type SearchPage } from './resources.js';

export type FhirReaderOptions = {
  /** The FHIR base, without a slash at the end. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly credentials: ClientCredentials;
  readonly scope?: string;
  readonly tls?: ClientTls;
  /** For one answer. */
  readonly timeoutMilliseconds: number;
  /** Default 32 MiB. */
  readonly largestAnswerBytes?: number;
  readonly limiter: RateLimiter;
  /** Of the first wait when the server fails; it doubles with each. Default 500. */
  readonly firstBackOffMilliseconds?: number;
  readonly clock: () => Date;
};

/** What a search or read is asked with: FHIR's parameters; a list is the parameter repeated. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** How long one request may take, and over which connections it goes. */
type Limits = NonNullable<Parameters<Client['read']>[0]['options']>;
/** Sends a request that may be repeated; all that is sent here only reads. */
type Send = (options: Limits) => Promise<unknown>;

/** A resource that is not there: never was, or was deleted. */
type Gone = { readonly gone: true };

const { bytes: largestAnswerBytes, pages: mostPages } = answerBounds.cosmic;
const mostAttempts = 4;
/** A server that asks for a longer wait is left alone by failing; the loop comes back. */
const longestWaitMilliseconds = 60_000;

/**
 * Reads a FHIR R4 server: one request at a time, within its rate, with a token; what passes (429, 5xx, a broken connection) is
 * asked again a few times with back-off, a 401 once with a new token.
 */
export class FhirReader {
  private readonly connections: Connections;
  private readonly client: Client;
  private readonly tokens: AccessTokens;
  private readonly ending = new AbortController();

  constructor(private readonly options: FhirReaderOptions) {
    setMaxListeners(0, this.ending.signal);
    this.connections = createConnections(
      options.tls,
      options.largestAnswerBytes ?? largestAnswerBytes,
      options,
    );
    this.client = new Client({
      baseUrl: options.url,
      customHeaders: asItIs,
      // A redirect would carry the token to wherever it points.
      requestOptions: { redirect: 'error' },
    });
    const { tokenUrl, credentials, scope, timeoutMilliseconds, clock } = options;
    this.tokens = new AccessTokens({
      url: tokenUrl,
      credentials,
      connections: this.connections,
      timeoutMilliseconds,
      clock,
      ...(scope !== undefined && { scope }),
    });
  }

  /**
   * The pages of a search, following `next` as the server gives it.
   * @throws FhirFailure; `page-gone` when the server no longer knows a page, which a new search mends.
   */
  async *pages(resourceType: string, query: Query): AsyncGenerator<SearchPage> {
    const searchParams = Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    );
    let page = await this.page((options) => this.client.search({ resourceType, searchParams, options }));
    const read = new Set<string>();
    for (;;) {
      yield page;
      const { next } = page;
      if (next === undefined) return;
      const url = this.within(next);
      if (read.has(url) || read.size >= mostPages) throw new FhirFailure('too-many-pages', 'theirs');
      read.add(url);
      page = await this.page((options) => this.client.request(url, { options }), true);
    }
  }

  /** One resource as it is now. @throws FhirFailure */
  async read(resourceType: string, id: string): Promise<{ readonly resource: unknown } | Gone> {
    // A personal number used as an id would stand in the URL; a search by POST carries it in the body.
    if (forLog(id) !== id) return this.readByBody(resourceType, id);
    try {
      const { body } = await this.ask((options) => this.client.read({ resourceType, id, options }));
      return { resource: body };
    } catch (error) {
      if (error instanceof NotThere) return { gone: true };
      throw error;
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.ending.abort();
    await Promise.all([this.connections.kept.destroy(), this.connections.fresh.destroy()]);
  }

  private async readByBody(resourceType: string, id: string): Promise<{ readonly resource: unknown } | Gone> {
    const page = await this.page((options) =>
      this.client.search({
        resourceType,
        searchParams: { _id: id },
        options: { ...options, postSearch: true },
      }),
    );
    const found = page.resources.find((each) => each.resourceType === resourceType && each.id === id);
    return found === undefined ? { gone: true } : { resource: found };
  }

  private async page(send: Send, following = false): Promise<SearchPage> {
    try {
      const { body, serverTime } = await this.ask(send);
      const page = readBundle(body);
      if (!page) throw new FhirFailure('not-fhir', 'theirs');
      return { ...page, ...(serverTime && { serverTime }) };
    } catch (error) {
      if (following && error instanceof FhirFailure && error.code.startsWith('http-4'))
        throw new FhirFailure('page-gone', 'passing');
      throw error;
    }
  }

  /** Sends until an answer comes that is worth something, a few times at most. */
  private async ask(send: Send): Promise<{ readonly body: unknown; readonly serverTime?: Date }> {
    let renewed = false;
    for (let attempt = 0; ;) {
      await this.options.limiter.turn(this.ending.signal);
      let token: string | undefined;
      try {
        token = await this.tokens.current();
        this.client.bearerToken = token;
        const body = await onceMore((fresh) => send(this.limits(fresh)));
        if (!isBounded(body)) throw new FhirFailure('too-many-parts', 'theirs');
        const date = Date.parse(Client.httpFor(body as never).response?.headers.get('date') ?? '');
        return { body, ...(!Number.isNaN(date) && { serverTime: new Date(date) }) };
      } catch (error) {
        if (this.ending.signal.aborted) throw new FhirFailure('stopped', 'passing');
        const failure = this.failureOf(error);
        if (failure.code === 'http-401' && token !== undefined && !renewed) {
          renewed = true;
          this.tokens.refused(token);
          continue;
        }
        attempt += 1;
        const wait = Math.max(
          failure.retryAfterMilliseconds ?? 0,
          backOff(attempt - 1, this.options.firstBackOffMilliseconds ?? 500, longestWaitMilliseconds),
        );
        if (failure.blame !== 'passing' || attempt >= mostAttempts || wait > longestWaitMilliseconds)
          throw failure;
        await delay(wait, this.ending.signal);
      }
    }
  }

  private failureOf(error: unknown): FhirFailure {
    if (error instanceof FhirFailure) return error;
    const answer = Object(error) as Partial<HttpError> & { readonly name?: unknown };
    if (answer.response && answer.config) {
      const { status, data } = answer.response;
      if (status < 400) return new FhirFailure('not-json', 'passing');
      if (status === 410 || (status === 404 && isOutcome(data)))
        return new NotThere(`http-${status}`, 'ours');
      const wait = readRetryAfter(answer.config.headers.get('retry-after'), this.options.clock());
      return new FhirFailure(`http-${status}`, isPassing(status) ? 'passing' : 'ours', wait);
    }
    return answer.name === 'TimeoutError' ? new FhirFailure('timeout', 'passing') : connectionFailure(error);
  }

  /** A page of another server, or of another part of this one, is not asked for: the token is for the FHIR base alone. */
  private within(link: string): string {
    const base = new URL(`${this.options.url}/`);
    const url = URL.parse(link, base.href);
    // What is written counts too: dots that parsing takes away may be meant for a server between.
    const asWritten = URL.canParse(link) ? link : (url?.href ?? '');
    if (url === null || !isWithin(this.options.url, asWritten))
      throw new FhirFailure('link-elsewhere', 'theirs');
    return url.href;
  }

  private limits(fresh: boolean): Limits {
    const timeout = AbortSignal.timeout(this.options.timeoutMilliseconds);
    return {
      signal: AbortSignal.any([timeout, this.ending.signal]),
      // The same by two declarations of its type, the package's and Node's.
      dispatcher: (fresh ? this.connections.fresh : this.connections.kept) as unknown as NonNullable<
        Limits['dispatcher']
      >,
    };
  }
}

/** FHIR itself says that the resource is not there; the 404 of a gateway, without an OperationOutcome, says no such thing. */
class NotThere extends FhirFailure {}

/** What fhir-kit-client throws for an answer that is no success or no JSON. */
type HttpError = {
  readonly response: { readonly status: number; readonly data: unknown };
  readonly config: { readonly headers: Headers };
};

function isOutcome(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'resourceType' in data &&
    data.resourceType === 'OperationOutcome'
  );
}
