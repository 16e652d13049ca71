import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Database } from '../../persistence/database.js';
import { delay } from '../transport/delay.js';
import { Pace } from '../transport/pace.js';
import type { Wake } from '../transport/wake.js';
import { withinLimit } from '../transport/within-limit.js';
import { FairShare } from './fair-share.js';
import { bury, claimFacts, markDone, renewClaims, retryLater, type Claim } from './claims.js';
import { ClaimLost, type FactHandler, type Mark } from './fact.js';
import { OpenedFacts } from './opened-facts.js';
import { classifyFailure, PermanentFailure, RetryableFailure, type Failure } from './failure.js';

/** What the workers tell about themselves. No personal data, unless `error` carries some: log its kind, not its text. */
export type InboxEvent =
  | {
      readonly kind: 'done';
      readonly topic: string;
      readonly position: number;
      /** Who told it, a URN. */
      readonly source: string;
      /** What it came to, in the handler's words. */
      readonly outcome: string;
      readonly attempts: number;
      readonly tookMs: number;
    }
  | ({
      readonly kind: 'retry' | 'dead';
      readonly topic: string;
      readonly position: number;
      readonly error: unknown;
    } & Failure)
  | { readonly kind: 'claim-lost'; readonly topic: string; readonly position: number }
  | { readonly kind: 'workers-failed'; readonly error: unknown };

export type WorkersOptions = {
  /** Facts under way at a time in this process. Default 8. */
  readonly concurrency?: number;
  /** Asked before facts are taken up: while it is true no more than a few are under way, with pauses. Default never. */
  readonly givesWay?: () => boolean;
  /** How long a claim holds without a sign of life. Default 30 000 ms. */
  readonly leaseMs?: number;
  /** How long one attempt may take. Default 60 000 ms. */
  readonly attemptLimitMs?: number;
  /** How long a failing fact may hold back its person's later facts, from its first attempt. Default one hour. */
  readonly holdLimitMs?: number;
  /** How soon to look without being woken, up to ten times as seldom while there is nothing. Default 100 ms. */
  readonly pollMs?: number;
  /** Wait before the second attempt, and the longest wait between two. Default 200 and 60 000 ms. */
  readonly backOff?: { readonly firstMs: number; readonly mostMs: number };
  /** Sorts errors that the inbox does not know; undefined: it decides. */
  readonly classify?: (error: unknown) => Failure | undefined;
  readonly now?: () => Date;
  /** What this process opened as it took facts in. Default: nothing. */
  readonly opened?: OpenedFacts;
  readonly onEvent?: (event: InboxEvent) => void;
};

const defaults = {
  concurrency: 8,
  givesWay: () => false,
  leaseMs: 30_000,
  attemptLimitMs: 60_000,
  holdLimitMs: 60 * 60 * 1000,
  pollMs: 100,
  backOff: { firstMs: 200, mostMs: 60_000 },
  now: () => new Date(),
} as const;

/** While way is given: so many at a time, and so long from taking up some to taking up more. */
const fewest = 4;
const betweenMs = 100;

/** Attempts that end without a word before a fact is taken for one that ends its workers. */
const mostSilentAttempts = 5;

/**
 * Takes facts from the waiting room to their handler, several at a time, one at a time for each person and in order.
 * A worker that dies leaves its claims to run out, and others take the facts up.
 */
export class InboxWorkers {
  readonly #options;
  readonly #running = new Map<Claim, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #loop: Promise<void>;
  readonly #renewal: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly wake: Wake,
    private readonly handle: FactHandler,
    options: WorkersOptions = {},
  ) {
    this.#options = { ...defaults, opened: new OpenedFacts(), ...options };
    this.#renewal = setInterval(() => void this.#renew(), this.#options.leaseMs / 3);
    this.#loop = this.#run();
  }

  /** Lets the attempts under way finish, takes no more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await Promise.all(this.#running.values());
    clearInterval(this.#renewal);
  }

  async #run(): Promise<void> {
    const { concurrency, givesWay, leaseMs, pollMs, opened } = this.#options;
    const pace = new Pace(pollMs);
    const share = new FairShare();
    while (!this.#stopping.signal.aborted) {
      try {
        const gives = givesWay();
        const free = Math.max(0, (gives ? Math.min(fewest, concurrency) : concurrency) - this.#running.size);
        const newest = share.ofNewest(free);
        const fresh = newest > 0 ? await claimFacts(this.database, newest, leaseMs, opened, 'newest') : [];
        share.newestClaimed(newest, fresh.length);
        for (const claim of fresh) this.#start(claim);
        const rest = free - fresh.length;
        const claims = [
          ...fresh,
          ...(rest > 0 ? await claimFacts(this.database, rest, leaseMs, opened) : []),
        ];
        for (const claim of claims.slice(fresh.length)) this.#start(claim);
        share.claimed(free, claims.length);
        if (gives) {
          await delay(betweenMs, this.#stopping.signal);
          continue;
        }
        const found = claims.length > 0 || free === 0;
        if (claims.length < free || free === 0)
          await this.wake.wait(pace.after(found), this.#stopping.signal);
        // What ended together makes room together.
        await endOfTurn();
      } catch (error) {
        this.#options.onEvent?.({ kind: 'workers-failed', error });
        await delay(1000, this.#stopping.signal);
      }
    }
  }

  #start(claim: Claim): void {
    const attempt = this.#attempt(claim)
      // Not even the failure could be written (the database is gone): the claim runs out and the fact comes back.
      .catch((error: unknown) => this.#options.onEvent?.({ kind: 'workers-failed', error }))
      .finally(() => {
        this.#running.delete(claim);
        this.wake.ring();
      });
    this.#running.set(claim, attempt);
  }

  async #attempt(claim: Claim): Promise<void> {
    const { attemptLimitMs, holdLimitMs } = this.#options;
    const started = performance.now();
    const tookMs = () => performance.now() - started;
    const { topic, position } = claim.fact;
    try {
      if (claim.silent && claim.attempts > mostSilentAttempts && claim.heldMs > holdLimitMs) {
        throw new PermanentFailure('no answer: its workers ended during each attempt', 'hub');
      }
      if (claim.unreadable) throw new PermanentFailure('its seal does not open any more', 'hub');
      let marked: string | undefined;
      const mark: Mark = async (sql, outcome, keepPayload, keepRecording = keepPayload) => {
        await markDone(sql, { claim, outcome, keepPayload, keepRecording, at: this.#options.now() });
        marked = outcome;
      };
      // An attempt without an end must not hold its person for ever; should it end after all, its mark is refused.
      await withinLimit(this.handle(claim.fact, mark), attemptLimitMs, noAnswerInTime);
      if (marked === undefined) throw new PermanentFailure('its handler did not mark it', 'hub');
      const { source } = claim.fact.event;
      const { attempts } = claim;
      const done = { kind: 'done', topic, position, source, outcome: marked, attempts } as const;
      this.#options.onEvent?.({ ...done, tookMs: tookMs() });
    } catch (error) {
      if (error instanceof ClaimLost) {
        this.#options.onEvent?.({ kind: 'claim-lost', topic, position });
        // Should it be held all the same, it does not hold its person until it runs out.
        return retryLater(this.database, claim, claimLost, this.#waitMs(claim.attempts));
      }
      await this.#failed(claim, error, claim.heldMs + tookMs());
    }
  }

  async #failed(claim: Claim, error: unknown, heldMs: number): Promise<void> {
    const failure = this.#options.classify?.(error) ?? classifyFailure(error);
    const { topic, position } = claim.fact;
    const retry = failure.retry && heldMs < (failure.holdForMs ?? this.#options.holdLimitMs);
    if (retry) await retryLater(this.database, claim, failure, this.#waitMs(claim.attempts));
    else await bury(this.database, claim, failure);
    this.#options.onEvent?.({ kind: retry ? 'retry' : 'dead', topic, position, error, ...failure });
  }

  /** Doubles with each attempt; half of it by chance, so that many that failed together do not come back together. */
  #waitMs(attempts: number): number {
    const { firstMs, mostMs } = this.#options.backOff;
    const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempts - 1, 30));
    return full * (0.5 + Math.random() / 2);
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return;
    try {
      await renewClaims(this.database, [...this.#running.keys()], this.#options.leaseMs);
    } catch (error) {
      this.#options.onEvent?.({ kind: 'workers-failed', error });
    }
  }
}

const claimLost = { cause: 'conflict', owner: 'hub' } as const;
const noAnswerInTime = () => new RetryableFailure('no answer in time', 'hub');
