import type { Pool } from 'pg';
import { gaugeBacklog } from '../../../connectors/common/connector-metrics.js';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { combineHealth, type Health } from '../../../connectors/common/health.js';
import { startHeartbeat } from '../../../connectors/common/heartbeat.js';
import { startLookupServer } from '../../../connectors/common/lookup/lookup-server.js';
import { judgedByPace } from '../../../connectors/common/late.js';
import type { ReReader } from '../../../connectors/common/re-reader.js';
import type { RunningCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { startListingReReader } from '../../../connectors/listing/listing-re-reader.js';
import { startMeliorApart, threadConnections } from '../../../connectors/melior/melior-thread.js';
import { startPersonReReader } from '../../../connectors/population-register/person-re-reader.js';
import { startCosmicConnector } from './cosmic.js';
import { personsToFollow } from '../../cases/persons-to-follow.js';
import type { PersonIdentifier } from '../../messaging/contracts/facts.js';
import type { Database } from '../../persistence/database.js';
import { readMappingFile } from '../checks/configured-files.js';
import type { Foundation } from '../foundation.js';
import type { MeliorEntrySettings } from './melior-thread.js';
import type { GiveWay } from '../../messaging/inbox/give-way.js';
import type { Lookups } from '../lookups.js';
import { startCatalogueConnector } from './catalogue.js';
import type { StandIns } from './stand-ins.js';
import { listeningOn } from '../start-refused.js';
import type { StopList } from '../stop-list.js';

export type StartedConnectors = {
  readonly mllp?: { readonly host: string; readonly port: number };
  readonly health: Readonly<Record<string, () => Promise<Health>>>;
};

const followPage = 5000;
/** Eight may be kept by locks: of who publishes for each of six connectors, and of who polls for two of them. */
const poolConnections = 12;
/** All sessions of connectors with the database, those of the receiving thread too. */
export const connectorConnections = poolConnections + threadConnections;

/** Starts the connectors that the configuration names for this process. */
export async function startConnectors(
  foundation: Foundation,
  lookups: Lookups | undefined,
  catalogue: RunningCatalogueLookup | undefined,
  standIns: StandIns | undefined,
  giveWay: GiveWay,
  stops: StopList,
): Promise<StartedConnectors> {
  const { configuration, databaseUrl, metrics, logger } = foundation;
  const pool = createConnectorPool(databaseUrl, poolConnections);
  stops.add(() => pool.end());
  const melior = configuration.processes.has('melior')
    ? await listeningOn(
        { portVariable: 'MLLP_PORT', hostVariable: 'MLLP_HOST', ...configuration.melior },
        () => startMeliorConnector(foundation, pool, giveWay, stops),
      )
    : undefined;
  const registers = lookups && startRegisterConnectors(foundation, pool, lookups, stops);
  await serveLookups(foundation, lookups, catalogue, stops);
  const hsa = catalogue && startCatalogueConnector(foundation, pool, catalogue, stops);
  const cosmic = configuration.processes.has('cosmic')
    ? await startCosmicConnector(foundation, pool, standIns, stops)
    : undefined;
  const carePlans = cosmic?.carePlans;
  const parts: StartedConnectors['health'] = {
    ...(melior && { melior: () => melior.health() }),
    ...(cosmic && { cosmic: () => cosmic.health() }),
    ...(carePlans && { 'cosmic-care-plans': () => carePlans.health() }),
    ...registers,
    ...(hsa && { hsa }),
  };
  const health = judged(foundation, parts);
  if (Object.keys(health).length > 0) {
    gaugeBacklog(metrics, pool);
    const heartbeat = startHeartbeat({ pool, logger, connectors: health });
    stops.add(() => heartbeat.stop());
  }
  return { ...(melior && { mllp: melior.address }), health };
}

/** The same, each `degraded` also where it falls behind. */
function judged(
  { configuration, clock }: Foundation,
  parts: StartedConnectors['health'],
): StartedConnectors['health'] {
  const { publisherLagSeconds, pollLagIntervals } = configuration.health;
  const after = { publisherSeconds: publisherLagSeconds, pollIntervals: pollLagIntervals };
  return Object.fromEntries(
    Object.entries(parts).map(([name, ask]) => [
      name,
      async () => judgedByPace(await ask(), after, clock.now()),
    ]),
  );
}

async function startMeliorConnector(
  { configuration, transport, logger, clock, connectorMetrics: metrics, databaseUrl }: Foundation,
  pool: Pool,
  giveWay: GiveWay,
  stops: StopList,
): ReturnType<typeof startMeliorApart> {
  const { melior, personKey, recording, identityKey } = configuration;
  const settings: MeliorEntrySettings = {
    host: melior.host,
    port: melior.port,
    mapping: readMappingFile(melior.mappingFile),
    listedSendersOnly: configuration.environment === 'production',
    personKeys: personKey,
    databaseUrl,
    identityKey,
    logLevel: logger.level,
    windowMilliseconds: melior.receiptHours * 3_600_000,
    timeBounds: configuration.timeBounds,
    ...(recording && { recordingKey: recording.key }),
    ...(melior.tls && { tls: melior.tls }),
    limits: {
      largestMessageBytes: melior.messageLimitBytes,
      batchMessages: melior.batchLimit,
      connections: melior.connectionLimit,
      connectionsPerAddress: melior.connectionLimitPerAddress,
      idleMilliseconds: melior.idleSeconds * 1000,
      messageMilliseconds: melior.messageSeconds * 1000,
    },
  };
  const entry = new URL('./melior-thread.js', import.meta.url);
  const options = { pool, transport, logger, clock: clock.now, metrics };
  const connector = await startMeliorApart({ ...options, entry, settings });
  giveWay.to(() => connector.busy());
  stops.add(() => connector.stop());
  return connector;
}

/** The re-readers: registers are asked again about everybody whom somebody may read (PAT-6, PAT-7). */
function startRegisterConnectors(
  { configuration, database, transport, logger, clock, connectorMetrics, recorder }: Foundation,
  pool: Pool,
  lookups: Lookups,
  stops: StopList,
): StartedConnectors['health'] {
  const { processes, registers, personKey } = configuration;
  const options = {
    pool,
    transport,
    personKeys: personKey,
    logger,
    clock: clock.now,
    metrics: connectorMetrics,
    ...(recorder && { recorder }),
    intervalMilliseconds: registers.rereadMinutes * 60_000,
    follow: () => followedPersons(database),
  };
  const running: Record<string, ReReader> = {};
  if (processes.has('population-register'))
    running['population-register'] = startPersonReReader({ ...options, lookup: lookups.reread.persons });
  if (processes.has('listing'))
    running['listing'] = startListingReReader({ ...options, lookup: lookups.reread.listings });
  for (const reader of Object.values(running)) stops.add(() => reader.stop());
  return Object.fromEntries(
    Object.entries(running).map(([name, reader]) => [name, () => healthOf(reader, lookups.health[name])]),
  );
}

/** A register is its re-reader and, where it is asked from this process, its lookup. */
async function healthOf(reader: ReReader, lookup?: () => Promise<Health>): Promise<Health> {
  return combineHealth(await Promise.all([reader.health(), ...(lookup ? [lookup()] : [])]));
}

/** Persons whom somebody may read, a page at a time: no round holds all of them. */
async function* followedPersons(database: Database): AsyncGenerator<readonly PersonIdentifier[]> {
  for (let after: string | undefined; ;) {
    const page = await personsToFollow(database, {
      limit: followPage,
      ...(after === undefined ? {} : { after }),
    });
    yield page.map(({ identifier }) => identifier);
    after = page.at(-1)?.personId;
    if (page.length < followPage || after === undefined) return;
  }
}

async function serveLookups(
  { configuration, logger }: Foundation,
  found: Lookups | undefined,
  staff: RunningCatalogueLookup | undefined,
  stops: StopList,
): Promise<void> {
  const { host, port, secret } = configuration.registers.lookup;
  if (port === undefined || secret === undefined) return;
  const { processes } = configuration;
  const lookups = {
    ...(found && processes.has('population-register') && { persons: found.persons }),
    ...(found && processes.has('listing') && { listings: found.listings }),
    ...(staff && { staff }),
  };
  if (Object.keys(lookups).length === 0) return;
  const server = await listeningOn(
    { portVariable: 'LOOKUP_PORT', hostVariable: 'LOOKUP_HOST', host, port },
    () => startLookupServer({ host, port, secret, logger, lookups }),
  );
  stops.add(() => server.stop());
  logger.info(server.address, 'lookups for other processes');
}
