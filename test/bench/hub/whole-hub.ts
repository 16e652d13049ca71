import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfiguration } from '../../../src/configuration/load-configuration.js';
import { stablePorts } from '../../support/stable-ports.js';
import { cast } from '../../../src/demo/cast.js';
import { openDemoIssuer } from '../../../src/start/processes/hub.js';
import type { TestDatabase } from '../../support/database.js';
import type { BenchServer } from '../harness/server.js';
import { startHubProcess } from './hub-process.js';
import { writePersonsFile } from './persons.js';

/** The hub as one command starts it, with the registers' stand-ins in a process of their own. */
export type WholeHub = {
  readonly store: TestDatabase;
  readonly mllp: { readonly host: string; readonly port: number };
  readonly http: { readonly host: string; readonly port: number };
  /** `Authorization` of a nurse of the ward that the messages name. */
  readonly authorization: string;
  /** `Authorization` of another who acts in the demo. */
  authorizationOf(who: keyof typeof cast): Promise<string>;
  /** Of the hub itself. */
  readonly pid: number;
  stop(): Promise<void>;
};

/** What differs from the defaults, and is said with the figures. */
export const settings = {
  /** Facts of so many persons at a time. A lookup holds one while it waits for the register's next turn. */
  INBOX_CONCURRENCY: '64',
  POPULATION_REGISTER_REQUESTS_PER_SECOND: '10',
  /** Longer than the run, so that who is known is never asked about again. */
  LOOKUP_CACHE_SECONDS: '3600',
} as const;

/** Which checkout the hub is of, this one unless said; and variables that differ for the measure. */
export type HubVersion = {
  readonly root?: string | undefined;
  readonly replace?: Readonly<Record<string, string>>;
};

/** @param brokers undefined: the embedded transport */
export async function startWholeHub(
  server: BenchServer,
  numbers: readonly string[],
  brokers: string | undefined,
  { root, replace = {} }: HubVersion = {},
): Promise<WholeHub> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-bench-hub-'));
  const store = await server.createDatabase(root === undefined);
  const ports = await stablePorts(7);
  const [http, mllp, metrics, population, listing, otherMetrics, cosmic] = ports.map(String) as [
    string,
    ...string[],
  ];
  const common: Record<string, string> = {
    DATABASE_URL: store.url,
    DATA_DIRECTORY: directory,
    HTTP_PORT: http,
    MLLP_PORT: mllp ?? '',
    METRICS_PORT: metrics ?? '',
    STAND_IN_POPULATION_REGISTER_PORT: population ?? '',
    STAND_IN_LISTING_PORT: listing ?? '',
    STAND_IN_HSA_PORT: '0',
    STAND_IN_COSMIC_PORT: cosmic ?? '',
    STAND_IN_PERSONS_FILE: await writePersonsFile(directory, numbers),
  };
  const standIns = await startHubProcess(
    'stand-ins',
    directory,
    {
      ...common,
      PROCESSES: 'stand-ins',
      METRICS_PORT: otherMetrics ?? '',
    },
    root,
  );
  const variables = {
    ...common,
    ...settings,
    PROCESSES: 'hub,worker,sequencer,relay,melior,population-register,listing',
    POPULATION_REGISTER_URL: `http://127.0.0.1:${population}/soap`,
    LISTING_URL: `http://127.0.0.1:${listing}/soap`,
    ...(brokers === undefined
      ? {}
      : { KAFKA_BROKERS: brokers, KAFKA_REPLICATION_FACTOR: '1', KAFKA_MIN_IN_SYNC_REPLICAS: '1' }),
    ...replace,
  };
  const hub = await startHubProcess('hub', directory, variables, root);
  const configuration = loadConfiguration(variables);
  const issuer = await openDemoIssuer(configuration);
  const authorizationOf = async (who: keyof typeof cast): Promise<string> => {
    const { user, unit } = cast[who];
    return `Bearer ${await issuer.userToken({ user, unit })}`;
  };
  return {
    store,
    mllp: configuration.melior,
    http: configuration.http,
    pid: hub.pid,
    authorization: await authorizationOf('nurse'),
    authorizationOf,
    async stop() {
      await hub.stop();
      await standIns.stop();
      await store.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
