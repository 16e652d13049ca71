import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, CarePlan, Encounter, FhirResource } from 'fhir/r4.js';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration/configuration.js';
import type { CaseEvent } from '../../src/messaging/contracts/facts.js';
import { caseTopic } from '../../src/messaging/contracts/facts.js';
import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { Database } from '../../src/persistence/database.js';
import { cast, patients, receivers } from '../../src/demo/cast.js';
import { FhirClient } from '../../src/demo/fhir-client.js';
import { playJourney } from '../../src/demo/journeys/journeys.js';
import { searchParameters } from '../../src/projection/search-parameters.js';
import { newCase } from '../../src/demo/requests.js';
import { Timeline } from '../../src/demo/timeline.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTransport } from '../../src/start/transport.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { r4Faults } from '../support/r4-resources.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** A day that lies ahead. */
const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const logger = pino({ level: 'silent' });
const orthopaedics = { user: 'SE4999000013-P005', unit: 'SE4999000013-W102', shown: 'Ortopedavdelningen' };

const brokers = await kafkaBrokers();
// Without a broker the helper has said so loudly, and refuses where CI asks for one.
const transports = brokers === undefined ? (['embedded'] as const) : (['embedded', 'kafka'] as const);

describe.each(transports)('the whole hub on the %s transport', (transport) => {
  let store: TestDatabase;
  let broker: Broker | undefined;
  let started: Started;
  let configuration: Configuration;
  let dataDirectory: string;

  beforeAll(async () => {
    store = await createTestDatabase();
    // One of its own: a hub refuses a topic on which others tell of cases that its database does not have.
    broker = transport === 'kafka' ? await startBroker() : undefined;
    dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-whole-'));
    configuration = await wholeHubConfiguration(
      store.url,
      dataDirectory,
      broker === undefined ? [] : [broker.brokers],
    );
    started = await start(configuration, logger);
  });
  afterAll(async () => {
    await started?.stop();
    await store?.drop();
    await broker?.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('SVU-1 to SVU-25: a hospital message becomes coordinated care, followed on the case topic', async () => {
    let printed = '';
    const caseId = await playJourney({
      fhir: configuration.http.baseUrl,
      mllp: { host: configuration.melior.host, port: configuration.melior.port },
      issuer: await openDemoIssuer(configuration),
      timeline: new Timeline((text) => (printed += text)),
    });
    expect(printed).toContain('är utskriven');
    expect(patients.filter(({ number }) => printed.includes(number))).toEqual([]);

    const { rows } = await store.database.query<{ type: string }>(
      'select type from event where stream_id = $1 order by stream_version',
      [caseId],
    );
    const logged = rows.map(({ type }) => type);
    expect(logged).toEqual(
      expect.arrayContaining([
        'CaseOpened',
        'PatientInformationRecorded',
        'DecisionRegistered',
        'AdmissionNoticePublished',
        'WardChanged',
        'PlannedDischargeChanged',
        'ContactNamed',
        'ReadyReported',
        'JournalDischargeNoted',
        'Discharged',
      ]),
    );
    const told = await followCase(caseId, logged.length);
    expect(told.map(({ data }) => data.event)).toEqual(logged);
    const sequences = told.map(({ data }) => data.sequence);
    expect(sequences).toEqual([...sequences].sort((one, other) => one - other));
    const personal = ['Höftfraktur', ...patients.flatMap(({ number, family }) => [number, family])];
    expect(personal.filter((text) => JSON.stringify(told).includes(text))).toEqual([]);
  });

  it('SVU-2: the journey is played with the next patient while another ward has a case of the first, and nothing of it stays behind', async () => {
    const issuer = await openDemoIssuer(configuration);
    const [first] = patients;
    const elsewhere = await FhirClient.open(configuration.http.baseUrl, issuer, orthopaedics);
    await elsewhere.create(newCase(first.number, new Date(), ahead));
    let printed = '';
    const caseId = await playJourney({
      fhir: configuration.http.baseUrl,
      mllp: { host: configuration.melior.host, port: configuration.melior.port },
      issuer,
      timeline: new Timeline((text) => (printed += text)),
    });
    expect(printed).toContain('Vi tar nästa patient');
    expect(printed).toContain(`${patients[1].given} är utskriven`);
    const [plan] = await elsewhere.search<CarePlan>('CarePlan', {});
    expect(plan?.id).not.toBe(caseId);
    await waitFor('the admission to be taken back', async () => {
      const stays = await elsewhere.search<Encounter>('Encounter', {
        patient: plan?.subject.reference ?? '',
      });
      return stays.every(({ status }) => status !== 'in-progress');
    });
  });

  it('design 6: whoever takes part reads valid R4 that refers to nothing they may not read', async () => {
    const issuer = await openDemoIssuer(configuration);
    const metadata = await (await fetch(`${configuration.http.baseUrl}/metadata`)).json();
    const [rest] = (metadata as CapabilityStatement).rest ?? [];
    const profiles = new Map<string, readonly (string | undefined)[]>(
      rest?.resource?.map(({ type, profile, supportedProfile }) => [type, supportedProfile ?? [profile]]),
    );
    for (const player of [cast.geriatrics, ...receivers]) {
      const token = await issuer.userToken(player);
      const get = async (path: string) => {
        const answer = await fetch(`${configuration.http.baseUrl}/${path}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        return { status: answer.status, text: await answer.text() };
      };
      const references = new Set<string>();
      for (const type of Object.keys(searchParameters)) {
        const { text } = await get(`${type}?_count=200`);
        // FHIR knows no empty list, object or text.
        expect([type, /:(?:\[\]|\{\}|""|null)/.exec(text)?.[0]]).toEqual([type, undefined]);
        for (const [, reference = ''] of text.matchAll(/"reference":"([^"]+)"/g)) references.add(reference);
        for (const { resource } of (JSON.parse(text) as Bundle<FhirResource>).entry ?? []) {
          expect([type, resource && r4Faults(resource)]).toEqual([type, []]);
          expect([type, ...(profiles.get(type) ?? [])]).toContain(resource?.meta?.profile?.[0]);
        }
      }
      expect(references.size).toBeGreaterThan(10);
      for (const reference of references) {
        const { status } = await get(reference);
        expect([player.unit, reference, status]).toEqual([player.unit, reference, 200]);
      }
    }
  });

  /** What a follower of the case topic hears of a case, first occurrences in order. */
  async function followCase(caseId: string, count: number): Promise<CloudEvent<CaseEvent>[]> {
    const database = new Database({ url: store.url });
    const follower = createTransport(configuration, database, logger);
    const heard = new Map<string, CloudEvent<CaseEvent>>();
    const subscription = await follower.subscribe({
      group: `follower-${transport}`,
      topics: [caseTopic],
      handle: (batch) => {
        for (const { key, value } of batch) {
          const event = JSON.parse(value) as CloudEvent<CaseEvent>;
          if (key === caseId && !heard.has(event.id)) heard.set(event.id, event);
        }
        return Promise.resolve();
      },
    });
    await waitFor('every event of the case', () => heard.size >= count || undefined);
    await subscription.stop();
    await follower.close();
    await database.close();
    return [...heard.values()];
  }
});
