import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan } from 'fhir/r4.js';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration/configuration.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { carePlan, consent, staff } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** From the stand-in of Cosmic to who reads the case, through every part as `npm start` runs them. */

const minutes = 60_000;
const resources = new URL('../../src/demo/fictional-region/cosmic-resources.json', import.meta.url);

let store: TestDatabase;
let started: Started;
let configuration: Configuration;
let dataDirectory: string;
let authorization: string;

beforeAll(async () => {
  store = await createTestDatabase();
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-background-'));
  configuration = await wholeHubConfiguration(store.url, dataDirectory);
  started = await start(configuration, pino({ level: 'silent' }));
  authorization = `Bearer ${await (await openDemoIssuer(configuration)).userToken(staff.nurse)}`;
});
afterAll(async () => {
  await started?.stop();
  await store?.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function ask(address: string, body?: object): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${configuration.http.baseUrl}/${address}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization, 'content-type': 'application/fhir+json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** What Cosmic has of the plan from now on. */
async function put(plan: CarePlan): Promise<void> {
  const address = `http://127.0.0.1:${configuration.standIns.cosmicPort}/fhir/CarePlan/${plan.id}`;
  const answer = await fetch(address, { method: 'PUT', body: JSON.stringify(plan) });
  if (!answer.ok) throw new Error(await answer.text());
}

it(
  'a plan of Cosmic is shown as background of the case, as it is there now, without what it says, until it is taken back',
  async () => {
    const file = JSON.parse(await readFile(resources, 'utf8')) as { resources: CarePlan[] };
    const plan = file.resources.find(({ id }) => id === 'plan-astrid');
    if (plan === undefined) throw new Error('the region has no such plan');
    const opened = await ask('CarePlan', carePlan('193406129829'));
    const { id } = JSON.parse(opened.text) as { id: string };
    expect((await ask('Consent', consent(id))).status).toBe(201);

    await put({ ...plan, period: { start: '2026-06-15', end: '2026-12-01' } });
    const shown = await waitFor(
      'the plan as it is now',
      async () => {
        const { status, text } = await ask(`CarePlan/${id}/$background`);
        expect(status).toBe(200);
        const { entry = [] } = JSON.parse(text) as Bundle<CarePlan>;
        return entry.find(({ resource }) => resource?.period?.end === '2026-12-01')?.resource;
      },
      2 * minutes,
    );
    expect(shown).toMatchObject({
      status: 'active',
      intent: 'plan',
      title: plan.title,
      created: plan.created,
    });
    expect(JSON.stringify(shown)).not.toContain('stannar i journalen');

    await put({ ...plan, status: 'entered-in-error' });
    await waitFor(
      'the plan to be gone',
      async () => !(await ask(`CarePlan/${id}/$background`)).text.includes(plan.title ?? ''),
      2 * minutes,
    );
  },
  5 * minutes,
);
