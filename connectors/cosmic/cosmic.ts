import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { ConnectorMetrics } from '../common/connector-metrics.js';
import type { FactPublisherOptions } from '../common/fact-publisher.js';
import type { Health, Running } from '../common/health.js';
import { RateLimiter } from '../common/rate-limiter.js';
import { forLog } from '../common/log-text.js';
import type { Recorder } from '../common/recording/recorder.js';
import type { ClientTls } from '../common/tls.js';
import { carePlans } from './care-plans/care-plans.js';
import { Organisations } from './care-plans/organisations.js';
import { readSettings, type CosmicSettings } from './configuration-file.js';
import type { ClientCredentials } from './fhir/access-token.js';
import { FhirReader } from './fhir/fhir-reader.js';
import { Places } from './places.js';
import { Reading } from './reading.js';
import { encounters } from './stays/encounters.js';
import { ReadSurroundings } from './surroundings.js';

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
  /** Seals what was looked at of what was told, for the recording; absent: nothing is recorded. */
  readonly recorder?: Recorder;
};

/** The connector at work. */
export type Cosmic = Running & {
  /**
   * Polls now, what is open included, after the poll that is under way. False: another process polls.
   * @throws FhirFailure, or the database's error
   */
  pollNow(): Promise<boolean>;
  /** The reading of care plans, where it is configured; a connector of its own to operators. */
  readonly carePlans?: { pollNow(): Promise<boolean>; health(): Promise<Health> };
};

const day = 24 * 60 * 60 * 1000;

/**
 * Reads a FHIR R4 server and tells what happens to its inpatient Encounters as facts on `journal.stay.v1` and, where the
 * configuration says so, what CarePlans there are on `journal.care-plan.v1`.
 * @throws SettingsUnusable; an Error when the private key cannot be used.
 */
export function startCosmic(options: CosmicOptions): Cosmic {
  const settings = readSettings(options.settings);
  const clock = options.clock ?? ((): Date => new Date());
  const { pool, transport, logger, personKeys, metrics, recorder } = options;
  const reader = createReader(options, settings, clock);
  const places = new Places(reader, clock);
  const surroundings = new ReadSurroundings(reader, places, settings, clock, (ward) =>
    logger.warn(
      { connector: 'cosmic', ward: forLog(ward) },
      'the ward is not in the configuration file; the stays there are told without it',
    ),
  );
  const common = {
    sender: settings.sender,
    reader,
    learn: surroundings.learn.bind(surroundings),
    firstBackOffMilliseconds: options.firstBackOffMilliseconds ?? 500,
    pool,
    transport,
    personKeys,
    logger,
    clock,
    ...(metrics && { metrics }),
    ...(recorder && { recorder }),
  };
  const stays = new Reading({
    ...common,
    connector: 'cosmic',
    kind: encounters(settings, surroundings, personKeys),
    polling: settings,
    receiptMilliseconds: settings.rememberDays * day,
    detail: () => ({ unknownWards: surroundings.unknownWards.size }),
  });
  const organisations = new Organisations(places, settings);
  const plans =
    settings.carePlans &&
    new Reading({
      ...common,
      connector: 'cosmic-care-plans',
      kind: carePlans({ settings, plans: settings.carePlans, surroundings, organisations }, personKeys),
      polling: settings.carePlans,
      // Each open plan leaves a receipt whenever it is reported again; its mark says what has been reported.
      receiptMilliseconds: day,
    });
  const readings = [stays, ...(plans ? [plans] : [])];
  for (const reading of readings) reading.start();
  return {
    pollNow: () => stays.pollNow(),
    health: () => stays.health(),
    ...(plans && { carePlans: { pollNow: () => plans.pollNow(), health: () => plans.health() } }),
    async stop() {
      for (const reading of readings) reading.end();
      await reader.close();
      await Promise.all(readings.map((reading) => reading.stop()));
    },
  };
}

function createReader(options: CosmicOptions, settings: CosmicSettings, clock: () => Date): FhirReader {
  return new FhirReader({
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
}

function credentialsOf(
  { clientId, credential }: CosmicOptions,
  token: CosmicSettings['token'],
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
