import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.js';

/** Who asks is established before anything else of a request is looked at: without a token every answer is the same. */
let hub: TestHub;
let port: number;
beforeAll(async () => {
  hub = await startHub();
  if (!hub.app.getHttpServer().listening) await hub.app.listen(0, '127.0.0.1');
  port = (hub.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => hub.stop());

const id = '6f1f3c5e-0000-4000-8000-000000000000';
const json = 'application/fhir+json';

/** Heads that are refused where somebody is known, each for another reason. */
const heads: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'nothing more': {},
  'If-Match that is no tag': { 'If-Match': 'x' },
  'If-None-Match': { 'If-None-Match': 'W/"1"' },
  'If-None-Match that is no tag': { 'If-None-Match': ',' },
  'If-Modified-Since': { 'If-Modified-Since': 'Mon, 02 Mar 2026 10:00:00 GMT' },
  'If-Unmodified-Since': { 'If-Unmodified-Since': 'Mon, 02 Mar 2026 10:00:00 GMT' },
  'If-None-Exist': { 'If-None-Exist': 'identifier=x' },
  'Prefer that is not obeyed': { Prefer: 'handling=lenient' },
  'Prefer: respond-async': { Prefer: 'respond-async' },
  'a form that is not given': { Accept: 'application/fhir+xml' },
  'X-HTTP-Method-Override': { 'X-HTTP-Method-Override': 'DELETE' },
  'X-Provenance': { 'X-Provenance': '{}' },
  'Content-Encoding': { 'Content-Encoding': 'gzip' },
  'Idempotency-Key with a number': { 'Idempotency-Key': '193406129829' },
  'another Content-Type': { 'Content-Type': 'text/plain' },
};

const queries = [
  '',
  '?_format=xml',
  '?_format=application/fhir%2Bxml',
  '?_pretty=maybe',
  '?nope=1',
  '?_count=x',
  '?%ff=1',
  '?a=%zz',
  '?identifier=193406129829',
  '?page=x',
];

const addresses = [
  'GET /fhir/CarePlan',
  `GET /fhir/CarePlan/${id}`,
  `HEAD /fhir/CarePlan/${id}`,
  `GET /fhir/CarePlan/${id}/_history`,
  `GET /fhir/CarePlan/${id}/_history/x`,
  `GET /fhir/CarePlan/${id}/$background`,
  `GET /fhir/CarePlan/${id}/$overview`,
  `GET /fhir/CarePlan/${id}/$payment-basis`,
  `POST /fhir/CarePlan/${id}/$open-form`,
  `POST /fhir/QuestionnaireResponse/${id}/$save-answers`,
  `GET /fhir/QuestionnaireResponse/${id}/$answer-history`,
  'GET /fhir/AuditEvent',
  'GET /fhir/CarePlan/193406129829',
  'GET /fhir/Nothing',
  'GET /fhir/nothing/at/all/here/or/there',
  'GET /fhir/CarePlan//',
  'GET /fhir//CarePlan',
  'GET /fhir/CarePlan/%zz',
  'GET /%66hir/CarePlan',
  'DELETE /fhir/CarePlan',
  'PATCH /fhir/CarePlan/x',
  'OPTIONS /fhir/CarePlan',
  'POST /fhir/CarePlan',
  'POST /fhir/CarePlan/_search',
  'POST /fhir/CodeSystem/_search',
  `POST /fhir/CarePlan/${id}/$publish-admission-notice`,
  `POST /fhir/CarePlan/${id}/$no-such-operation`,
  `PUT /fhir/Task/${id}`,
  `PUT /fhir/Consent/${id}`,
  'POST /fhir/metadata',
  'GET http://hub.test/fhir/nothing/at/all',
  'GET HTTPS://hub.test:8443/fhir/CarePlan/%zz',
  `GET http://hub.test/fhir/CarePlan/${id}`,
  'POST http://hub.test/fhir/CarePlan/_search',
];

/** What comes back, without what every answer has of its own. */
async function ask(line: string, headers: Readonly<Record<string, string>>, body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('close', () => resolve()).on('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
  });
  const all = { host: 'hub.test', connection: 'close', ...headers };
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${line} HTTP/1.1\r\n${head.join('')}${length}\r\n${body}`);
  await ended;
  const text = Buffer.concat(chunks).toString();
  return text.replaceAll(/^(?:date|x-request-id|keep-alive|connection): .*\r\n/gim, '');
}

describe.each(addresses)('ACC-1: %s', (address) => {
  it('without a token says 401 and nothing else, whatever the head, the query and the body hold', async () => {
    const [method = '', path = ''] = address.split(' ');
    const plain = await ask(`${method} ${path}`, {});
    expect(plain).toMatch(/^HTTP\/1\.1 401 /);
    expect(plain).not.toContain('193406129829');
    const asked: [string, Promise<string>][] = [];
    for (const [name, headers] of Object.entries(heads))
      asked.push([name, ask(`${method} ${path}`, headers)]);
    for (const query of queries) asked.push([query, ask(`${method} ${path}${query}`, {})]);
    if (method !== 'GET' && method !== 'HEAD')
      for (const body of ['{', '{"resourceType":"Task","resourceType":"Task"}', 'x=%ff'])
        asked.push([body, ask(`${method} ${path}`, { 'content-type': json }, body)]);
    for (const [what, answer] of asked) expect([what, await answer]).toEqual([what, plain]);
  });

  it('with a token that is none says so and nothing else', async () => {
    const [method = '', path = ''] = address.split(' ');
    const authorization = 'Bearer a.b.c';
    const plain = await ask(`${method} ${path}`, { authorization });
    expect(plain).toMatch(/^HTTP\/1\.1 401 /);
    for (const [name, headers] of Object.entries(heads))
      expect([name, await ask(`${method} ${path}`, { ...headers, authorization })]).toEqual([name, plain]);
  });
});

it.each([
  'GET /fhir/metadata',
  'GET http://hub.test/fhir/metadata',
  'GET HTTP://hub.test/fhir/metadata',
  'GET /fhir#/metadata',
  'GET http://hub.test/fhir',
])('an address means the same in absolute form, its head too: %s', async (address) => {
  expect(await ask(address, {})).toMatch(/^HTTP\/1\.1 200 /);
  expect(await ask(address, { accept: 'application/fhir+xml' })).toMatch(/^HTTP\/1\.1 406 /);
  expect(await ask(address, { 'X-HTTP-Method-Override': 'DELETE' })).toMatch(/^HTTP\/1\.1 400 /);
});

it('what needs no token is answered without one', async () => {
  for (const path of [
    '/',
    '/fhir',
    '/fhir/',
    '/fhir/metadata',
    '/fhir/CodeSystem',
    '/fhir/Questionnaire',
    '/health/live',
    '/health/ready',
  ])
    expect([path, (await hub.http().get(path)).status]).toEqual([path, 200]);
  expect((await hub.http().get('/fhir/metadata').set('accept', 'application/fhir+xml')).status).toBe(406);
});
