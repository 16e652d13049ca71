import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { directoryId } from '../../src/projection/identity.js';
import { testBaseUrl } from '../support/facade.js';
import { sample } from '../support/organisation.js';
import {
  facade,
  hsa,
  ids,
  number,
  nurse,
  one,
  personId,
  personnummer,
  planner,
  post,
  search,
  two,
} from './search-setup.js';
import type { Bundle } from './search-setup.js';

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
