import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Encounter, Task } from 'fhir/r4.js';
import { pino } from 'pino';
import type { DemoIssuer } from '../../src/access/demo-issuer.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { codeSystems, identifierSystems } from '../../src/projection/codes/codes.js';
import { cast } from '../../src/demo/cast.js';
import { FhirClient } from '../../src/demo/fhir-client.js';
import { newCase, oralConsent } from '../../src/demo/requests.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** From what a nurse writes in Cosmic to what the case shows: server, connector, transport, hub, FHIR. */
const tage = '194206219919';
const ward = 'SE4999002019-W101';
const nurse = { ...cast.nurse, user: 'SE4999002019-P001', unit: ward };
let store: TestDatabase;
let configuration: Configuration;
let dataDirectory: string;
let started: Started;
let issuer: DemoIssuer;
let client: FhirClient;

beforeAll(async () => {
  store = await createTestDatabase();
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-cosmic-'));
  const region = await wholeHubConfiguration(store.url, dataDirectory);
  // As the fictional region reads its Cosmic, but quicker.
  const settings = JSON.parse(await readFile(region.cosmic.configurationFile, 'utf8'));
  const quick = { pollSeconds: 0.2, sweepSeconds: 0.5 };
  const configurationFile = path.join(dataDirectory, 'cosmic.json');
  const carePlans = { ...settings.carePlans, ...quick, tellAgainMinutes: 0.02 };
  await writeFile(configurationFile, JSON.stringify({ ...settings, ...quick, carePlans }));
  configuration = { ...region, cosmic: { ...region.cosmic, configurationFile } };
  started = await start(configuration, pino({ level: 'silent' }));
  issuer = await openDemoIssuer(configuration);
  client = await FhirClient.open(configuration.http.baseUrl, issuer, nurse);
}, 120_000);
afterAll(async () => {
  await started?.stop();
  await store?.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

const admittedAt = new Date(Date.now() - 5 * 3_600_000);

/** As a nurse in Cosmic would: the stand-in is written by FHIR. */
async function write(method: 'PUT' | 'DELETE', name: string, body?: object): Promise<void> {
  const url = `http://127.0.0.1:${configuration.standIns.cosmicPort}/fhir/${name}`;
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  expect(answer.ok).toBe(true);
}

const atBed = 'Location/vmed-12-2';

const putEncounter = (status: string, end?: string, location = atBed): Promise<void> =>
  write('PUT', 'Encounter/e1', {
    resourceType: 'Encounter',
    id: 'e1',
    status,
    period: { start: admittedAt.toISOString(), ...(end !== undefined && { end }) },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: 'Patient/tage' },
    ...(location !== '' && { location: [{ location: { reference: location }, status: 'active' }] }),
  });

async function background(caseId: string): Promise<readonly CarePlan[] | undefined> {
  const bearer = await issuer.userToken({ user: nurse.user, unit: nurse.unit });
  const answer = await fetch(`${configuration.http.baseUrl}/CarePlan/${caseId}/$background`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  if (!answer.ok) return undefined;
  const bundle = (await answer.json()) as Bundle<CarePlan>;
  return (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
}

it('INT-2: a stay and a care plan of Cosmic stand in the case, and what happens to them there is seen in it', async () => {
  await putEncounter('in-progress');
  const plan = await client.create<CarePlan>(
    newCase(tage, admittedAt, new Date(Date.now() + 4 * 24 * 3_600_000).toISOString().slice(0, 10)),
  );
  const caseId = plan.id ?? '';
  const patient = plan.subject.reference ?? '';
  const stay = await client.eventually<Encounter>('Encounter', { patient });
  expect(stay).toMatchObject({
    status: 'in-progress',
    serviceProvider: { identifier: { system: identifierSystems.hsa, value: ward } },
  });

  await client.step(
    caseId,
    'record-patient-information',
    { name: 'informed', valueBoolean: true },
    { name: 'oral', valueBoolean: true },
    { name: 'written', valueBoolean: true },
  );
  await client.create(oralConsent(caseId));
  await client.step(caseId, 'publish-admission-notice');
  // It was told before the case was opened, so it comes when it is told again.
  const [known] = await waitFor('the plan', async () => {
    const plans = await background(caseId);
    return plans?.length === 1 ? plans : undefined;
  });
  expect(known).toMatchObject({ status: 'active', title: 'Samordnad individuell plan' });
  expect(JSON.stringify(known)).toContain('SE4999002019-H101');

  await write('DELETE', 'CarePlan/plan-tage');
  await waitFor('the plan to go', async () => (await background(caseId))?.length === 0);

  // ADR-13: the ward of the case is asked where the patient is, until the journal says it.
  for (const nowhere of ['Location/of-no-table', '']) {
    const asked = (status: string) =>
      client.eventually<Task>('Task', {
        'based-on': `CarePlan/${caseId}`,
        code: `${codeSystems.todo.system}|address-by-hand`,
        status,
        _lastUpdated: `ge${moved}`,
      });
    const moved = new Date().toISOString();
    await putEncounter('in-progress', undefined, nowhere);
    await asked('requested');
    await putEncounter('in-progress');
    await asked('completed');
  }

  await putEncounter('finished', new Date().toISOString());
  const todo = await client.eventually<Task>('Task', {
    'based-on': `CarePlan/${caseId}`,
    code: `${codeSystems.todo.system}|publish-discharge`,
    status: 'requested',
  });
  expect(todo.status).toBe('requested');
}, 120_000);
