import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AuditUnavailable } from '../../src/access/access-context.js';
import { allFaults } from '../../src/fhir/all-faults.js';
import { placeGrant, placeResource, startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { withoutChance } from '../support/written-number.js';

let facade: TestFacade;
let nurse: string;
let plan: string;
const scope = randomUUID();
let auditFails = false;

beforeAll(async () => {
  facade = await startFacade(sampleOrganisation(), {
    replace: ({ audit }) => ({
      audit: {
        record: (entries) =>
          auditFails ? Promise.reject(new AuditUnavailable('no')) : audit.record(entries),
      },
    }),
  });
  nurse = await facade.user(sample.nurse, sample.ward);
  plan = await placeResource(facade.store, {
    type: 'CarePlan',
    id: scope,
    scope,
    personId: randomUUID(),
    version: 3,
  });
  await placeGrant(facade.store, { scope, unit: sample.ward });
});
afterAll(() => facade.stop());

const get = (path: string) => facade.http().get(path).set('Authorization', nurse);
const code = (answer: { body: { issue: { details: { coding: { code: string }[] } }[] } }) =>
  answer.body.issue[0]?.details.coding.at(-1)?.code;

describe('read', () => {
  it('answers the stored text with its version and time', async () => {
    const answer = await get(`/fhir/CarePlan/${plan}`);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      etag: 'W/"3"',
      'last-modified': 'Mon, 02 Mar 2026 10:00:00 GMT',
      'content-type': 'application/fhir+json; charset=utf-8',
      'cache-control': 'no-store',
    });
    const { rows } = await facade.store.database.query<{ content: string }>(
      'select content from resource where id = $1',
      [plan],
    );
    expect(answer.text).toBe(rows[0]?.content);
  });

  it('answers 304 to a client that has the version, after the same check and record', async () => {
    const answer = await get(`/fhir/CarePlan/${plan}`)
      .set('If-None-Match', 'W/"3"')
      .set('X-Request-ID', 'conditional');
    expect([answer.status, answer.text]).toEqual([304, '']);
    expect((await get(`/fhir/CarePlan/${plan}`).set('If-None-Match', 'W/"2"')).status).toBe(200);
    expect(
      (await get(`/fhir/CarePlan/${plan}`).set('If-Modified-Since', 'Mon, 02 Mar 2026 10:00:00 GMT')).status,
    ).toBe(304);
    const { rows } = await facade.store.database.query(
      `select from audit_record where detail->>'requestId' = 'conditional'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('answers 410 for what was removed', async () => {
    const gone = await placeResource(facade.store, { type: 'Task', scope, deleted: true, version: 2 });
    expect((await get(`/fhir/Task/${gone}`)).status).toBe(410);
    expect((await get(`/fhir/Task/${gone}/_history/2`)).status).toBe(410);
    const { body } = await get(`/fhir/Task/${gone}/_history`);
    expect(body.entry).toEqual([
      expect.objectContaining({ request: { method: 'DELETE', url: `Task/${gone}` } }),
    ]);
    expect(body.entry[0].resource).toBeUndefined();
  });
});

describe('who asks', () => {
  it('is needed: without a token 401 with a challenge and nothing about why', async () => {
    const answer = await facade.http().get(`/fhir/CarePlan/${plan}`);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="fhir"']);
    const wrong = await facade.http().get(`/fhir/CarePlan/${plan}`).set('Authorization', 'Bearer a.b.c');
    expect([wrong.status, wrong.headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="fhir", error="invalid_token"',
    ]);
    expect(wrong.body).toEqual(answer.body);
  });

  it('ORG-1: a unit that the person has no assignment at is 403, and stands in the trail', async () => {
    const answer = await get(`/fhir/CarePlan/${plan}`)
      .set('Authorization', await facade.user(sample.nurse, sample.healthCentre))
      .set('X-Request-ID', 'wrong-unit');
    expect(answer.status).toBe(403);
    expect(answer.body.issue[0].details.coding[0].code).toBe('ORG-1');
    const { rows } = await facade.store.database.query<{ detail: object; unit: string }>(
      `select detail, unit from audit_record where detail->>'requestId' = 'wrong-unit'`,
    );
    expect(rows).toEqual([
      {
        unit: sample.healthCentre,
        detail: expect.objectContaining({ claimedActor: sample.nurse, code: 'unit-not-assigned' }),
      },
    ]);
  });
});

describe('the trail', () => {
  it('ACC-5: a read is written down: who, unit, role, case, what, when', async () => {
    await get(`/fhir/CarePlan/${plan}`).set('X-Request-ID', 'a-read');
    const { rows } = await facade.store.database.query(
      `select actor, unit, role, case_id, action, outcome, detail->>'resource' as resource, (detail->>'version')::int as version
       from audit_record where detail->>'requestId' = 'a-read'`,
    );
    expect(rows).toEqual([
      {
        actor: sample.nurse,
        unit: sample.ward,
        role: 'nurse',
        case_id: scope,
        action: 'read',
        outcome: 'success',
        resource: `CarePlan/${plan}`,
        version: 3,
      },
    ]);
  });

  it('promise 8: no read without its record: 503 when the trail cannot be written', async () => {
    auditFails = true;
    try {
      for (const path of [
        `CarePlan/${plan}`,
        `CarePlan/${plan}/_history`,
        `CarePlan/${plan}/_history/3`,
        'CarePlan',
        `CarePlan/${randomUUID()}`,
      ]) {
        const answer = await get(`/fhir/${path}`);
        expect([path, answer.status, answer.headers['retry-after']]).toEqual([path, 503, '5']);
        expect(code(answer)).toBe('audit-unavailable');
        expect(answer.text).not.toContain(plan);
      }
    } finally {
      auditFails = false;
    }
  });
});

it('what fails while an address that is none is answered is told as unavailable, and stands in the log', async () => {
  const authorization = await facade.user(sample.nurse, sample.healthCentre);
  auditFails = true;
  try {
    const answer = await facade.http().get('/fhir/%zz').set('Authorization', authorization);
    expect([answer.status, code(answer)]).toEqual([503, 'unavailable']);
    expect(facade.log()).toContainEqual(
      expect.objectContaining({
        level: 40,
        requestId: answer.headers['x-request-id'],
        error: 'AuditUnavailable',
      }),
    );
  } finally {
    auditFails = false;
  }
});

describe('a personal number', () => {
  const forms = [
    '190503279812',
    '19050327-9812',
    '0503279812',
    '050327-9812',
    '050327+9812',
    '19050327%2D9812',
    '%31905%30327981%32',
    '19050327%252D9812',
    '1905-03-27-9812',
    '190503879812',
    '19050327%209812',
    '19050327%E2%80%939812',
  ];
  it.each(forms)('in a URL is 400, and no line of the log has it: %s', async (number) => {
    for (const path of [
      `/fhir/Patient?identifier=${number}`,
      `/fhir/Patient/${number}`,
      `/fhir/CarePlan?patient.identifier=http://electronichealth.se/identifier/personnummer|${number}`,
      `/${number}`,
      `/fhir/Task?owner=a&_tag=x%26${number}`,
    ]) {
      const answer = await get(path);
      expect([path, answer.status, code(answer)]).toEqual([path, 400, 'number-in-url']);
    }
    const posted = await facade
      .http()
      .post(`/fhir/Patient/_search?identifier=${number}`)
      .set('Authorization', nurse);
    expect(posted.status).toBe(400);
    const log = JSON.stringify(facade.log());
    for (const written of [number, decodeURIComponent(number)]) expect(log).not.toContain(written);
    expect(withoutChance(facade.log())).not.toContain('9812');
  });

  it('is not seen where there is none: ids, times, HSA-ids, counts', async () => {
    for (const harmless of [
      `_id=85031212-1234-4123-8123-850312123456`,
      '_lastUpdated=ge2026-03-02T10:00:00.000Z&_count=20',
      'owner:identifier=urn:oid:1.2.752.29.4.19|SE2321000016-0001',
    ])
      expect([harmless, (await get(`/fhir/Task?${harmless}`)).status]).toEqual([harmless, 200]);
  });

  it('as X-Request-ID is not taken over', async () => {
    const answer = await get('/fhir/metadata').set('X-Request-ID', '190503279812');
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await get('/fhir/metadata').set('X-Request-ID', 'a b')).headers['x-request-id']).toMatch(
      /^[0-9a-f-]{36}$/,
    );
    expect((await get('/fhir/metadata').set('X-Request-ID', 'trace-7')).headers['x-request-id']).toBe(
      'trace-7',
    );
  });
});

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
