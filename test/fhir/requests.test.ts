import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { placeResource } from '../support/facade.js';
import { sample } from '../support/organisation.js';
import { withoutChance } from '../support/written-number.js';
import { audit, code, facade, get, nurse, plan, scope } from './requests-setup.js';

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
    audit.fails = true;
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
      audit.fails = false;
    }
  });
});

it('what fails while an address that is none is answered is told as unavailable, and stands in the log', async () => {
  const authorization = await facade.user(sample.nurse, sample.healthCentre);
  audit.fails = true;
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
    audit.fails = false;
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
