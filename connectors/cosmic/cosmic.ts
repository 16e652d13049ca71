import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { ExclusiveLock } from '../frame/exclusive-lock.js';
import type { Recorder } from '../frame/recording/recorder.js';
import { FactPublisher, type FactPublisherOptions } from '../frame/fact-publisher.js';
import type { ConnectorMetrics } from '../frame/connector-metrics.js';
import { combineHealth, type Health, type Running } from '../frame/health.js';
import { errorCode, forLog } from '../frame/log-text.js';
import { RateLimiter } from '../frame/rate-limiter.js';
import { backOff, sleep } from '../frame/sleep.js';
import type { ClientTls } from '../frame/tls.js';
import { readSettings } from './configuration-file.js';
import type { ClientCredentials } from './fhir/access-token.js';
import { FhirFailure } from './fhir/failure.js';
import { FhirReader } from './fhir/fhir-reader.js';
import { Marks } from './marks.js';
import { Poller, PollEnded } from './poll.js';
import { ReadSurroundings } from './surroundings.js';
import { EncounterTaker } from './take-encounters.js';

export type CosmicOptions = {
  /** The FHIR base, without a slash at the end. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  /** A secret, or the private key as PEM. */
  readonly credential: { readonly secret: string } | { readonly privateKey: string };
  /** The configuration file, parsed as JSON; checked here. */
  readonly settings: unknown;
  readonly tls?: ClientTls;
  /** For one answer. Default 30 000. */
  readonly timeoutMilliseconds?: number;
  /** Of the waits after a failure. Default 500. */
  readonly firstBackOffMilliseconds?: number;
  /** Where marks and receipts are; migrated. It must have an `error` listener, and is closed by whoever made it. */
  readonly pool: Pool;
  readonly transport: FactPublisherOptions['transport'];
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
  /** Seals the Encounters that were told for the recording; absent: nothing is recorded. */
  readonly recorder?: Recorder;
};

/** The connector at work. */
export type Cosmic = Running & {
  /**
   * Polls now, what is open included, after the poll that is under way. False: another process polls.
   * @throws FhirFailure, or the database's error
   */
  pollNow(): Promise<boolean>;
};

const connector = 'cosmic';
const day = 24 * 60 * 60 * 1000;
const longestBackOff = 300_000;
const longestAskedWait = 3_600_000;
/** How often a process that does not poll looks whether it should. */
const standByMilliseconds = 1000;
const forgetEvery = 60 * 60 * 1000;

/**
 * Reads the inpatient Encounters of a FHIR R4 server and tells what happens to them as facts on `journal.stay.v1`.
 * @throws SettingsUnusable; an Error when the private key cannot be used.
 */
export function startCosmic(options: CosmicOptions): Cosmic {
  const settings = readSettings(options.settings);
  const clock = options.clock ?? ((): Date => new Date());
  const { pool, transport, logger, personKeys } = options;
  const ending = new AbortController();
  const lock = new ExclusiveLock(pool, 'connector-poller', connector);
  const reader = new FhirReader({
    url: options.url.replace(/\/+$/, ''),
    tokenUrl: options.tokenUrl,
    credentials: credentialsOf(options, settings.token),
    timeoutMilliseconds: options.timeoutMilliseconds ?? 30_000,
    limiter: new RateLimiter(settings.requestsPerSecond),
    clock,
    ...(settings.token.scope !== undefined && { scope: settings.token.scope }),
    ...(options.tls && { tls: options.tls }),
    ...(options.firstBackOffMilliseconds !== undefined && {
      firstBackOffMilliseconds: options.firstBackOffMilliseconds,
    }),
  });
  const publisher = new FactPublisher({
    connector,
    pool,
    transport,
    logger,
    clock,
    ...(options.metrics && { metrics: options.metrics }),
    ...(options.recorder && { recorder: options.recorder }),
    rules: { onOtherContent: 'refuse', windowMilliseconds: settings.rememberDays * day },
  });
  const marks = new Marks(pool, settings.sender);
  const surroundings = new ReadSurroundings(reader, settings, clock);
  const taker = new EncounterTaker({
    settings,
    reader,
    surroundings,
    marks,
    publisher,
    personKeys,
    logger,
    clock,
  });
  const mayGoOn = (): boolean => lock.held && !ending.signal.aborted;
  const poller = new Poller({ settings, reader, marks, taker, logger, clock, mayGoOn });

  let failures = 0;
  let failure: FhirFailure | string | undefined;
  let lastPoll: Date | undefined;
  let waitsUntil: Date | undefined;
  let forgotten = -Infinity;

  const poll = async (sweepNow: boolean): Promise<boolean> => {
    if (ending.signal.aborted || !(await lock.take())) return false;
    try {
      await poller.poll(sweepNow);
      if (performance.now() - forgotten > forgetEvery) {
        forgotten = performance.now();
        await marks.forget(clock(), settings.rememberDays * day);
      }
      if (failures > 0) logger.info({ connector }, 'polling again');
      failures = 0;
      failure = undefined;
      waitsUntil = undefined;
      lastPoll = clock();
      return true;
    } catch (error) {
      if (error instanceof PollEnded || ending.signal.aborted) return false;
      failures += 1;
      failure = error instanceof FhirFailure ? error : errorCode(error);
      throw error;
    }
  };

  let queue: Promise<unknown> = Promise.resolve();
  const queued = (sweepNow: boolean): Promise<boolean> => {
    const turn = queue.then(() => poll(sweepNow));
    queue = turn.catch(() => undefined);
    return turn;
  };

  const pauseAfter = async (): Promise<number> => {
    try {
      return (await queued(false)) ? settings.pollSeconds * 1000 : standByMilliseconds;
    } catch (error) {
      const asked = error instanceof FhirFailure ? error.retryAfterMilliseconds : undefined;
      const first = options.firstBackOffMilliseconds ?? 500;
      const pause = pauseAfterFailure(asked, failures, first);
      waitsUntil = new Date(clock().getTime() + pause);
      const cause = error instanceof FhirFailure ? error.code : errorCode(error);
      logger.warn(
        { connector, cause, attempt: failures, pause: Math.round(pause) },
        'the poll failed; it is tried again',
      );
      return pause;
    }
  };

  publisher.start();
  const running = (async (): Promise<void> => {
    while (!ending.signal.aborted) await sleep(await pauseAfter(), ending.signal);
  })();
  logger.info({ connector, sender: settings.sender }, 'polling a FHIR server');

  const health = async (): Promise<Health> => {
    const publishing = await publisher.health();
    if (publishing.status === 'down') return publishing;
    const { open, faulty } = await marks.counts();
    const { cursor } = await marks.position();
    const cause = failure instanceof FhirFailure ? failure.code : failure && forLog(failure);
    const ours = failure instanceof FhirFailure && failure.blame !== 'passing';
    const trouble = cause ?? poller.warning;
    const detail = {
      polling: lock.held ? 'here' : 'another process',
      openStays: open,
      cannotBeTold: faulty,
      unknownWards: surroundings.unknownWards.size,
      ...taker.counts,
      ...(waitsUntil && { waitsUntil: waitsUntil.toISOString() }),
      ...(cursor !== undefined && { readUntil: new Date(cursor).toISOString() }),
    };
    const polling: Health = {
      status: ours ? 'down' : trouble === undefined ? 'up' : 'degraded',
      ...(trouble !== undefined && {
        why: cause === undefined ? `polling goes on, but: ${trouble}` : `the poll failed: ${cause}`,
      }),
      // The server answers also when nothing has happened.
      ...(lastPoll && { lastMessageAt: lastPoll.toISOString() }),
      detail,
    };
    return combineHealth([polling, publishing]);
  };

  return {
    pollNow: () => queued(true),
    async stop() {
      ending.abort();
      await reader.close();
      await running;
      await queue;
      await publisher.stop();
      lock.release();
    },
    health,
  };
}

/**
 * How long to wait after a poll that failed, in milliseconds: growing up to five minutes, and at least as long as the server asked,
 * which is believed up to an hour: once an hour harms no server, and what it asks for may be a mistake.
 */
export function pauseAfterFailure(asked: number | undefined, failures: number, first: number): number {
  return Math.max(backOff(failures, first, longestBackOff), Math.min(asked ?? 0, longestAskedWait));
}

function credentialsOf(
  { clientId, credential }: CosmicOptions,
  token: ReturnType<typeof readSettings>['token'],
): ClientCredentials {
  if ('secret' in credential) return { clientId, secret: credential.secret, method: token.method };
  return {
    clientId,
    privateKey: credential.privateKey,
    method: 'private_key_jwt',
    ...(token.keyId !== undefined && { keyId: token.keyId }),
    ...(token.audience !== undefined && { audience: token.audience }),
  };
}
