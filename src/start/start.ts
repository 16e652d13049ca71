import type { Logger } from 'pino';
import { everyStream } from '../cases/streams/collect-streams.js';
import { caseKinds } from '../cases/kinds/every-kind.js';
import type { CasesDependencies } from '../cases/dependencies.js';
import type { Configuration } from '../configuration/configuration.js';
import { PostgresLog } from '../log/postgres-log.js';
import { classifyFailure } from '../messaging/inbox/failure.js';
import { GiveWay } from '../messaging/inbox/give-way.js';
import { delay } from '../messaging/transport/delay.js';
import { openFoundation, type Foundation } from './foundation.js';
import { gaugeLogLag, logLagHealth } from './health/lag.js';
import { createLookups, createRegisters, type Lookups } from './lookups.js';
import { serveMetrics } from './health/metrics.js';
import {
  createCatalogue,
  followCatalogue,
  seekStaffInCatalogue,
  tellCasesOfMissingUnits,
} from './processes/catalogue.js';
import { startConnectors } from './processes/connectors.js';
import { startFacade } from './processes/hub.js';
import { startLogSequencer, startRelay, Wakes } from './processes/log-order.js';
import { keepReceiptMark } from './processes/receipt-mark.js';
import { keepShown } from './processes/shown.js';
import { startStandIns } from './processes/stand-ins.js';
import { startWorker } from './processes/worker.js';
import type { TellStep } from './start-progress.js';
import { StopList } from './stop-list.js';

/** How long a stop may take before the process ends anyway. */
export const longestStopMs = 20_000;

/** What a running process answers at. */
export type Started = {
  readonly fhir?: string;
  readonly mllp?: { readonly host: string; readonly port: number };
  readonly databaseUrl: string;
  readonly transport: 'kafka' | 'embedded';
  readonly standIns?: {
    readonly populationRegister: string;
    readonly listing: string;
    readonly catalogue: string;
    readonly cosmic: string;
  };
  stop(): Promise<void>;
};

/**
 * Starts the parts that the configuration names for this process, each only when what it leans on is up; whatever fails stops
 * those that started.
 */
export async function start(
  configuration: Configuration,
  logger: Logger,
  step: TellStep = () => undefined,
): Promise<Started> {
  const stops = new StopList();
  try {
    return { ...(await startParts(configuration, logger, stops, step)), stop: () => stops.stop() };
  } catch (error) {
    // The first failure is the one to tell, and soon: whoever supervises the process starts it again only when it has ended.
    const stopped = new AbortController();
    const stopping = stops.stop().catch(() => undefined);
    await Promise.race([stopping.finally(() => stopped.abort()), delay(longestStopMs, stopped.signal)]);
    throw error;
  }
}

async function startParts(
  configuration: Configuration,
  logger: Logger,
  stops: StopList,
  step: TellStep,
): Promise<Omit<Started, 'stop'>> {
  const { processes } = configuration;
  const foundation = await openFoundation(configuration, logger, stops, step);
  step('the stand-ins');
  const wakes = new Wakes();
  const giveWay = new GiveWay();
  const standIns = processes.has('stand-ins') ? await startStandIns(configuration, logger, stops) : undefined;
  if (processes.has('relay')) startRelay(foundation, wakes, stops);
  if (processes.has('sequencer')) startLogSequencer(foundation, wakes, stops);
  const shown = processes.has('sequencer') ? await keepShown(foundation, stops) : {};
  const asks = (['hub', 'worker', 'population-register', 'listing'] as const).some((name) =>
    processes.has(name),
  );
  const lookups = asks ? createLookups(foundation, standIns, stops) : undefined;
  const catalogue = processes.has('hsa') ? createCatalogue(foundation, standIns, stops) : undefined;
  const cases = lookups && casesOf(foundation, lookups, wakes);
  step('the catalogue');
  const follower = cases && (await followCatalogue(foundation, stops));
  const worker =
    cases && processes.has('worker') ? await startWorker(foundation, cases, giveWay, stops) : undefined;
  if (cases && follower && processes.has('worker'))
    tellCasesOfMissingUnits(foundation, cases, follower, stops);
  if (cases && follower && processes.has('hub')) seekStaffInCatalogue(foundation, cases, follower, catalogue);
  if (processes.has('hub')) keepReceiptMark(foundation, stops);
  step('the connectors');
  const connectors = await startConnectors(foundation, lookups, catalogue, standIns, giveWay, stops);
  step('the facade');
  const facade = cases && processes.has('hub') ? await startFacade(foundation, cases, stops) : undefined;
  gaugeLogLag(foundation);
  const lag = logLagHealth(foundation);
  const parts = {
    ...connectors.health,
    ...shown,
    ...lag,
    ...facade?.health,
    ...health(foundation),
    ...worker,
  };
  await serveMetrics(foundation, parts, stops);
  return {
    databaseUrl: foundation.databaseUrl,
    transport: foundation.transport.name,
    ...(facade && { fhir: facade.address }),
    ...(connectors.mllp && { mllp: connectors.mllp }),
    ...(standIns && {
      standIns: {
        populationRegister: standIns.populationRegister.url,
        listing: standIns.listing.url,
        catalogue: standIns.catalogue.url,
        cosmic: standIns.cosmic.url,
      },
    }),
  };
}

function casesOf(foundation: Foundation, lookups: Lookups, wakes: Wakes): CasesDependencies {
  const { configuration, database, directory, policies, questionnaires, clock, logger } = foundation;
  return {
    timeBounds: configuration.timeBounds,
    noticeLimit: configuration.noticeLimit,
    messageLimit: configuration.messageLimit,
    formSaveLimit: configuration.formSaveLimit,
    kinds: caseKinds,
    log: new PostgresLog({
      database,
      streams: everyStream,
      onAppended: () => wakes.appended(),
      onSharedFailed: (error) =>
        logger.warn({ cause: classifyFailure(error).cause }, 'facts are dealt with one by one'),
    }),
    sql: database,
    directory,
    policies,
    questionnaires,
    registers: createRegisters(foundation, lookups),
    now: clock.now,
  };
}

function health({ database, transport }: Foundation) {
  const status = async (answers: Promise<boolean>) => ({ status: (await answers) ? 'up' : 'down' });
  return { database: () => status(database.healthy()), transport: () => status(transport.healthy()) };
}
