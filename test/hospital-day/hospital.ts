import { defaultTimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import { everyFactTopic } from '../support/sealed.js';
import { readFile } from 'node:fs/promises';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { startCosmic, type Cosmic } from '../../connectors/cosmic/cosmic.js';
import { startCosmicStandIn, type CosmicStandIn } from '../../connectors/cosmic/stand-in.js';
import type { Address } from '../../connectors/common/health.js';
import { createPersonLookup } from '../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../connectors/population-register/stand-in.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { factHandler } from '../../src/cases/facts/fact-handlers.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { buildDirectory } from '../../src/directory/directory.js';
import type { Organisation } from '../../src/directory/organisation.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import type { InboxStatus } from '../../src/messaging/inbox/status.js';
import { readQuestionnaires } from '../../src/questionnaires/read-questionnaires.js';
import { readPolicies } from '../../src/policies/read-policies.js';
import { Registers } from '../../src/persons/registers.js';
import { StopList } from '../../src/start/stop-list.js';
import { client } from '../connectors/cosmic/cosmic-support.js';
import { dataFile, personKeys, runMelior, silent, transportOn } from '../connectors/common/support.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { resourcesOf } from './cosmic-half.js';
import { registerFile, type Person } from './persons.js';
import { assumed } from './plan.js';

/** What the stays of Melior and of Cosmic are named after, beside their visit. */
export const senders = { melior: 'MELIOR/SUNDVIK', cosmic: 'cosmic-day' } as const;

/** HSA-ids of the wards by their place in the plan. */
export const wardIds: readonly string[] = Array.from(
  { length: assumed.wards },
  (_, ward) => `SE4999000013-D${String(ward).padStart(3, '0')}`,
);

/** Both journal systems' connectors, the register and the worker of a hub, over one database. */
export type Hospital = {
  readonly store: TestDatabase;
  readonly mllp: Address;
  readonly cosmic: CosmicStandIn;
  /** One poll that came to its end, however often it takes; the server and its reader take it to be this time. */
  poll(at: number): Promise<void>;
  /** The register has the new numbers of who is renumbered. */
  renumber(): Promise<void>;
  /** The connector of Cosmic ends, and another begins. */
  restartCosmic(): Promise<void>;
  status(): Promise<InboxStatus>;
  /** Resolves when everything taken is published and dealt with. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

const cosmicSettings = {
  sender: senders.cosmic,
  query: {
    changes: { _lastUpdated: 'ge{since}', class: 'IMP', _count: '500', _include: 'Encounter:subject' },
    open: { status: 'in-progress', class: 'IMP', _count: '500' },
  },
  // Polled by the test alone, once for each half hour of the plan.
  pollSeconds: 86_400,
  sweepSeconds: 86_400,
  lookBackHours: 1,
  requestsPerSecond: 10_000,
  ward: { table: {} },
};

export async function startHospital(persons: readonly Person[]): Promise<Hospital> {
  const stops = new StopList();
  try {
    return await startParts(persons, stops);
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

async function startParts(persons: readonly Person[], stops: StopList): Promise<Hospital> {
  const store = await createTestDatabase();
  stops.add(() => store.drop());
  const transport = await transportOn(store.database);
  stops.add(() => transport.close());
  const inbox = new Inbox(store.database);
  const register = await dataFile(registerFile(persons, false));
  stops.add(() => register.remove());
  const workers = await startWorkers(store, inbox, register.file, stops);
  stops.add(() => workers.stop());
  const intake = await transport.subscribe({ group: 'hub', topics: everyFactTopic, handle: inbox.take });
  stops.add(() => intake.stop());

  const table = Object.fromEntries(wardIds.map((id, ward) => [`D${ward}`, id]));
  const mapping = { senders: 'any', processing: ['T'], ward: { table } };
  const melior = await runMelior(store.url, transport, { mapping });
  stops.add(() => melior.end());
  const file = await dataFile({ clients: [client], resources: resourcesOf(persons, wardIds) });
  stops.add(() => file.remove());
  const standIn = await startCosmicStandIn({ host: '127.0.0.1', port: 0, file: file.file, logger: silent });
  stops.add(() => standIn.stop());

  const pool = createConnectorPool(store.url);
  stops.add(() => pool.end());
  let time = Date.now();
  const start = (): Cosmic =>
    startCosmic({
      url: standIn.url,
      tokenUrl: standIn.tokenUrl,
      clientId: client.id,
      credential: { secret: client.secret },
      settings: cosmicSettings,
      firstBackOffMilliseconds: 5,
      pool,
      transport,
      personKeys,
      logger: silent,
      clock: () => new Date(time),
    });
  let cosmic = start();
  stops.add(() => cosmic.stop());
  return {
    store,
    mllp: melior.address,
    cosmic: standIn,
    async poll(at) {
      time = at;
      standIn.clock({ answers: at - Date.now() });
      await waitFor('a poll', () => cosmic.pollNow().catch(() => false));
    },
    renumber: () => register.write(registerFile(persons, true)),
    async restartCosmic() {
      await cosmic.stop();
      cosmic = start();
    },
    status: () => inbox.status(),
    async settled() {
      await waitFor('everything to be dealt with', () => isSettled(store, inbox), 120_000);
    },
    stop: () => stops.stop(),
  };
}

async function isSettled({ database }: TestDatabase, inbox: Inbox): Promise<boolean> {
  const { rows } = await database.query<{ left: number }>(
    `select (select count(*) from connector_receipt where not published)
          + (select count(*) from transport_message) - (select count(*) from inbox) as left`,
  );
  return Number(rows[0]?.left) === 0 && (await inbox.status()).waiting === 0;
}

async function startWorkers(store: TestDatabase, inbox: Inbox, personsFile: string, stops: StopList) {
  const register = await startPopulationRegisterStandIn({
    host: '127.0.0.1',
    port: 0,
    file: personsFile,
    logger: silent,
  });
  stops.add(() => register.stop());
  const lookup = createPersonLookup({
    url: register.url,
    logicalAddress: '5565594230',
    development: true,
    logger: silent,
    requestsPerSecond: 1000,
  });
  stops.add(() => {
    lookup.stop();
    return Promise.resolve();
  });
  const { database } = store;
  const now = (): Date => new Date();
  const listings = { lookUp: () => Promise.reject(new Error('a stay asks nobody about listings')) };
  const settings = {
    identitySecret: 'a secret of the tests',
    maxAgeMilliseconds: 3_600_000,
    allowTestPersons: true,
  };
  const registers = new Registers(database, lookup, listings, settings, now);
  const directory = buildDirectory(await organisation());
  const log = new PostgresLog({ database });
  const policies = readPolicies(fromProjectRoot('policies'), caseKinds.all);
  const cases = {
    timeBounds: defaultTimeBounds,
    noticeLimit: 1000,
    messageLimit: 300,
    formSaveLimit: 2000,
    questionnaires: readQuestionnaires(fromProjectRoot('questionnaires')),
    kinds: caseKinds,
    log,
    sql: database,
    directory,
    policies,
    registers,
    now,
  };
  return inbox.startWorkers(factHandler(cases), { concurrency: 12 });
}

/** The fictional region with the wards of the plan, each like its medical ward. */
async function organisation(): Promise<Organisation> {
  const file = fromProjectRoot('src/demo/fictional-region/organisation.json');
  const region = JSON.parse(await readFile(file, 'utf8')) as Organisation;
  const like = region.units.find(({ hsaId }) => hsaId === 'SE4999000013-W101');
  if (like === undefined) throw new Error('the fictional region has no medical ward');
  const wards = wardIds.map((hsaId, ward) => ({ ...like, hsaId, name: `Avdelning ${ward}` }));
  return { ...region, units: [...region.units, ...wards] };
}
