import { describe, expect, it } from '@jest/globals';
import { as, carePlan, codesOf, informed, opened, parameters, published, staff } from '../support/svu.js';
import { withoutChance } from '../support/written-number.js';
import { hub, nurse } from './write-requests-setup.js';

const expressions = (body: { issue: { expression?: string[] }[] }): readonly string[] =>
  body.issue.flatMap(({ expression }) => expression ?? []);

describe('what is not FHIR, or not what is asked for', () => {
  it.each<[string, string, number, string]>([
    ['text that is not JSON', '{"resourceType":', 400, 'bad-body'],
    ['JSON that is no resource', '[1, 2]', 400, 'not-a-resource'],
    ['a resource of another type', '{"resourceType":"Patient"}', 400, 'wrong-resource-type'],
    ['an empty body', '', 400, 'not-a-resource'],
  ])('%s', async (_, body, status, code) => {
    const answer = await nurse.post('CarePlan', body);
    expect([answer.status, codesOf(answer)]).toEqual([status, [code]]);
    expect(answer.body.resourceType).toBe('OperationOutcome');
  });

  it('another media type is 415', async () => {
    expect((await nurse.post('CarePlan', '<CarePlan/>', { type: 'application/fhir+xml' })).status).toBe(415);
  });

  it('every fault of structure is named with its place and without its value', async () => {
    const secret = 'ett värde';
    const answer = await nurse.post('CarePlan', {
      ...carePlan('193406129829'),
      status: secret,
      madeUp: secret,
      period: { start: secret },
      note: [{ text: 'x' }, { author: secret }],
    });
    expect(answer.status).toBe(400);
    expect(expressions(answer.body)).toEqual(
      expect.arrayContaining([
        'CarePlan.status',
        'CarePlan.madeUp',
        'CarePlan.period.start',
        'CarePlan.note[1].author',
      ]),
    );
    expect(answer.text).not.toContain(secret);
  });

  it('every fault against the profile is named at once, and elements the hub would not keep are refused', async () => {
    const { category: _none, ...plan } = carePlan('193406129829');
    const answer = await nurse.post('CarePlan', {
      ...plan,
      status: 'active',
      subject: { reference: 'Patient/1' },
      period: { start: '2026-01-01', end: '2026-02-31' },
      note: [{ text: 'x' }],
    });
    expect(answer.status).toBe(422);
    expect(expressions(answer.body).toSorted()).toEqual([
      'CarePlan.category',
      'CarePlan.note',
      'CarePlan.period.end',
      'CarePlan.period.start',
      'CarePlan.status',
      'CarePlan.subject.reference',
    ]);
  });

  it('a parameter that is unknown, repeated, of the wrong type or missing is named', async () => {
    const id = await opened(hub, '193406129829');
    const answer = await nurse.post(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters(
        { name: 'datum', valueDate: '2027-01-01' },
        { name: 'date', valueString: '2027-01-01' },
        { name: 'date', valueDate: '2027-02-31' },
      ),
    );
    expect([answer.status, codesOf(answer)]).toEqual([
      422,
      ['unknown-operation-parameter', 'parameter-repeated'],
    ]);
    expect(expressions(answer.body)).toEqual(['Parameters.parameter[0]', 'Parameters.parameter[2]']);
    for (const [wrong, fault] of [
      [{ valueString: '2027-01-01' }, 'value-not-taken'],
      [{ valueDate: '2027-02-31' }, 'not-a-real-date'],
    ] as const)
      expect(
        codesOf(
          await nurse.post(
            `CarePlan/${id}/$change-planned-discharge`,
            parameters({ name: 'date', ...wrong }),
          ),
        ),
      ).toEqual([fault]);
    const missing = await nurse.post(`CarePlan/${id}/$change-planned-discharge`, parameters());
    expect([missing.status, codesOf(missing)]).toEqual([422, ['required']]);
    expect(expressions(missing.body)).toEqual(["Parameters.parameter.where(name='date')"]);
    const twice = parameters({ name: 'reason', valueString: 'a' }, { name: 'reason', valueString: 'b' });
    expect(codesOf(await nurse.post(`CarePlan/${id}/$annul`, twice))).toEqual(['parameter-repeated']);
  });

  it.each([
    ['post', 'Task', 405],
    ['post', 'Patient', 405],
    ['put', 'CarePlan/3f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21', 405],
    ['put', 'Patient/3f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21', 405],
    ['post', 'Observation', 404],
    ['post', 'CarePlan/3f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21/$made-up', 404],
    ['post', 'CarePlan/3f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21/$ready', 404],
  ] as const)('%s %s is %i', async (method, path, status) => {
    expect((await nurse[method](path, { resourceType: path.split('/')[0] })).status).toBe(status);
  });
});

describe('If-Match', () => {
  it('412 when that resource has another version; the version it has is told', async () => {
    const id = await opened(hub, '194102039817');
    const seen = (await nurse.get(`CarePlan/${id}`)).headers['etag'] ?? '';
    const path = `CarePlan/${id}/$record-patient-information`;
    expect((await nurse.post(path, informed, { ifMatch: seen })).status).toBe(200);
    const late = await nurse.post(path, informed, { ifMatch: seen });
    expect([late.status, codesOf(late)]).toEqual([412, ['version-differs']]);
    expect((await nurse.post(path, informed, { ifMatch: 'yesterday' })).status).toBe(400);
  });
});

describe('who may write', () => {
  it('ORG-2: a system token on a reserved step is 403, and in the trail', async () => {
    const token = await hub.system(staff.nurse.unit);
    const answer = await hub
      .http()
      .post('/fhir/CarePlan')
      .set('authorization', token)
      .set('content-type', 'application/fhir+json')
      .send(carePlan('193406129829'));
    expect([answer.status, codesOf(answer)]).toEqual([403, ['ORG-2', 'not-for-system']]);
    const { rows } = await hub.store.database.query(
      `select actor, outcome from audit_record where action = 'create' and outcome = 'refused' and actor like '%|test-system'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('ACC-1, ACC-5: who does not take part gets 404; the trail has the try, and every write', async () => {
    const id = await published(hub, '193612229876');
    const outsider = await as(hub, 'otherMunicipality');
    const answer = await outsider.post(
      `CarePlan/${id}/$annul`,
      parameters({ name: 'reason', valueString: 'x' }),
    );
    expect([answer.status, codesOf(answer)]).toEqual([404, ['ACC-1', 'not-found']]);
    const { rows } = await hub.store.database.query<Record<string, string>>(
      `select actor, unit, action, outcome, person_id is not null as person from audit_record
        where case_id = $1 and action <> 'read' order by recorded_at`,
      [id],
    );
    expect(rows.map(({ actor, action, outcome, person }) => [actor, action, outcome, person])).toEqual([
      [staff.nurse.user, 'create', 'success', true],
      [staff.nurse.user, '$record-patient-information', 'success', true],
      [staff.nurse.user, 'create', 'success', true],
      [staff.nurse.user, '$publish-admission-notice', 'success', true],
      [staff.otherMunicipality.user, '$annul', 'refused', true],
    ]);
  });

  it('no personal number is in the log of requests', () => {
    expect(hub.log().length).toBeGreaterThan(10);
    expect(withoutChance(hub.log())).not.toMatch(/(18|19|20)\d{6}-?9[89]\d\d/);
  });
});
