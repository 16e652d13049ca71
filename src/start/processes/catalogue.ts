import type { Pool } from 'pg';
import { Gauge } from 'prom-client';
import {
  createCatalogueLookup,
  type RunningCatalogueLookup,
} from '../../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueReReader, type CatalogueItem } from '../../../connectors/hsa/catalogue-re-reader.js';
import { combineHealth, type Health } from '../../../connectors/common/health.js';
import { HttpStaffLookup } from '../../../connectors/common/lookup/lookup-client.js';
import { metered } from '../../../connectors/common/lookup/metered-lookup.js';
import { CatalogueFollower } from '../../cases/jobs/follow-catalogue.js';
import { tellMissingUnits } from '../../cases/jobs/missing-units.js';
import { seekStaff, staffToFollow } from '../../cases/catalogue/seek-staff.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { PractitionerFact } from '../../messaging/contracts/facts.js';
import { StaffLister } from '../../cases/jobs/list-staff.js';
import { showDirectory } from '../../cases/show-directory.js';
import type { Foundation } from '../foundation.js';
import { clientTls } from '../lookups.js';
import { repeat } from '../repeat.js';
import type { StopList } from '../stop-list.js';
import type { StandIns } from './stand-ins.js';

/** How often a process looks whether the catalogue said something new: so long after it, it holds here. */
const lookMilliseconds = 2_000;
/** How often work that a hub of an older version wrote is looked for. Seldom: it is there for an upgrade only. */
const listMilliseconds = 60_000;
const hour = 3_600_000;

/** The catalogue as this process asks it, for the re-reader and for who is looked for. */
export function createCatalogue(
  { configuration, logger, clock, connectorMetrics }: Foundation,
  standIns: StandIns | undefined,
  stops: StopList,
): RunningCatalogueLookup {
  const { catalogue, registers } = configuration;
  const url = standIns?.catalogue.url;
  const { unit = url, healthCareUnit = url, credentials = url } = catalogue.urls ?? {};
  // The configuration refuses this before it can happen (check-combination.ts).
  if (unit === undefined || healthCareUnit === undefined || credentials === undefined)
    throw new Error('the catalogue has neither an address nor a stand-in');
  const lookup = createCatalogueLookup({
    urls: { unit, healthCareUnit, credentials },
    logicalAddress: catalogue.logicalAddress,
    requestsPerSecond: catalogue.requestsPerSecond,
    timeoutMilliseconds: registers.timeoutMilliseconds,
    development: configuration.environment === 'development',
    logger,
    clock: clock.now,
    ...(registers.tls && { tls: clientTls(registers.tls) }),
  });
  stops.add(() => lookup.stop());
  const staff = metered<string, PractitionerFact>(connectorMetrics, 'hsa', {
    lookUp: (hsaId) => lookup.practitioner(hsaId),
  });
  return { ...lookup, practitioner: (hsaId) => staff.lookUp(hsaId) };
}

/**
 * Reads the units and staff of the organisation file in the catalogue, and the staff who were looked for there, again and again.
 * @returns how it is
 */
export function startCatalogueConnector(
  foundation: Foundation,
  pool: Pool,
  lookup: RunningCatalogueLookup,
  stops: StopList,
): () => Promise<Health> {
  const { configuration, database, transport, logger, clock } = foundation;
  const { connectorMetrics, recorder, organisationFile } = foundation;
  const { catalogue } = configuration;
  const listed: readonly CatalogueItem[] = [
    ...organisationFile.units.map(({ hsaId }) => ({ kind: 'unit', hsaId }) as const),
    ...organisationFile.people.map(({ hsaId }) => ({ kind: 'practitioner', hsaId }) as const),
  ];
  const names = new Set(listed.map(({ hsaId }) => hsaId));
  async function* follow(): AsyncGenerator<readonly CatalogueItem[]> {
    yield listed;
    if (catalogue.staffSource === 'file') return;
    const others = await staffToFollow({ sql: database });
    yield others
      .filter((hsaId) => !names.has(hsaId))
      .map((hsaId) => ({ kind: 'practitioner', hsaId }) as const);
  }
  const reader = startCatalogueReReader({
    pool,
    transport,
    logger,
    clock: clock.now,
    metrics: connectorMetrics,
    ...(recorder && { recorder }),
    lookup,
    follow,
    intervalMilliseconds: catalogue.rereadMinutes * 60_000,
    tellAgainMilliseconds: (catalogue.copyHours * hour) / 4,
  });
  stops.add(() => reader.stop());
  return async () => combineHealth(await Promise.all([reader.health(), lookup.health()]));
}

/** From now on staff whom the organisation file does not name are looked for in the catalogue, here or in another process. */
export function seekStaffInCatalogue(
  { configuration, directory }: Foundation,
  cases: CasesDependencies,
  follower: CatalogueFollower,
  catalogue: RunningCatalogueLookup | undefined,
): void {
  const { staffSource, lookupUrl } = configuration.catalogue;
  if (staffSource === 'file') return;
  const { secret = '' } = configuration.registers.lookup;
  const lookup =
    catalogue ?? (lookupUrl === undefined ? undefined : new HttpStaffLookup({ url: lookupUrl, secret }));
  if (lookup === undefined) return;
  const longestWaitMilliseconds = configuration.registers.timeoutMilliseconds;
  const { atOnce, atOnceOfOne, waitingOfOne, waiting, ...longest } = configuration.catalogue.staffQuestions;
  const turns = {
    atOnce,
    atOnceOfOne,
    waitingOfOne,
    waiting,
    longestWaitMilliseconds: longest.longestWaitMilliseconds,
  };
  directory.seekBy(
    seekStaff({
      cases,
      lookup,
      look: () => follower.look(),
      isKnown: (person) => directory.person(person) !== undefined,
      turns,
      longestWaitMilliseconds,
    }),
  );
}

/** Keeps this process's directory in step with what the catalogue said, and shows it where the facade runs. */
export async function followCatalogue(
  { configuration, database, directory, organisationFile, clock, logger, metrics }: Foundation,
  stops: StopList,
): Promise<CatalogueFollower> {
  const shows = configuration.processes.has('hub');
  const show = async () => {
    if (shows) await showDirectory(database, directory, clock.now());
  };
  let told: ReadonlySet<string> = new Set();
  const follower = new CatalogueFollower({
    sql: database,
    directory,
    file: organisationFile,
    rules: {
      source: configuration.catalogue.staffSource,
      longestAgeMilliseconds: configuration.catalogue.copyHours * hour,
    },
    now: clock.now,
    async onChange(missing) {
      for (const each of missing)
        if (!told.has(each.unit)) logger.warn(each, 'a configured unit is missing in the catalogue');
      told = new Set(missing.map(({ unit }) => unit));
      await show();
    },
  });
  const gauge = new Gauge({
    name: 'hemgang_directory_missing_units',
    help: 'Configured units that the HSA catalogue has closed or does not know',
    labelNames: ['why'],
    registers: [metrics],
    collect() {
      for (const why of ['closed', 'unknown'] as const)
        gauge.set({ why }, follower.missing.filter((each) => each.why === why).length);
    },
  });
  // First what the catalogue said: the file may name somebody who is protected, and other processes serve what is shown.
  await follower.look();
  await show();
  const looking = repeat(
    { name: 'follow-catalogue', everyMilliseconds: lookMilliseconds, run: () => follower.look() },
    logger,
  );
  stops.add(() => looking.stop());
  if (shows) {
    const lister = new StaffLister(database, () => directory);
    const listing = repeat(
      { name: 'list-staff', everyMilliseconds: listMilliseconds, run: () => lister.round() },
      logger,
    );
    stops.add(() => listing.stop());
  }
  return follower;
}

/** Asks the wards of open cases to address another unit where one that takes part is missing in the catalogue. */
export function tellCasesOfMissingUnits(
  { logger }: Foundation,
  cases: CasesDependencies,
  follower: CatalogueFollower,
  stops: StopList,
): void {
  const telling = repeat(
    {
      name: 'missing-units',
      everyMilliseconds: 60_000,
      run: () => tellMissingUnits(cases, follower.missing),
    },
    logger,
  );
  stops.add(() => telling.stop());
}
