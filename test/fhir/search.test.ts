import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { SearchPlan } from '../../src/fhir/search/search-plan.js';
import { countStatement, pageStatement } from '../../src/fhir/search/search-sql.js';
import { identityHash } from '../../src/persons/identity-hash.js';
import { directoryId } from '../../src/projection/identity.js';
import {
  placeGrant,
  placeResource,
  startFacade,
  testBaseUrl,
  testIdentitySecret,
} from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { personAt, sample, sampleOrganisation } from '../support/organisation.js';

const personnummer = 'http://electronichealth.se/identifier/personnummer';
const hsa = 'urn:oid:1.2.752.29.4.19';
const number = '190503279812';
const personId = randomUUID();
const [one, two, other] = [randomUUID(), randomUUID(), randomUUID()];
let facade: TestFacade;
let nurse: string;
let planner: string;

beforeAll(async () => {
  facade = await startFacade(
    sampleOrganisation({
      people: [
        personAt(sample.ward, ['Sjuksköterska']),
        personAt(sample.healthCentre, ['Sjuksköterska'], 'P2'),
      ],
    }),
  );
  nurse = await facade.user(sample.nurse, sample.ward);
  planner = await facade.user(`SE${sample.region}-P2`, sample.healthCentre);
  const { store } = facade;
  await store.database.query('insert into person_identity (hash, person_id) values ($1, $2)', [
    identityHash(testIdentitySecret, { type: 'personnummer', value: number }),
    personId,
  ]);
  await placeResource(store, { type: 'Patient', id: personId, scope: personId, personId });
  await placeGrant(store, { scope: personId, unit: sample.ward });
  const cases = [
    { id: one, status: 'active', start: '2026-03-01T09:00:00Z', end: '2026-03-10T22:59:59Z', minute: 1 },
    { id: two, status: 'on-hold', start: '2026-03-05T09:00:00Z', end: undefined, minute: 2 },
  ];
  for (const { id, status, start, end, minute } of cases) {
    await placeResource(store, {
      type: 'CarePlan',
      id,
      scope: id,
      personId,
      lastUpdated: `2026-03-02T10:0${minute}:00.000Z`,
      periodStart: start,
      ...(end === undefined ? {} : { periodEnd: end }),
      tokens: [
        `status|${status}`,
        `category|svu`,
        `category|https://hemgang.example/fhir/CodeSystem/case-kind#svu`,
        `patient|Patient/${personId}`,
        `subject|Patient/${personId}`,
        `care-team|CareTeam/${id}`,
      ],
    });
    await placeResource(store, {
      type: 'CareTeam',
      id,
      scope: id,
      personId,
      tokens: [`subject|Patient/${personId}`],
    });
    await placeGrant(store, { scope: id, unit: sample.ward, drafts: true });
  }
  await placeResource(store, {
    type: 'CarePlan',
    id: other,
    scope: other,
    personId,
    tokens: ['status|active', `patient|Patient/${personId}`],
  });
  await placeResource(store, {
    type: 'Organization',
    id: directoryId(sample.ward),
    needs: 'none',
    tokens: ['name|avdelning', 'name|avd', 'name:exact|Avdelning 1', `identifier|${hsa}#${sample.ward}`],
  });
});
afterAll(() => facade.stop());

type Bundle = {
  total?: number;
  link: { relation: string; url: string }[];
  entry?: { fullUrl: string; search: { mode: string }; resource: { id: string; resourceType: string } }[];
};
const search = async (query: string, token = nurse) => {
  const answer = await facade.http().get(`/fhir/${query}`).set('Authorization', token);
  expect([query, answer.status]).toEqual([query, 200]);
  return answer.body as Bundle;
};
const post = (type: string, form: string, token = nurse) =>
  facade.http().post(`/fhir/${type}/_search`).set('Authorization', token).type('form').send(form);
const ids = (bundle: Bundle, mode = 'match') =>
  (bundle.entry ?? []).filter((entry) => entry.search.mode === mode).map(({ resource }) => resource.id);

describe('search', () => {
  it.each([
    ['status=active', [one]],
    ['status=active,on-hold', [two, one]],
    ['status=active&status=on-hold', []],
    ['category=https://hemgang.example/fhir/CodeSystem/case-kind%7Csvu', [two, one]],
    ['category=https://else.example%7Csvu', []],
    [`patient=${personId}`, [two, one]],
    [`patient=Patient/${personId}`, [two, one]],
    [`subject:Patient=${personId}`, [two, one]],
    [`patient=${testBaseUrl}/Patient/${personId}`, [two, one]],
    [`patient=${randomUUID()}`, []],
    [`_id=${one},${randomUUID()},no-id`, [one]],
    [`_id=${one}&_id=${two}`, []],
    ['_sort=_lastUpdated', [one, two]],
    ['_lastUpdated=gt2026-03-02T10:01:00Z', [two]],
    ['_lastUpdated=2026-03-02', [two, one]],
    ['_lastUpdated=lt2026-03-02', []],
    ['date=2026-03', [one]],
    ['date=ge2026-03-11', [two]],
    ['date=ge2026-03-05', [two, one]],
    ['date=gt2026-03-10', [two]],
    ['date=lt2026-03-02', [one]],
    ['date=le2026-03-05', [one]],
    ['date=le2026-03-06', [two, one]],
    ['date=lt2026-03-01', []],
    ['date=ge2026-03-02&date=lt2026-03-04', [one]],
  ])('CarePlan?%s', async (query, expected) => {
    expect(ids(await search(`CarePlan?${query}`))).toEqual(expected);
  });

  it('counts without showing, and totals what the caller sees', async () => {
    expect(await search('CarePlan?_summary=count')).toMatchObject({ total: 2 });
    expect((await search('CarePlan?_summary=count')).entry).toBeUndefined();
    expect((await search('CarePlan?_count=1&_total=accurate')).total).toBe(2);
    expect((await search('CarePlan?_count=1')).total).toBeUndefined();
    expect((await search('CarePlan?_summary=count', planner)).total).toBe(0);
  });

  it('includes what is referred to, once, as far as the caller sees it', async () => {
    const bundle = await search('CarePlan?_include=CarePlan:subject&_include=CarePlan:care-team');
    expect(ids(bundle)).toEqual([two, one]);
    expect(ids(bundle, 'include').toSorted()).toEqual([personId, one, two].toSorted());
    expect(ids(await search('CarePlan?_include=CarePlan:subject:Patient'), 'include')).toEqual([personId]);
  });

  it('finds by strings in the directory, which is open to every caller', async () => {
    expect(ids(await search('Organization?name=ÁVD', planner))).toEqual([directoryId(sample.ward)]);
    // What is longer than what is indexed would match by its beginning alone.
    const tooLong = await facade
      .http()
      .get(`/fhir/Organization?name=${'a'.repeat(201)}`)
      .set('Authorization', planner);
    expect(tooLong.status).toBe(400);
    expect(ids(await search(`Organization?name:exact=${'a'.repeat(201)}`, planner))).toHaveLength(0);
    expect(ids(await search('Organization?name:exact=Avdelning 1', planner))).toHaveLength(1);
    expect(ids(await search('Organization?name:exact=avdelning 1', planner))).toHaveLength(0);
    expect(ids(await search(`Organization?identifier=${hsa}%7C${sample.ward}`))).toHaveLength(1);
  });
});

describe('a person by number', () => {
  it('is found by POST, and the cases of the person', async () => {
    const patients = await post('Patient', `identifier=${personnummer}|${number}`);
    expect(ids(patients.body as Bundle)).toEqual([personId]);
    for (const form of [`subject:identifier=${personnummer}|${number}`, `patient.identifier=${number}`])
      expect(ids((await post('CarePlan', form)).body as Bundle)).toEqual([two, one]);
  });

  it('ACC-1: is not there for a unit that has no case with the person', async () => {
    const hidden = await post('Patient', `identifier=${number}`, planner);
    const unknown = await post('Patient', 'identifier=191212121212', planner);
    expect(hidden.body).toEqual(unknown.body);
    expect(hidden.body).toMatchObject({ total: 0 });
  });

  it('PAT-3: that is malformed is refused, without being repeated', async () => {
    for (const wrong of ['190503279813', '0503279812', `${hsa}|${number}`]) {
      const answer = await post('Patient', `identifier=${wrong}`);
      expect([answer.status, answer.body.issue[0].details.coding[0].code]).toEqual([400, 'PAT-3']);
      expect(answer.text).not.toContain(wrong.slice(-8));
    }
  });

  it('is of the kind that its system says, and an empty system is none', async () => {
    const samordningsnummer = 'http://electronichealth.se/identifier/samordningsnummer';
    const coordination = '196311909847';
    for (const wrong of [
      `|${number}`,
      `${samordningsnummer}|${number}`,
      `${personnummer}|${coordination}`,
      `|${coordination}`,
    ])
      for (const [type, name] of [
        ['Patient', 'identifier'],
        ['CarePlan', 'patient.identifier'],
        ['CarePlan', 'subject:identifier'],
      ] as const) {
        const answer = await post(type, `${name}=${wrong}`);
        expect([name, answer.status, answer.body.issue?.[0].details.coding[0].code]).toEqual([
          name,
          400,
          'PAT-3',
        ]);
      }
    const known = await post('Patient', `identifier=${samordningsnummer}|${coordination}`);
    expect([known.status, known.body.total]).toEqual([200, 0]);
  });

  it('is in no link, no line of the log and no record of the trail', async () => {
    const answer = await post('CarePlan', `_count=1&patient.identifier=${personnummer}|${number}`);
    const links = (answer.body as Bundle).link;
    expect(links.map(({ relation }) => relation)).toEqual(['self', 'next']);
    expect(JSON.stringify(links)).not.toContain(number);
    expect(JSON.stringify(links)).not.toContain(personId);
    const { rows } = await facade.store.database.query(`select detail from audit_record`);
    expect(JSON.stringify([rows, facade.log()])).not.toContain(number);
    expect(JSON.stringify(rows)).toContain('patient.identifier');
  });
});

describe('pages', () => {
  const next = (bundle: Bundle) =>
    bundle.link.find(({ relation }) => relation === 'next')?.url.slice(`${testBaseUrl}/`.length);

  it('go on from a POST by GET, each row once, until there is no more', async () => {
    const first = (await post('CarePlan', `_count=1&subject:identifier=${personnummer}|${number}`))
      .body as Bundle;
    const second = await search(next(first) ?? '');
    expect([ids(first), ids(second)]).toEqual([[two], [one]]);
    expect(next(second)).toBeUndefined();
  });

  it('keep the form that was asked for, and no other parameter', async () => {
    for (const form of ['', '_format=application%2Fjson', '_format=json&_pretty=true']) {
      const asked = ['CarePlan?_count=1', ...(form === '' ? [] : [form])].join('&');
      const link = next(await search(asked)) ?? '';
      expect(link.replace(/page=[\w-]+&?/, '')).toBe(`CarePlan?${form}`);
      const page = await search(link);
      expect(page.link[0]?.url).toBe(`${testBaseUrl}/${link}`);
    }
    const posted = (await post('CarePlan', `_count=1&_format=json`)).body as Bundle;
    expect(next(posted)).toMatch(/^CarePlan\?page=[\w-]+&_format=json$/);
  });

  it('PAT: the cursor is bound to the units of the caller, the type, and every character', async () => {
    const cursor = next(await search('CarePlan?_count=1')) ?? '';
    const refused = async (path: string, token: string) =>
      (await facade.http().get(`/fhir/${path}`).set('Authorization', token)).status;
    expect(await refused(cursor, planner)).toBe(400);
    expect(await refused(cursor.replace('CarePlan', 'Task'), nurse)).toBe(400);
    expect(await refused(`${cursor}&status=active`, nurse)).toBe(400);
    const place = cursor.length - 20;
    const changed = `${cursor.slice(0, place)}${cursor[place] === 'A' ? 'B' : 'A'}${cursor.slice(place + 1)}`;
    expect(await refused(changed, nurse)).toBe(400);
    expect(await refused(cursor, nurse)).toBe(200);
  });

  it('are not larger than the facade gives', async () => {
    const scope = randomUUID();
    await placeGrant(facade.store, { scope, unit: sample.ward });
    for (let index = 0; index < 130; index++)
      await placeResource(facade.store, { type: 'Communication', scope, tokens: ['status|completed'] });
    const first = await search('Communication?_count=1000');
    expect(ids(first)).toHaveLength(100);
    const second = await search(next(first) ?? '');
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(130);
  });

  it('of a history go on by cursor', async () => {
    const id = randomUUID();
    await placeGrant(facade.store, { scope: id, unit: sample.ward });
    for (const version of [2, 5, 9])
      await placeResource(facade.store, { type: 'CarePlan', id, scope: id, version });
    const first = (await search(`CarePlan/${id}/_history?_count=2`)) as unknown as HistoryBundle;
    const second = (await search(next(first as unknown as Bundle) ?? '')) as unknown as HistoryBundle;
    const versions = [...first.entry, ...second.entry].map(({ request, response }) => [
      request.method,
      response.etag,
    ]);
    expect(versions).toEqual([
      ['PUT', 'W/"9"'],
      ['PUT', 'W/"5"'],
      ['POST', 'W/"2"'],
    ]);
  });
  type HistoryBundle = { entry: { request: { method: string }; response: { etag: string } }[] };
});

describe('the work list of a unit', () => {
  const owner = `owner:identifier=${hsa}%7C${sample.ward}`;
  const byDeadline: string[] = [];

  beforeAll(async () => {
    const scope = randomUUID();
    await placeGrant(facade.store, { scope, unit: sample.ward });
    for (const [status, hour] of [
      ['requested', 3],
      ['requested', 1],
      ['completed', 2],
      ['requested', undefined],
      ['cancelled', 4],
    ] as const) {
      const id = await placeResource(facade.store, {
        type: 'Task',
        scope,
        owner: sample.ward,
        status,
        lastUpdated: `2026-03-03T10:0${byDeadline.length}:00.000Z`,
        ...(hour === undefined ? {} : { deadline: `2026-03-04T0${hour}:00:00Z` }),
        tokens: [
          `status|${status}`,
          `owner:identifier|${hsa}#${sample.ward}`,
          `owner|Organization/${directoryId(sample.ward)}`,
        ],
      });
      byDeadline.push(id);
    }
  });

  it('VIEW-3: is asked by HSA-id or reference, latest change first', async () => {
    const [first, second, , fourth] = byDeadline;
    for (const query of [
      owner,
      `owner=Organization/${directoryId(sample.ward)}`,
      `owner=${directoryId(sample.ward)}`,
    ])
      expect(ids(await search(`Task?${query}&status=requested`))).toEqual([fourth, second, first]);
  });

  it('VIEW-3: may be of several states or all, in one order', async () => {
    expect(ids(await search(`Task?${owner}`))).toEqual(byDeadline.toReversed());
    expect(ids(await search(`Task?${owner}&status=requested,completed`))).toEqual(
      [3, 2, 1, 0].map((place) => byDeadline[place]),
    );
    expect((await search(`Task?${owner}&_total=accurate&_count=1`)).total).toBe(5);
  });

  it('is sorted by deadline, those without one last, page by page', async () => {
    const walk = async (sort: string) => {
      const found: (string | undefined)[] = [];
      let path: string | undefined = `Task?${owner}&status=requested&_sort=${sort}&_count=1`;
      while (path !== undefined) {
        const bundle: Bundle = await search(path);
        found.push(...ids(bundle));
        path = bundle.link.find(({ relation }) => relation === 'next')?.url.slice(`${testBaseUrl}/`.length);
      }
      return found;
    };
    const [first, second, , fourth] = byDeadline;
    expect(await walk('deadline')).toEqual([second, first, fourth]);
    expect(await walk('-deadline')).toEqual([first, second, fourth]);
    expect(await walk('-_lastUpdated')).toEqual([fourth, second, first]);
  });

  it('is narrowed by deadline', async () => {
    expect(ids(await search(`Task?${owner}&deadline=lt2026-03-04T02:00:00Z`))).toEqual([byDeadline[1]]);
    expect(ids(await search(`Task?deadline=ge2026-03-04T04:00:00Z`))).toEqual([byDeadline[4]]);
  });
});

describe('wherever a search begins', () => {
  const plan: SearchPlan = {
    type: 'CarePlan',
    tokens: [['status|active', 'status|on-hold'], [`patient|Patient/${personId}`]],
    dates: [],
    sort: '-last-updated',
    count: 20,
    total: false,
    includes: [],
  };
  it.each(['entries', 'scopes', 'latest'] as const)(
    'ACC-1: it finds the same, for whoever asks: %s',
    async (start) => {
      const found = async (unit: string) => {
        const page = pageStatement(plan, start, [unit], undefined);
        const count = countStatement(plan, start, [unit]);
        const { rows } = await facade.store.database.query<{ id: string }>(page.text, page.values);
        const { rows: counted } = await facade.store.database.query<{ total: number }>(
          count.text,
          count.values,
        );
        return [rows.map(({ id }) => id), counted[0]?.total];
      };
      expect(await found(sample.ward)).toEqual([[two, one], 2]);
      expect(await found(sample.healthCentre)).toEqual([[], 0]);
    },
  );
});

describe('the trail of a search', () => {
  it('ACC-5: has one record for each person and case shown, with what was shown and by which parameters', async () => {
    await facade
      .http()
      .get('/fhir/CarePlan?status=active,on-hold&_include=CarePlan:subject')
      .set('Authorization', nurse)
      .set('X-Request-ID', 'one-search');
    const { rows } = await facade.store.database.query<{
      person_id: string;
      case_id: string;
      detail: { resources: string[]; parameters: string[] };
    }>(
      `select person_id, case_id, detail from audit_record where detail->>'requestId' = 'one-search' order by place`,
    );
    expect(rows.map((row) => [row.person_id, row.case_id, row.detail.resources])).toEqual([
      [personId, two, [`CarePlan/${two}`]],
      [personId, one, [`CarePlan/${one}`]],
      [personId, null, [`Patient/${personId}`]],
    ]);
    expect(rows[0]?.detail.parameters).toEqual(['status', '_include']);
  });
});
