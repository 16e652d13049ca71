import { describe, expect, it } from '@jest/globals';
import { allFaults } from '../../src/fhir/all-faults.js';
import { sample } from '../support/organisation.js';
import { code, facade, get, nurse, plan } from './requests-setup.js';

describe('what cannot be answered', () => {
  const requests: readonly [what: string, send: () => PromiseLike<Answer>, status: number, code: string][] = [
    ['an unknown type', () => get('/fhir/Observation/x'), 404, 'unknown-type'],
    ['an unknown path', () => get('/fhir/CarePlan/x/y/z/a'), 404, 'unknown-path'],
    ['an unknown root', () => get('/nothing'), 404, 'unknown-path'],
    [
      'a method the address does not have',
      () => facade.http().delete(`/fhir/CarePlan/${plan}`).set('Authorization', nurse),
      405,
      'unknown-interaction',
    ],
    [
      'OPTIONS',
      () => facade.http().options('/fhir/CarePlan').set('Authorization', nurse),
      405,
      'unknown-interaction',
    ],
    ['XML', () => get(`/fhir/CarePlan/${plan}`).set('Accept', 'application/fhir+xml'), 406, 'not-acceptable'],
    ['XML by _format', () => get(`/fhir/CarePlan/${plan}?_format=xml`), 406, 'not-acceptable'],
    [
      'another FHIR than R4',
      () => get(`/fhir/CarePlan/${plan}`).set('Accept', 'application/fhir+json; fhirVersion=5.0'),
      406,
      'not-acceptable',
    ],
    [
      'a body in another FHIR than R4',
      () => search('{}', 'application/fhir+json; fhirVersion=5.0'),
      415,
      'unsupported-media-type',
    ],
    ['a search in JSON', () => search('{}', 'application/fhir+json'), 415, 'form-expected'],
    ['a search in text', () => search('a', 'text/plain'), 415, 'form-expected'],
    [
      'a search in another character set',
      () => search('a=b', 'application/x-www-form-urlencoded; charset=ISO-8859-1'),
      415,
      'form-expected',
    ],
    ['broken JSON', () => search('{"a":', 'application/fhir+json'), 400, 'bad-body'],
    [
      'bytes that are no UTF-8',
      () => search(Buffer.from([0xff, 0xfe]).toString('latin1'), 'application/fhir+json; charset=latin1'),
      415,
      'unsupported-media-type',
    ],
    [
      'a body that is too large',
      () => search(`status=${'a'.repeat(200_000)}`, 'application/x-www-form-urlencoded'),
      413,
      'too-large',
    ],
    ['a broken escape', () => get('/fhir/CarePlan/%E0%A4%A'), 400, 'bad-url'],
    ['an unknown parameter', () => get('/fhir/CarePlan?colour=red'), 400, 'unknown-parameter'],
    ['an unknown modifier', () => get('/fhir/CarePlan?status:not=active'), 400, 'unknown-parameter'],
    ['a code said to have no system', () => get('/fhir/CarePlan?status=%7Cactive'), 400, 'bad-code'],
    ['a search by GET at _search', () => get('/fhir/CarePlan/_search'), 405, 'unknown-interaction'],
    ['a history of a type', () => get('/fhir/CarePlan/_history'), 404, 'unknown-path'],
    ['an operation by GET', () => get(`/fhir/CarePlan/${plan}/$annul`), 405, 'unknown-interaction'],
    ['an inherited name', () => get('/fhir/CarePlan?constructor=x'), 400, 'unknown-parameter'],
    ['an inherited type', () => get('/fhir/constructor/x'), 404, 'unknown-type'],
    ['a date that is none', () => get('/fhir/CarePlan?date=2026-02-30'), 400, 'bad-parameter'],
    ['a count that is none', () => get('/fhir/CarePlan?_count=-1'), 400, 'bad-parameter'],
    ['an unknown sort', () => get('/fhir/CarePlan?_sort=deadline'), 400, 'bad-sort'],
    ['a list of sorts', () => get('/fhir/Task?_sort=deadline,-_lastUpdated'), 400, 'bad-sort'],
    ['a sort twice', () => get('/fhir/Task?_sort=deadline&_sort=_lastUpdated'), 400, 'bad-sort'],
    ['an unknown include', () => get('/fhir/CarePlan?_include=CarePlan:status'), 400, 'bad-parameter'],
    ['an include of another type', () => get('/fhir/CarePlan?_include=Task:focus'), 400, 'bad-parameter'],
    ['a person by identifier in a URL', () => get('/fhir/Patient?identifier=x'), 400, 'number-needs-post'],
    ['too many values', () => get(`/fhir/CarePlan?status=${'a,'.repeat(201)}`), 400, 'too-many-values'],
    ['a cursor of nobody', () => get('/fhir/CarePlan?page=abc'), 400, 'bad-cursor'],
  ];
  it.each(requests)('%s is an OperationOutcome', async (_what, send, status, expected) => {
    const answer = await send();
    expect([answer.status, code(answer)]).toEqual([status, expected]);
    expect(answer.body.resourceType).toBe('OperationOutcome');
    expect(answer.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(answer.headers['x-request-id']).toBeDefined();
    expect(answer.text).not.toMatch(/stack|node_modules|Error:/);
  });

  it.each([
    ['colour=red', 'colour'],
    ['status:not=active', 'status'],
    ['190503279812=x', '?'],
    ['190503279812=', '?'],
  ])('names the search parameter at fault, but never a number: %s', async (form, named) => {
    const answer = await search(form, 'application/x-www-form-urlencoded');
    expect(answer.status).toBe(400);
    expect(answer.body.issue[0].diagnostics).toContain(`parameter ${named}`);
    expect(answer.text).not.toContain('190503279812');
  });

  it('has its words in Swedish and English', async () => {
    const { body } = await get('/fhir/Observation/x');
    const { sv, en } = allFaults['unknown-type'];
    expect(body.issue[0]).toMatchObject({
      severity: 'error',
      code: 'not-supported',
      diagnostics: en,
      details: {
        text: sv,
        _text: { extension: [{ extension: [{ valueCode: 'en' }, { valueString: en }] }] },
      },
    });
  });

  it('names what it allows at a known address', async () => {
    const answer = await facade.http().options(`/fhir/CarePlan/${plan}`).set('Authorization', nurse);
    expect(answer.headers['allow']).toBe('GET, HEAD');
  });

  type Answer = {
    status: number;
    text: string;
    headers: Record<string, string>;
    body: { resourceType: string; issue: { details: { coding: { code: string }[] } }[] };
  };
  const search = (body: string, type: string) =>
    facade
      .http()
      .post('/fhir/CarePlan/_search')
      .set('Authorization', nurse)
      .set('Content-Type', type)
      .send(body);
});

describe('around the interactions', () => {
  it('health tells alive from ready', async () => {
    expect((await facade.http().get('/health/live')).body).toEqual({ status: 'live' });
    expect((await facade.http().get('/health/ready')).body).toEqual({
      status: 'ready',
      parts: { database: true },
    });
  });

  it('the log names the route, never the address, and the client by its name', async () => {
    await get(`/fhir/CarePlan/${plan}?_format=json`).set('X-Request-ID', 'logged');
    const line = facade.log().find(({ requestId }) => requestId === 'logged');
    expect(line).toMatchObject({
      method: 'GET',
      route: '/fhir/:type/:id',
      status: 200,
      client: 'demo-client',
    });
    expect(JSON.stringify(facade.log())).not.toContain(plan);
  });

  it('the metrics count by route and name nobody', async () => {
    const metrics = await facade.dependencies.metrics.metrics();
    expect(metrics).toContain('route="/fhir/:type/:id"');
    expect(metrics).not.toContain(plan);
    expect(metrics).not.toContain(sample.nurse);
  });

  it('JSON is sent as what was asked for', async () => {
    expect((await get('/fhir/metadata').set('Accept', 'application/json')).headers['content-type']).toBe(
      'application/json; charset=utf-8',
    );
    expect((await get('/fhir/metadata').set('Accept', 'text/html,*/*;q=0.8')).status).toBe(200);
    expect((await get('/fhir/metadata?_format=application/fhir%2Bjson')).status).toBe(200);
  });
});
