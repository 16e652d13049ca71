import { afterAll, beforeAll, expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { identityHash } from '../../src/persons/identity-hash.js';
import { directoryId } from '../../src/projection/identity.js';
import { placeGrant, placeResource, startFacade, testIdentitySecret } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { personAt, sample, sampleOrganisation } from '../support/organisation.js';

export const personnummer = 'http://electronichealth.se/identifier/personnummer';
export const hsa = 'urn:oid:1.2.752.29.4.19';
export const number = '190503279812';
export const personId = randomUUID();
const [one, two, other] = [randomUUID(), randomUUID(), randomUUID()];
export let facade: TestFacade;
export let nurse: string;
export let planner: string;

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

export type Bundle = {
  total?: number;
  link: { relation: string; url: string }[];
  entry?: { fullUrl: string; search: { mode: string }; resource: { id: string; resourceType: string } }[];
};
export const search = async (query: string, token = nurse) => {
  const answer = await facade.http().get(`/fhir/${query}`).set('Authorization', token);
  expect([query, answer.status]).toEqual([query, 200]);
  return answer.body as Bundle;
};
export const post = (type: string, form: string, token = nurse) =>
  facade.http().post(`/fhir/${type}/_search`).set('Authorization', token).type('form').send(form);
export const ids = (bundle: Bundle, mode = 'match') =>
  (bundle.entry ?? []).filter((entry) => entry.search.mode === mode).map(({ resource }) => resource.id);

export { one, two };
