import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startListingStandIn } from '../../connectors/listing/stand-in.js';
import { startPopulationRegisterStandIn } from '../../connectors/population-register/stand-in.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { StopList } from '../../src/start/stop-list.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { stablePorts } from '../support/stable-ports.js';
import type { Victim } from './chaos.js';
import { writeRegisterFiles, type Person } from './persons.js';
import { MortalPostgres } from './postgres.js';
import { SupervisedProcess } from './supervised-process.js';

const startLimitMs = 60_000;
const silent = pino({ level: 'silent' });

/** A whole hub of several processes under a supervisor, with its database, its broker and the registers it asks. */
export type Installation = {
  readonly processes: readonly SupervisedProcess[];
  readonly victims: readonly Victim[];
  readonly hubs: readonly string[];
  readonly mllpPort: number;
  readonly databaseUrl: string;
  /** As the processes have it: for a follower of the topics and for tokens. */
  readonly configuration: Configuration;
  /** Resolves when everything that was killed is up again. */
  recovered(): Promise<void>;
  stop(): Promise<void>;
};

/** @throws what could not be started; whatever had started is stopped again */
export async function startInstallation(
  kind: 'kafka' | 'embedded',
  main: string,
  persons: readonly Person[],
): Promise<Installation> {
  const stops = new StopList();
  try {
    return await startParts(kind, main, persons, stops);
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

async function startParts(
  kind: 'kafka' | 'embedded',
  main: string,
  persons: readonly Person[],
  stops: StopList,
): Promise<Installation> {
  const directory = await temporary('hemgang-endurance-', stops);
  const ports = await stablePorts(6);
  const [postgresPort = 0, firstHub = 0, secondHub = 0, mllpPort = 0, lookupPort = 0, brokerPort = 0] = ports;
  const files = await writeRegisterFiles(directory, persons);
  const standIn = { host: '127.0.0.1', port: 0, logger: silent };
  const population = await startPopulationRegisterStandIn({ ...standIn, file: files.persons });
  stops.add(() => population.stop());
  const listing = await startListingStandIn({ ...standIn, file: files.listings });
  stops.add(() => listing.stop());
  const postgresDirectory = await temporary(`hemgang-test-postgres-${process.pid}-`, stops);
  const postgres = await MortalPostgres.start(postgresDirectory, postgresPort);
  stops.add(() => postgres.stop());
  const broker = kind === 'kafka' ? await startBroker({ port: brokerPort }) : undefined;
  if (broker) stops.add(() => broker.stop());

  const lookups = `http://127.0.0.1:${lookupPort}`;
  const common = {
    DATABASE_URL: postgres.url,
    DATABASE_CONNECTIONS: '10',
    DATA_DIRECTORY: directory,
    METRICS_PORT: '0',
    BASE_URL: `http://127.0.0.1:${firstHub}/fhir`,
    PERSON_KEY: randomBytes(32).toString('hex'),
    IDENTITY_KEY: randomBytes(32).toString('hex'),
    CURSOR_KEY: randomBytes(32).toString('hex'),
    LOOKUP_SECRET: randomBytes(24).toString('hex'),
    INBOX_RETRY_LONGEST_SECONDS: '2',
    ...(broker && {
      KAFKA_BROKERS: broker.brokers,
      KAFKA_REPLICATION_FACTOR: '1',
      KAFKA_MIN_IN_SYNC_REPLICAS: '1',
    }),
  };
  const asking = { POPULATION_REGISTER_LOOKUP_URL: lookups, LISTING_LOOKUP_URL: lookups };
  const make = (name: string, parts: string, more: Readonly<Record<string, string>> = {}) =>
    new SupervisedProcess(name, main, { ...common, PROCESSES: parts, ...more });
  const processes = [
    make('first hub', 'hub,worker', { ...asking, HTTP_PORT: String(firstHub) }),
    make('second hub', 'hub,worker', { ...asking, HTTP_PORT: String(secondHub) }),
    make('melior', 'melior', { MLLP_PORT: String(mllpPort) }),
    make('first sequencer', 'sequencer,relay'),
    make('second sequencer', 'sequencer,relay'),
    make('registers', 'population-register,listing', {
      LOOKUP_PORT: String(lookupPort),
      POPULATION_REGISTER_URL: population.url,
      POPULATION_REGISTER_REQUESTS_PER_SECOND: '200',
      LISTING_URL: listing.url,
    }),
  ];
  const mortalBroker = broker && new MortalBroker(broker);
  // The demo issuer's key is made before any hub looks for it.
  const configuration = loadConfiguration({ ...common, ...asking, HTTP_PORT: String(firstHub) });
  for (const each of processes) each.start();
  stops.add(async () => void (await Promise.all(processes.map((each) => each.stop()))));

  return {
    processes,
    victims: [
      ...processes.map(asVictim),
      named('Postgres', postgres),
      ...(mortalBroker ? [mortalBroker] : []),
    ],
    hubs: [firstHub, secondHub].map((port) => `http://127.0.0.1:${port}/fhir`),
    mllpPort,
    databaseUrl: postgres.url,
    configuration,
    async recovered() {
      await postgres.back();
      await mortalBroker?.back();
      await Promise.all(processes.map((each) => each.untilReady(startLimitMs)));
    },
    async stop() {
      await postgres.back();
      await mortalBroker?.back();
      await stops.stop();
    },
  };
}

async function temporary(prefix: string, stops: StopList): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), prefix));
  stops.add(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

function asVictim(process: SupervisedProcess): Victim {
  return {
    name: process.name,
    get kills() {
      return process.kills;
    },
    get up() {
      return process.ready;
    },
    kill: () => {
      process.kill();
      return Promise.resolve();
    },
  };
}

function named(name: string, postgres: MortalPostgres): Victim {
  return {
    name,
    get kills() {
      return postgres.kills;
    },
    get up() {
      return postgres.up;
    },
    kill: () => postgres.kill(),
  };
}

/** Killed only while it runs; started again at once, which takes it some seconds. */
class MortalBroker implements Victim {
  readonly name = 'broker';
  kills = 0;
  up = true;
  #back: Promise<void> = Promise.resolve();

  constructor(private readonly broker: Broker) {}

  async kill(): Promise<void> {
    if (this.broker.pid === undefined) return;
    this.kills += 1;
    this.up = false;
    await this.broker.kill();
    this.#back = this.broker.restart().then(() => void (this.up = true));
  }

  back(): Promise<void> {
    return this.#back;
  }
}
