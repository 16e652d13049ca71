import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, CarePlan, FhirResource, Practitioner } from 'fhir/r4.js';
import { pino } from 'pino';
import type { DemoIssuer } from '../../src/access/demo-issuer.js';
import { backgroundBundle } from '../../src/fhir/background/background-bundle.js';
import { allFaults } from '../../src/fhir/all-faults.js';
import { validateEvent } from '../../src/messaging/contracts/validate-event.js';
import { statusTransitions } from '../../src/process/todo/status.js';
import { canonicalBase } from '../../src/projection/codes/codes.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { r4Faults } from '../support/r4-resources.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

const page = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const text = await page('fhir.md');
const tasks = await page('fhir-tasks.md');
const people = await page('fhir-staff.md');
const background = await page('fhir-background.md');
const following = await page('fhir-following.md');
const pages = [text, tasks, people, background, await page('fhir-requests.md'), following];
const blocks = [...pages.join('\n').matchAll(/^```http (\d{3}) ?(\w*)\n(.*?)\n```$/gms)].map(
  ([, status = '', name = '', request = '']) => ({ status: Number(status), name, request }),
);

const staff = {
  nurse: { user: 'SE4999000013-P001', unit: 'SE4999000013-W101' },
  centre: { user: 'SE4999000013-P021', unit: 'SE4999000013-H102' },
  municipality: { user: 'SE4999000047-P001', unit: 'SE4999000047-B101' },
  reviewer: { user: 'SE4999000013-P014', unit: 'SE4999000013-W101' },
} as const;

const day = (moment: Date): string => moment.toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
const hour = 3_600_000;

let store: TestDatabase;
let started: Started;
let base: string;
let dataDirectory: string;
/** What the placeholders of the page stand for; resources by the names that the page gives them. */
const words = new Map<string, string>();
const named = new Map<string, FhirResource>();

beforeAll(async () => {
  store = await createTestDatabase();
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-docs-'));
  const configuration = await wholeHubConfiguration(store.url, dataDirectory);
  started = await start(configuration, pino({ level: 'silent' }));
  base = configuration.http.baseUrl;
  await introduce(await openDemoIssuer(configuration));
});
afterAll(async () => {
  await started?.stop();
  await store?.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function introduce(issuer: DemoIssuer): Promise<void> {
  const now = new Date();
  for (const [name, who] of Object.entries(staff)) words.set(name, await issuer.userToken(who));
  words.set('sv', canonicalBase);
  words.set('now', now.toISOString());
  words.set('today', day(now));
  words.set('admitted', new Date(now.getTime() - 5 * hour).toISOString());
  words.set('dayBefore', new Date(now.getTime() - 30 * hour).toISOString());
  words.set('expected', day(new Date(now.getTime() + 96 * hour)));
}

function filledIn(request: string): string {
  return request.replaceAll(
    /\{\{(\w+)(\.etag| with [^\n]+?(?=\}\}$))?\}\}/gm,
    (placeholder, name: string, more = '') => {
      if (name === 'uuid') return randomUUID();
      const resource = named.get(name);
      const word = words.get(name) ?? resource?.id;
      if (word === undefined) throw new Error(`the page does not say what ${placeholder} is`);
      if (more === '') return word;
      if (more === '.etag') return `W/"${resource?.meta?.versionId ?? ''}"`;
      const changes = JSON.parse(`{${String(more).slice(' with '.length)}}`) as object;
      return JSON.stringify({ ...resource, ...changes });
    },
  );
}

async function send(request: string) {
  const [head = '', ...rest] = filledIn(request).split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const [method = '', address = ''] = line.split(' ');
  const body = rest.join('\n\n');
  const answer = await fetch(`${base}${address}`, {
    method,
    headers: [
      ...headers.map((header): [string, string] => {
        const colon = header.indexOf(':');
        return [header.slice(0, colon), header.slice(colon + 1).trim()];
      }),
      ...(body === ''
        ? []
        : [
            [
              'Content-Type',
              address.endsWith('/_search') ? 'application/x-www-form-urlencoded' : 'application/fhir+json',
            ] as [string, string],
          ]),
    ],
    ...(body === '' ? {} : { body: address.endsWith('/_search') ? formOf(body) : body }),
  });
  return { answer, content: await answer.text() };
}

/** A form as the page writes it, for reading, is not escaped. */
function formOf(form: string): string {
  const pairs = form.split('&').map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return new URLSearchParams(pairs).toString();
}

const resourcesIn = (resource: FhirResource | Bundle<FhirResource>): readonly FhirResource[] =>
  resource.resourceType === 'Bundle'
    ? ((resource as Bundle<FhirResource>).entry ?? []).flatMap((entry) => entry.resource ?? [])
    : [resource];

describe('docs/fhir.md, and the pages beside it', () => {
  it.each(pages)('is short enough to be read', (each) =>
    expect(each.trimEnd().split('\n').length).toBeLessThanOrEqual(300),
  );

  it('ORG-12: tell each status from which a unit can go on, and where to', () => {
    const table = tasks.replaceAll(/ +\|/g, ' |');
    const going = Object.entries(statusTransitions).filter(([, to]) => to.length > 0);
    const missing = going
      .map(([from, to]) => `| \`${from}\` | ${to.map((each) => `\`${each}\``).join(', ')} |`)
      .filter((line) => !table.includes(line));
    expect(missing).toEqual([]);
  });

  it('has examples that the hub answers as the page says, in R4', async () => {
    expect(blocks.length).toBeGreaterThan(15);
    for (const { status, name, request } of blocks) {
      const { answer, content } = await send(request);
      const what = request.split('\n', 1)[0];
      expect([what, answer.status, answer.status === status ? '' : content]).toEqual([what, status, '']);
      const resource = JSON.parse(content) as FhirResource;
      const parts = resourcesIn(resource);
      for (const one of parts) expect([one.resourceType, r4Faults(one)]).toEqual([one.resourceType, []]);
      // FHIR knows no empty list, object or text.
      expect(content).not.toMatch(/:(?:\[\]|\{\}|""|null)/);
      if (name === '') continue;
      const [first] = parts;
      if (first === undefined) throw new Error(`nothing was found for ${name}`);
      named.set(name, first);
    }
  });

  it('SVU-8: the searches of the page on staff find whom it says', () => {
    const names = ['contact', 'newcomer'].map((name) => named.get(name) as Practitioner | undefined);
    expect(names.map((each) => each?.name?.[0]?.family)).toEqual(['Åbrink', 'Nyström']);
    expect(named.get('work')).toMatchObject({ practitioner: { display: 'Petra Nyström' } });
  });

  it('shows every operation that there is', async () => {
    const { content } = await send('GET /metadata');
    const [rest] = (JSON.parse(content) as CapabilityStatement).rest ?? [];
    const operations =
      rest?.resource?.flatMap(({ operation = [] }) => operation.map(({ name }) => name)) ?? [];
    expect(operations.filter((name) => !text.includes(`$${name}`))).toEqual([]);
  });

  it('shows background as it is answered: a collection in R4 of nothing but what a journal may tell', () => {
    const [, example = ''] = /^```json background\n(.*?)\n```$/ms.exec(background) ?? [];
    const bundle = JSON.parse(example) as Bundle<CarePlan>;
    expect([bundle.type, r4Faults(bundle)]).toEqual(['collection', []]);
    const person = bundle.entry?.[0]?.resource?.subject.reference?.split('/')[1] ?? '';
    const answered = backgroundBundle(
      randomUUID(),
      person,
      [
        {
          sender: 'cosmic',
          plan: 'cp-4711',
          occurredAt: '2026-11-20T13:05:00Z',
          content: {
            status: 'active',
            title: 'Samordnad individuell plan',
            categories: [{ system: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs', code: 'SIP' }],
            period: { start: '2026-10-01' },
            createdAt: '2026-10-01',
            author: { name: 'Rehabmottagningen' },
            receivers: [{ name: 'Hemsjukvården' }],
          },
        },
      ],
      new Date(bundle.timestamp ?? ''),
    );
    const fullUrl = bundle.entry?.[0]?.fullUrl;
    expect({ ...answered, entry: answered.entry?.map((each) => ({ ...each, fullUrl })) }).toEqual(bundle);
  });

  it('explains every status that the facade answers with', () => {
    const statuses = [...new Set(Object.values(allFaults).map(({ status }) => status))];
    const table = text.slice(text.indexOf('## What is not accepted'));
    expect(
      statuses.filter((status) => !new RegExp(String.raw`^\|[^|]*\b${status}\b`, 'm').test(table)),
    ).toEqual([]);
  });

  it('names the people of its tokens as the test does', () => {
    for (const [name, { user, unit }] of Object.entries(staff))
      expect(text).toMatch(new RegExp(String.raw`\{\{${name}\}\}.*${user}.*${unit}`));
  });

  it('shows a case event as the contract has it', () => {
    const [, event = ''] = /^```text case\.event\.v1\n(.*?)\n```$/ms.exec(following) ?? [];
    expect(validateEvent('case.event.v1', JSON.parse(event)).faults).toBeUndefined();
  });
});
