import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { ExclusiveLock } from '../common/exclusive-lock.js';
import { FactPublisher, type FactPublisherOptions } from '../common/fact-publisher.js';
import { combineHealth, type Health } from '../common/health.js';
import { errorCode, forLog } from '../common/log-text.js';
import { backOff } from '../common/back-off.js';
import { delay } from '../common/delay.js';
import type { PollingSettings } from './configuration-file.js';
import { FhirFailure } from './fhir/failure.js';
import type { FhirReader } from './fhir/fhir-reader.js';
import type { AnyResource } from './fhir/resources.js';
import type { LookedAt, Remembered, ResourceKind } from './kind.js';
import { MarkSeal } from './mark-seal.js';
import { Marks } from './marks.js';
import { Poller, PollEnded } from './poll.js';
import { ResourceTaker } from './take-resources.js';

export type ReadingOptions<Resource extends LookedAt, Observed, State extends Remembered> = {
  /** The name it is known by to operators: in receipts, metrics, heartbeats and the log. */
  readonly connector: string;
  readonly kind: ResourceKind<Resource, Observed, State>;
  readonly polling: PollingSettings;
  /** The journal's name in facts. */
  readonly sender: string;
  readonly reader: FhirReader;
  readonly learn: (resource: AnyResource) => void;
  /** How long a receipt is kept after it was published. */
  readonly receiptMilliseconds: number;
  /** More for health. */
  readonly detail?: () => Health['detail'];
  readonly firstBackOffMilliseconds: number;
  readonly pool: Pool;
  /** Keys hashes and seals what is kept of persons. */
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly clock: () => Date;
} & Pick<FactPublisherOptions, 'transport' | 'metrics' | 'recorder'>;

const day = 24 * 60 * 60 * 1000;
const longestBackOff = 300_000;
const longestAskedWait = 3_600_000;
/** How often a process that does not poll looks whether it should. */
const standByMilliseconds = 1000;
const forgetEvery = 60 * 60 * 1000;

/** Polls one type of resource independently: another type that fails or is slow does not delay it. */
export class Reading<Resource extends LookedAt, Observed, State extends Remembered> {
  private readonly ending = new AbortController();
  private readonly lock: ExclusiveLock;
  private readonly publisher: FactPublisher;
  private readonly marks: Marks<State>;
  private readonly taker: ResourceTaker<Resource, Observed, State>;
  private readonly poller: Poller<State>;
  private failures = 0;
  private failure: FhirFailure | string | undefined;
  private lastPoll: Date | undefined;
  /** When this process began to poll: now it is to keep pace. */
  private pollingSince: Date | undefined;
  private waitsUntil: Date | undefined;
  private forgotten = -Infinity;
  private queue: Promise<unknown> = Promise.resolve();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: ReadingOptions<Resource, Observed, State>) {
    const { connector, kind, polling, sender, pool, transport, logger, clock, reader, personKeys } = options;
    this.lock = new ExclusiveLock(pool, 'connector-poller', connector);
    this.publisher = new FactPublisher({
      connector,
      pool,
      transport,
      logger,
      clock,
      ...(options.metrics && { metrics: options.metrics }),
      ...(options.recorder && { recorder: options.recorder }),
      rules: { onOtherContent: 'refuse', personKeys, windowMilliseconds: options.receiptMilliseconds },
    });
    this.marks = new Marks(pool, sender, kind.resourceType, new MarkSeal(personKeys));
    const { learn } = options;
    const common = { connector, reader, marks: this.marks, logger, clock };
    this.taker = new ResourceTaker({ ...common, kind, learn, personKeys, publisher: this.publisher });
    this.poller = new Poller({
      ...common,
      resourceType: kind.resourceType,
      readTogether: kind.readTogether,
      unreadableIsGone: kind.unreadableIsGone,
      settings: polling,
      taker: this.taker,
      mayGoOn: async () => !this.ending.signal.aborted && this.lock.stillHeld(),
    });
  }

  start(): void {
    const { connector, sender, logger } = this.options;
    const { signal } = this.ending;
    this.publisher.start();
    this.running = (async (): Promise<void> => {
      while (!signal.aborted) await delay(await this.pauseAfterPoll(), signal);
    })();
    logger.info({ connector, sender }, 'polling a FHIR server');
  }

  /** Polls now, what is open included, after the poll that is under way. False: another process polls. @throws FhirFailure, or the database's error */
  pollNow(): Promise<boolean> {
    return this.queued(true);
  }

  /** No further poll begins; `stop` waits for the one under way. */
  end(): void {
    this.ending.abort();
  }

  async stop(): Promise<void> {
    this.end();
    await this.running;
    await this.queue;
    await this.publisher.stop();
    this.lock.release();
  }

  async health(): Promise<Health> {
    const publishing = await this.publisher.health();
    if (publishing.status === 'down') return publishing;
    const { failure, lastPoll, waitsUntil } = this;
    const { pollSeconds } = this.options.polling;
    const pollingSince = this.lock.held ? this.pollingSince : undefined;
    const { open, faulty } = await this.marks.counts();
    const { cursor } = await this.marks.position();
    const cause = failure instanceof FhirFailure ? failure.code : failure && forLog(failure);
    const ours = failure instanceof FhirFailure && failure.blame !== 'passing';
    const trouble = cause ?? this.poller.warning;
    const polling: Health = {
      status: ours ? 'down' : trouble === undefined ? 'up' : 'degraded',
      ...(trouble !== undefined && {
        why: cause === undefined ? `polling goes on, but: ${trouble}` : `the poll failed: ${cause}`,
      }),
      // The server answers also when nothing has happened.
      ...(lastPoll && { lastMessageAt: lastPoll.toISOString() }),
      detail: {
        polling: this.lock.held ? 'here' : 'another process',
        open,
        cannotBeTold: faulty,
        ...this.options.detail?.(),
        ...this.taker.counts,
        ...(waitsUntil && { waitsUntil: waitsUntil.toISOString() }),
        ...(cursor !== undefined && { readUntil: new Date(cursor).toISOString() }),
      },
      ...(pollingSince && {
        pace: { allReadAt: lastPoll ?? pollingSince, everyMilliseconds: pollSeconds * 1000 },
      }),
    };
    return combineHealth([polling, publishing]);
  }

  private queued(sweepNow: boolean): Promise<boolean> {
    const turn = this.queue.then(() => this.poll(sweepNow));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async poll(sweepNow: boolean): Promise<boolean> {
    const { connector, polling, logger, clock } = this.options;
    if (this.ending.signal.aborted || !(await this.lock.take())) {
      this.pollingSince = undefined;
      this.lastPoll = undefined;
      return false;
    }
    this.pollingSince ??= clock();
    try {
      await this.poller.poll(sweepNow);
      if (performance.now() - this.forgotten > forgetEvery) {
        let more = true;
        while (more && this.lock.held) more = await this.marks.sealFormer();
        this.forgotten = performance.now();
        await this.marks.forget(clock(), polling.rememberDays * day);
      }
      if (this.failures > 0) logger.info({ connector }, 'polling again');
      this.failures = 0;
      this.failure = undefined;
      this.waitsUntil = undefined;
      this.lastPoll = clock();
      this.options.metrics?.allRead(connector, this.lastPoll);
      return true;
    } catch (error) {
      if (error instanceof PollEnded || this.ending.signal.aborted) return false;
      this.failures += 1;
      this.failure = error instanceof FhirFailure ? error : errorCode(error);
      throw error;
    }
  }

  private async pauseAfterPoll(): Promise<number> {
    const { connector, polling, logger, clock, firstBackOffMilliseconds } = this.options;
    try {
      return (await this.queued(false)) ? polling.pollSeconds * 1000 : standByMilliseconds;
    } catch (error) {
      const asked = error instanceof FhirFailure ? error.retryAfterMilliseconds : undefined;
      const pause = pauseAfterFailure(asked, this.failures, firstBackOffMilliseconds);
      this.waitsUntil = new Date(clock().getTime() + pause);
      const cause = error instanceof FhirFailure ? error.code : errorCode(error);
      logger.warn(
        { connector, cause, attempt: this.failures, pause: Math.round(pause) },
        'the poll failed; it is tried again',
      );
      return pause;
    }
  }
}

/**
 * How long to wait after a poll that failed, in milliseconds: growing up to five minutes, and at least as long as the server asked,
 * which is believed up to an hour: once an hour harms no server, and what it asks for may be a mistake.
 */
export function pauseAfterFailure(asked: number | undefined, failures: number, first: number): number {
  return Math.max(backOff(failures, first, longestBackOff), Math.min(asked ?? 0, longestAskedWait));
}
