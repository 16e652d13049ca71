import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import type { DemoIssuer } from '../../src/access/demo-issuer.js';
import type { Player } from '../../src/demo/cast.js';
import { mayHidePersonalNumber } from '../../src/messaging/contracts/personal-number-shape.js';
import type { Ledger, TakenStep } from './ledger.js';
import type { Random } from './random.js';

export type Request = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the FHIR base. */
  readonly path: string;
  readonly body?: object | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
};

type Answer = { readonly status: number; readonly body: FhirResource | undefined };

const answerLimitMs = 10_000;
const pauseMs = 150;
const hangUps = 0.15;

/**
 * A system that does not give up: every request is sent again unchanged, to the next hub process, until it gets a final
 * answer, which is a success or a refusal that says why. A lost connection, a 5xx and "still being worked on" are none.
 */
export class PersistentClient {
  readonly #tokens = new Map<Player, Promise<string>>();
  #next = 0;

  constructor(
    private readonly bases: readonly string[],
    private readonly issuer: DemoIssuer,
    private readonly ledger: Ledger,
    private readonly gaveUp: AbortSignal,
    /** Absent: a client that never hangs up. */
    private readonly random?: Random,
  ) {}

  /** Takes a step with an Idempotency-Key and writes down what it came to. `expected`: the event it makes; see TakenStep. */
  async step(
    player: Player,
    what: string,
    request: Request,
    expected: string | undefined,
  ): Promise<TakenStep> {
    const attempts: string[] = [];
    const headers = { ...request.headers, 'Idempotency-Key': randomUUID() };
    const { status, body } = await this.#untilFinal(player, { ...request, headers }, attempts);
    const refused = status >= 400;
    const step = {
      what,
      player,
      expected,
      attempts,
      status,
      codes: refused ? codesOf(body) : [],
      answer: refused ? undefined : body,
    };
    this.ledger.steps.push(step);
    if (refused && expected !== undefined)
      throw new Error(`${what} was refused: ${status} ${step.codes.join()}`);
    return step;
  }

  async read(player: Player, path: string): Promise<Answer> {
    return this.#untilFinal(player, { method: 'GET', path }, []);
  }

  async search<Resource extends FhirResource>(
    player: Player,
    type: Resource['resourceType'],
    parameters: Readonly<Record<string, string>>,
  ): Promise<Resource[]> {
    const body = new URLSearchParams(parameters);
    const { status, body: found } = await this.#untilFinal(
      player,
      { method: 'POST', path: `${type}/_search`, body },
      [],
    );
    if (status !== 200)
      throw new Error(`a search for ${type} was answered ${status} ${codesOf(found).join()}`);
    return ((found as Bundle<Resource>).entry ?? []).flatMap(({ resource }) => resource ?? []);
  }

  /** Searches until something is found: facts come in asynchronously. */
  async eventually<Resource extends FhirResource>(
    player: Player,
    type: Resource['resourceType'],
    parameters: Readonly<Record<string, string>>,
  ): Promise<Resource> {
    for (;;) {
      const [found] = await this.search<Resource>(player, type, parameters);
      if (found !== undefined) return found;
      await this.#pause(`no ${type} came to be seen`);
    }
  }

  async #untilFinal(player: Player, request: Request, attempts: string[]): Promise<Answer> {
    for (;;) {
      const id = keptRequestId();
      attempts.push(id);
      try {
        const answer = await this.#send(player, request, id);
        if (answer.status < 300) this.ledger.answered.push(id);
        if (isFinal(answer)) return answer;
      } catch {
        // The connection was lost or the answer did not come: nobody knows what became of it, so the same again.
      }
      await this.#pause(`${request.method} ${request.path} got no final answer`);
    }
  }

  async #pause(what: string): Promise<void> {
    if (this.gaveUp.aborted) throw new Error(`${what} in the time of this test`);
    await wait(pauseMs);
  }

  async #send(player: Player, { method, path, body, headers }: Request, id: string): Promise<Answer> {
    const base = this.bases[this.#next++ % this.bases.length];
    const form = body instanceof URLSearchParams;
    const response = await fetch(`${base}/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await this.#token(player)}`,
        Accept: 'application/fhir+json',
        'X-Request-ID': id,
        ...(form || body === undefined ? {} : { 'Content-Type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.#patienceMs()),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : (JSON.parse(text) as FhirResource),
    };
  }

  /** Now and then a client hangs up while the hub is at work, and never learns what became of its request. */
  #patienceMs(): number {
    return this.random?.chance(hangUps) ? this.random.between(1, 60) : answerLimitMs;
  }

  #token(player: Player): Promise<string> {
    const known = this.#tokens.get(player) ?? this.issuer.userToken({ user: player.user, unit: player.unit });
    this.#tokens.set(player, known);
    return known;
  }
}

/**
 * An id that the hub takes over. One in ten thousand made by chance may hide a personal number; the hub gives such a request an id of
 * its own, and of a request whose answer was lost nobody would know which.
 */
function keptRequestId(): string {
  for (;;) {
    const id = randomUUID();
    if (!mayHidePersonalNumber(id)) return id;
  }
}

function isFinal({ status, body }: Answer): boolean {
  return status < 500 && status !== 429 && !codesOf(body).includes('key-under-way');
}

function codesOf(body: FhirResource | undefined): readonly string[] {
  if (body?.resourceType !== 'OperationOutcome') return [];
  return body.issue.flatMap(({ details }) => (details?.coding ?? []).map(({ code }) => code ?? ''));
}
