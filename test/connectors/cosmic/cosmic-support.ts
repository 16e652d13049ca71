import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { startCosmic, type Cosmic, type CosmicOptions } from '../../../connectors/cosmic/cosmic.js';
import { startCosmicStandIn, type CosmicStandIn } from '../../../connectors/cosmic/stand-in.js';
import type { CarePlanFact, IdentityFact, StayFact } from '../../../src/messaging/contracts/facts.js';
import type { CloudEvent } from '../../../src/messaging/contracts/cloud-event.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { dataFile, personKeys, published, silent, testNumber, transportOn } from '../common/support.js';

export const national = 'http://electronichealth.se/identifier';
const plannedEnd = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate';
export const astrid = testNumber('19340612', 982);
export const nils = testNumber('19390216', 989);
export const wards = { A: 'SE2321000016-W101', B: 'SE2321000016-W102' };
export const client = { id: 'hemgang', secret: 'a secret: with % and å' };

/** What the file of every test's server begins with. */
export const people = [
  patient('p1', [{ system: `${national}/personnummer`, value: astrid }]),
  patient('p2', [{ system: `${national}/personnummer`, value: nils }]),
  { resourceType: 'Location', id: 'A', identifier: [{ system: 'urn:wards', value: 'WARD-A' }] },
  { resourceType: 'Location', id: 'A-bed', partOf: { reference: 'Location/A' } },
  { resourceType: 'Location', id: 'B', identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: wards.B }] },
];

export function patient(id: string, identifier: readonly object[]) {
  return { resourceType: 'Patient' as const, id, name: [{ family: 'Påhittad' }], identifier };
}

export const settings = {
  sender: 'cosmic-test',
  query: {
    changes: { _lastUpdated: 'ge{since}', class: 'IMP', _count: '3' },
    open: { status: 'in-progress,onleave', class: 'IMP', _count: '3' },
  },
  pollSeconds: 86_400,
  sweepSeconds: 86_400,
  requestsPerSecond: 10_000,
  ward: { table: { 'urn:wards|WARD-A': wards.A } },
};

export type EncounterParts = {
  readonly id: string;
  readonly status?: string;
  readonly patient?: string;
  readonly ward?: string | undefined;
  readonly start?: string;
  readonly end?: string | undefined;
  readonly planned?: string | undefined;
  readonly class?: string;
};

export function encounter(parts: EncounterParts) {
  const { id, status = 'in-progress', planned, end } = parts;
  const ward = 'ward' in parts ? parts.ward : 'A';
  return {
    resourceType: 'Encounter' as const,
    id,
    status,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: parts.class ?? 'IMP' },
    subject: { reference: `Patient/${parts.patient ?? 'p1'}` },
    period: { start: parts.start ?? '2026-01-10T09:25:00+01:00', ...(end !== undefined && { end }) },
    ...(ward !== undefined && {
      location: [{ location: { reference: `Location/${ward}` }, status: 'active' }],
    }),
    ...(planned !== undefined && { extension: [{ url: plannedEnd, valueDateTime: planned }] }),
  };
}

const receiverExtension = 'urn:test:receiver';

/** The section of the settings for care plans, without `changes` where the server cannot. */
export const carePlanSettings = {
  query: {
    changes: { _lastUpdated: 'ge{since}', _count: '3' },
    open: { status: 'active,on-hold', _count: '3' },
  },
  pollSeconds: 86_400,
  sweepSeconds: 86_400,
  receivers: [receiverExtension],
};

export type CarePlanParts = {
  readonly id: string;
  readonly status?: string;
  readonly patient?: string;
  readonly title?: string;
  readonly start?: string;
  readonly end?: string | undefined;
  readonly author?: object;
  readonly receiver?: object;
  readonly more?: object;
};

/** A plan with all that must never be told of it. */
export function carePlan(parts: CarePlanParts) {
  const { id, status = 'active', author, receiver, end } = parts;
  return {
    resourceType: 'CarePlan' as const,
    id,
    status,
    intent: 'plan',
    title: parts.title ?? 'Samordnad plan',
    description: 'Bor ensam',
    note: [{ text: 'Ramlar ofta' }],
    activity: [{ detail: { status: 'in-progress', description: 'Hemtjänst' } }],
    category: [{ coding: [{ system: 'urn:test:kinds', code: 'SIP' }], text: 'Fritext' }],
    subject: { reference: `Patient/${parts.patient ?? 'p1'}` },
    period: { start: parts.start ?? '2026-01-10', ...(end !== undefined && { end }) },
    created: '2026-01-09T10:00:00+01:00',
    ...(author && { author }),
    ...(receiver && { extension: [{ url: receiverExtension, valueReference: receiver }] }),
    ...parts.more,
  };
}

export type CosmicTest = {
  readonly test: TestDatabase;
  readonly server: CosmicStandIn;
  /** Replaces the server's file. */
  readonly write: (content: unknown) => Promise<void>;
  /** Starts a connector; ended with the test. */
  start(options?: Partial<CosmicOptions> & { readonly more?: object }): Promise<RunningCosmic>;
  /** The facts on the topic that belong to one Encounter, in the order of their numbers. */
  facts(id?: string): Promise<readonly StayFact[]>;
  /** The events on the topic of care plans that belong to one plan, each once, in the order of their numbers. */
  plans(id?: string): Promise<readonly CloudEvent<CarePlanFact>[]>;
  /** When all that is stored has been published. */
  readonly settled: () => Promise<void>;
  end(): Promise<void>;
};

export type RunningCosmic = Cosmic & { end(): Promise<void> };

export async function cosmicTest(resources: readonly object[] = people): Promise<CosmicTest> {
  const test = await createTestDatabase();
  const transport = await transportOn(test.database);
  const file = await dataFile({ clients: [client], resources });
  const server = await startCosmicStandIn({ host: '127.0.0.1', port: 0, file: file.file, logger: silent });
  const running: RunningCosmic[] = [];
  const settled = (): Promise<void> =>
    waitFor('everything to be published', async () => {
      const { rows } = await test.database.query('select 1 from connector_receipt where not published');
      return rows.length === 0;
    }).then(() => undefined);
  return {
    test,
    server,
    write: (content) => file.write(content),
    async start({ more, ...options } = {}) {
      const pool = createConnectorPool(test.url);
      const sessions: number[] = [];
      pool.on('connect', (client) => sessions.push((client as unknown as { processID: number }).processID));
      const cosmic = startCosmic({
        url: server.url,
        tokenUrl: server.tokenUrl,
        clientId: client.id,
        credential: { secret: client.secret },
        settings: { ...settings, ...more },
        firstBackOffMilliseconds: 5,
        timeoutMilliseconds: 15_000,
        pool,
        transport,
        personKeys,
        logger: silent,
        ...options,
      });
      const end = async (): Promise<void> => {
        if (!running.includes(started)) return;
        running.splice(running.indexOf(started), 1);
        await cosmic.stop();
        await pool.end();
        // The server ends a session some time after its connection is closed, and its lock with it: until then the next connector polls nothing.
        await waitFor('its sessions to end', async () => {
          const { rows } = await test.database.query('select 1 from pg_stat_activity where pid = any($1)', [
            sessions,
          ]);
          return rows.length === 0;
        });
      };
      const started = { ...cosmic, end };
      running.push(started);
      return started;
    },
    settled,
    async facts(id) {
      await settled();
      const events = await published(test.database);
      return events
        .map(({ data }) => data)
        .filter(({ visit }) => id === undefined || visit.split('~')[0] === id)
        .toSorted((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0));
    },
    async plans(id) {
      await settled();
      const events = await published<CarePlanFact>(test.database, factTopics.carePlan);
      // A crash between append and mark may repeat a message on the wire; it is the same event.
      return [...new Map(events.map((event) => [event.id, event])).values()]
        .filter(({ data }) => id === undefined || data.plan === id)
        .toSorted((one, other) => one.data.sequence - other.data.sequence);
    },
    async end() {
      for (let each = running.at(-1); each; each = running.at(-1)) await each.end();
      await server.stop();
      await file.remove();
      await test.drop();
    },
  };
}

export async function identityFacts({ test, settled }: CosmicTest): Promise<readonly IdentityFact[]> {
  await settled();
  return (await published<IdentityFact>(test.database, 'journal.identity.v1')).map(({ data }) => data);
}
