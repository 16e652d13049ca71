import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { MllpClient } from '../../connectors/melior/mllp/send-mllp.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { adtMessage } from '../../src/demo/adt.js';
import { cast, patients } from '../../src/demo/cast.js';
import { playJourney } from '../../src/demo/journeys/journeys.js';
import { newCase } from '../../src/demo/requests.js';
import { Timeline } from '../../src/demo/timeline.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { plainRequest, unsigned, type Sent } from '../support/plain-request.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** A day that lies ahead. */
const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/**
 * The whole hub is played through, then everything is sent to it that should not be sent, with numbers and names in every
 * place; after that, neither may be found anywhere but where the design puts them.
 */

const known = patients[0];
/** Whom the hub may not keep anything of: protected twice over, unknown, a reserve number. */
const unwelcome = {
  protected: '196603259802',
  hidden: '197109079934',
  unknown: '198001019806',
  reserve: '98240301AA06',
};
const numbers = [...patients.map(({ number }) => number), ...Object.values(unwelcome)];
const names = ['Lindhage', 'Hamngatan', 'Sekretess', 'Folkbokföringsson', 'Nobelstam'];
const written = (number: string) => [
  number,
  `${number.slice(0, 8)}-${number.slice(8)}`,
  number.slice(2),
  `${number.slice(2, 8)}-${number.slice(8)}`,
];
/** The number as a log could still tell it, though it is not found where it is looked for. */
const disguised = (number: string) => [
  `${number} Lindhage`,
  `${number.slice(0, 8)}.${number.slice(8)}`,
  `${number.slice(0, 4)}-${number.slice(4, 6)}-${number.slice(6, 8)}-${number.slice(8)}`,
];
const personal = [...numbers.flatMap((number) => [...written(number), ...disguised(number)]), ...names];

let store: TestDatabase;
let started: Started;
let configuration: Configuration;
let dataDirectory: string;
const logs: string[] = [];
/** Everything that was answered, apart from the Patient itself. */
const answers: string[] = [];

beforeAll(async () => {
  store = await createTestDatabase();
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-personal-'));
  configuration = await wholeHubConfiguration(store.url, dataDirectory);
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(chunk.toString());
      done();
    },
  });
  started = await start(configuration, pino({ level: 'trace' }, sink));
  await playJourney({
    fhir: configuration.http.baseUrl,
    mllp: { host: configuration.melior.host, port: configuration.melior.port },
    issuer: await openDemoIssuer(configuration),
    timeline: new Timeline(() => undefined),
  });
  await sendBadRequests();
  await sendBadMessages();
  await waitFor('every fact to be dealt with', async () => {
    const { rows } = await store.database.query<{ left: number }>(
      `select (select count(*) from inbox where state = 'waiting') + (select count(*) from connector_receipt where not published) as left`,
    );
    return Number(rows[0]?.left) === 0 || undefined;
  });
});
afterAll(async () => {
  await started?.stop();
  await store?.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

const raw = (pathAndQuery: string, sent?: Sent): Promise<string> =>
  plainRequest(configuration.http.baseUrl, pathAndQuery, sent);

async function sendBadRequests(): Promise<void> {
  const issuer = await openDemoIssuer(configuration);
  const authorization = `Bearer ${await issuer.userToken({ user: cast.nurse.user, unit: cast.nurse.unit })}`;
  const json = { authorization, 'content-type': 'application/fhir+json' };
  const form = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const { number, family } = known;
  const post = async (at: string, body: unknown, headers: Record<string, string> = json): Promise<void> => {
    answers.push(
      await raw(`/fhir/${at}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers,
      }),
    );
  };
  for (const text of [number, written(number)[1] ?? '', family])
    for (const at of [
      `/fhir/Patient/${text}`,
      `/fhir/Patient?identifier=${text}`,
      `/fhir/Patient?${text}=1&identifier=1`.replace(family, number),
      `/fhir/${text}`,
      `/${text}`,
      `/fhir/CarePlan/${text}/_history/${text}`,
      `/fhir/CarePlan?_sort=${text}`,
      `/fhir/CarePlan?_format=${text}`,
      `/fhir/CarePlan?page=${text}`,
      `/fhir/%zz${text}`,
    ])
      answers.push(await raw(at, { headers: { authorization } }));
  for (const header of [
    'x-request-id',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'accept',
    'content-type',
    'x-forwarded-for',
    'user-agent',
    'authorization',
    'traceparent',
    'tracestate',
    'baggage',
    'x-correlation-id',
    'b3',
    'forwarded',
    'referer',
    'origin',
    'cookie',
    'from',
    'via',
    'prefer',
    'if-none-exist',
    'content-encoding',
    `x-${number}`,
  ])
    for (const text of [...written(number), ...disguised(number).slice(1)]) {
      answers.push(await raw('/fhir/CarePlan', { headers: { ...json, [header]: text } }));
      await post('CarePlan', newCase('193405', new Date(), ahead), { ...json, [header]: text });
    }
  for (const text of [number, `3406x12x9829`, `SE${number}`, `SE2321000016-${number}`])
    for (const token of [
      await issuer.userToken({ user: text, unit: cast.nurse.unit }),
      await issuer.userToken({ user: cast.nurse.user, unit: text }),
      await issuer.userToken({ user: cast.nurse.user, unit: cast.nurse.unit, role: text }),
      unsigned({ kid: text, alg: 'ES256', typ: 'at+jwt' }, { iss: 'urn:hemgang:demo-issuer' }),
      unsigned({ alg: text }, {}),
      unsigned({ alg: 'ES256', typ: 'at+jwt' }, { iss: text, aud: text, sub: text, jti: text }),
    ])
      answers.push(await raw('/fhir/CarePlan', { headers: { authorization: `Bearer ${token}` } }));
  for (const body of [
    `identifier=${number}&${number}=1`,
    `identifier=urn:oid:0|${number}`,
    `identifier=${number.slice(0, 11)}0`,
    `_id=${number}`,
    `_sort=${number}`,
    `page=${number}`,
  ])
    await post('Patient/_search', body, form);
  await post('CarePlan/_search', `subject:identifier=urn:oid:1.2.752.129.2.1.3.1|${number}&_count=1`, form);
  await post('AuditEvent/_search', `patient=${number}`, form);
  const plan = newCase(number, new Date(Date.now() - 3_600_000), ahead);
  for (const body of [
    number,
    `{"${number}`,
    { resourceType: number },
    { resourceType: 'CarePlan', [number]: 1 },
    { ...plan, status: number },
    { ...plan, intent: family },
    { ...plan, period: { start: number } },
    { ...plan, category: [{ coding: [{ system: number, code: family }] }] },
    { ...plan, subject: { reference: `Patient/${number}`, display: family } },
    { ...plan, subject: { identifier: { system: number, value: number } } },
    { ...plan, encounter: { reference: `Encounter/${number}` } },
    { ...plan, author: { identifier: { value: number } } },
    { ...plan, extension: [{ url: number, valueString: family }] },
    { ...plan, period: { start: '2999-01-01T00:00:00Z', end: '2000-01-01' } },
  ])
    await post('CarePlan', body, { ...json, 'idempotency-key': randomUUID() });
  for (const unfit of [...Object.values(unwelcome), `${number.slice(0, 11)}0`, number.slice(2)])
    await post('CarePlan', newCase(unfit, new Date(Date.now() - 3_600_000), ahead), {
      ...json,
      'idempotency-key': randomUUID(),
    });
  await post(`CarePlan/${number}/$ready`, { resourceType: 'Parameters' });
  await post(`CarePlan/${randomUUID()}/$${number}`, { resourceType: 'Parameters' });
  await post(`CarePlan/${family}/$ready`, { resourceType: 'Parameters', parameter: [{ name: number }] });
  answers.push(
    await raw(`/fhir/Task/${family}`, {
      method: 'PUT',
      body: JSON.stringify({ resourceType: 'Task', id: number, status: family }),
      headers: { ...json, 'idempotency-key': randomUUID() },
    }),
  );
  const metrics = await fetch(`http://127.0.0.1:${configuration.metrics.port}/metrics`);
  answers.push(await metrics.text());
}

/** Those that an answer repeats, and others that say nothing here. */
const headerFields = [5, 6, 11, 13, 14, 18, 19, 21];

/** A message with a field of its header written otherwise (MSH-1 the first). */
function withHeader(message: string, field: number, write: (was: string) => string): string {
  const [header = '', ...rest] = message.split('\r');
  const fields = header.split('|');
  while (fields.length < field) fields.push('');
  fields[field - 1] = write(fields[field - 1] ?? '');
  return [fields.join('|'), ...rest].join('\r');
}

async function sendBadMessages(): Promise<void> {
  const client = await MllpClient.open(configuration.melior.host, configuration.melior.port);
  const at = new Date(Date.now() - 3_600_000);
  const admission = (number: string, changes: Partial<Parameters<typeof adtMessage>[0]> = {}) =>
    adtMessage({
      event: 'A01',
      controlId: randomUUID(),
      at,
      admittedAt: at,
      patient: { number, family: 'Nobelstam', given: 'Lindhage' },
      ward: 'MED',
      visit: randomUUID(),
      ...changes,
    });
  const { number } = known;
  const sound = admission(number);
  for (const message of [
    ...Object.values(unwelcome).map((each) => admission(each)),
    admission('19340612'),
    admission(`${number.slice(0, 11)}0`),
    admission(number, { ward: number }),
    ...disguised(number).flatMap((text) => [
      admission(number, { ward: text }),
      admission(number, { visit: text }),
      admission(number, { controlId: text }),
      sound.replace('|SUNDVIK|', `|${text}|`),
      ...headerFields.flatMap((field) => [
        withHeader(admission(number), field, () => text),
        withHeader(admission(number), field, (was) => `${was}^${text}`),
        withHeader(admission(number), field, (was) => `${was}~${text}`),
      ]),
    ]),
    admission(number, { controlId: number }),
    admission(number, { visit: number }),
    sound.replace('|MELIOR|', `|${number}|`),
    sound.replace('ADT^A01', `ADT^${number}`),
    sound.replace('|T|2.5', `|${number}|2.5`),
    sound.replace('|2.5|', `|${number}|`),
    sound.replace('UNICODE UTF-8', number),
    sound.replace(/EVN\|A01\|\d+/, `EVN|A01|${number}`),
    sound.replace(/\|\d{14}\|\|ADT/, `|${number}||ADT`),
    sound.replace('PV1|', `${number}|`),
    sound.replaceAll('\r', ''),
    `${number} Nobelstam`,
  ]) {
    const answer = (await client.send(Buffer.from(message, 'utf8'))).toString('latin1');
    // An answer repeats the header it answers, to the one who wrote it, and nothing else.
    const [header = ''] = message.split('\r');
    const repeated = header.split(/[|^~&]/).filter((field) => field.length > 3);
    answers.push(repeated.reduce((text, field) => text.replaceAll(field, ''), answer));
  }
  client.close();
}

const foundIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    personal.filter((each) => text.includes(each)).map((each) => `${each}: ${text.slice(0, 300)}`),
  );

describe('after a journey and every fault, numbers and names are', () => {
  it('in no log line, at any level', () => {
    expect(logs.length).toBeGreaterThan(100);
    expect(foundIn(logs)).toEqual([]);
  });

  it('in no answer, header or link, and no metric', () => {
    expect(answers.length).toBeGreaterThan(80);
    expect(foundIn(answers)).toEqual([]);
  });

  it('in no table but the register copies and the Patient: facts are sealed, and of a header nothing is kept', async () => {
    const allowed: Readonly<Record<string, string>> = {
      person_copy: 'true',
      resource: `type = 'Patient'`,
      resource_version: `type = 'Patient'`,
      // The directory is no secret; nobody in it is called what the patients are called.
    };
    const { rows: tables } = await store.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const { rows } = await store.database.query<{ text: string }>(
        `select t::text as text from ${name} as t where not (${allowed[name] ?? 'false'})
          and t::text ~ $1`,
        [personal.join('|')],
      );
      expect([name, foundIn(rows.map(({ text }) => text))]).toEqual([name, []]);
    }
  });

  it('in no key, header or name of a message, whatever it carries', async () => {
    const { rows } = await store.database.query<{ text: string }>(
      `select concat_ws(' ', topic, key, headers::text, value::jsonb - 'data') as text from transport_message`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(foundIn(rows.map(({ text }) => text))).toEqual([]);
    const { rows: inbox } = await store.database.query<{ text: string }>(
      `select (to_jsonb(i) - 'envelope')::text as text from inbox as i`,
    );
    expect(foundIn(inbox.map(({ text }) => text))).toEqual([]);
  });

  it('PAT-4, PAT-5: of those whom the hub may not keep, not even in the inbox', async () => {
    const { rows } = await store.database.query<{ text: string }>(
      'select envelope::text as text from inbox where envelope is not null',
    );
    const kept = Object.values(unwelcome).filter((number) => rows.some(({ text }) => text.includes(number)));
    expect(kept).toEqual([]);
  });

  it('PAT-2: as the sender wrote them nowhere at all: names come from the register', async () => {
    const { rows } = await store.database.query(
      `select 1 from inbox where envelope::text like '%Nobelstam%'
       union all select 1 from transport_message where value like '%Nobelstam%'
       union all select 1 from connector_receipt where message like '%Nobelstam%' or answer like '%Nobelstam%'`,
    );
    expect(rows).toEqual([]);
  });
});
