import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEvent, Bundle } from 'fhir/r4.js';
import { randomUUID } from 'node:crypto';
import { placeGrant, placeResource, startFacade, testBaseUrl } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { personAt, sample, sampleOrganisation, unitOf } from '../support/organisation.js';

const personId = randomUUID();
const scope = randomUUID();
const hsa = 'urn:oid:1.2.752.29.4.19';
let facade: TestFacade;
let reviewer: string;
let foreignReviewer: string;
let nurse: string;

beforeAll(async () => {
  const base = sampleOrganisation();
  facade = await startFacade({
    ...base,
    units: [
      ...base.units,
      unitOf(sample.municipality, 'R1', {
        side: 'municipality',
        roles: { reviewer: [], nurse: ['read', 'acknowledge'] },
      }),
    ],
    people: [
      personAt(sample.ward, ['Sjuksköterska']),
      personAt(sample.ward, ['Loggranskare'], 'P2'),
      personAt(`SE${sample.municipality}-R1`, ['Loggranskare'], 'P3'),
    ],
  });
  nurse = await facade.user(sample.nurse, sample.ward);
  reviewer = await facade.user(`SE${sample.region}-P2`, sample.ward);
  foreignReviewer = await facade.user(`SE${sample.municipality}-P3`, `SE${sample.municipality}-R1`);
  await placeResource(facade.store, { type: 'CarePlan', id: scope, scope, personId });
  await placeGrant(facade.store, { scope, unit: sample.ward });
  await placeResource(facade.store, { type: 'Patient', id: personId, scope: personId, personId });
  await placeGrant(facade.store, { scope: personId, unit: sample.ward });
  await read(`CarePlan/${scope}`, nurse);
  await read(`CarePlan/${scope}`, nurse);
  await read(`CarePlan/${scope}`, await facade.system(sample.ward));
  await read(`CarePlan/${randomUUID()}`, nurse);
});
afterAll(() => facade.stop());

const read = (path: string, token: string) => facade.http().get(`/fhir/${path}`).set('Authorization', token);
const events = (answer: { body: unknown }) =>
  ((answer.body as Bundle).entry ?? []).map(({ resource }) => resource as AuditEvent);

describe('the trail as AuditEvent', () => {
  it('ACC-5: is reviewed per patient: who, unit, role, patient, what, when', async () => {
    const found = events(await read(`AuditEvent?patient=Patient/${personId}`, reviewer));
    expect(found).toHaveLength(3);
    expect(found.at(-1)).toMatchObject({
      resourceType: 'AuditEvent',
      subtype: [{ code: 'read' }],
      action: 'R',
      outcome: '0',
      agent: [
        {
          requestor: true,
          who: { identifier: { system: hsa, value: sample.nurse } },
          role: [{ text: 'nurse' }],
        },
        { requestor: false, who: { identifier: { system: hsa, value: sample.ward } } },
        { requestor: false, who: { display: 'demo-client' } },
      ],
      entity: expect.arrayContaining([
        expect.objectContaining({ what: { reference: `Patient/${personId}` } }),
        expect.objectContaining({ what: { reference: `CarePlan/${scope}` } }),
      ]),
    });
  });

  it('ACC-5: says on what ground something of her was read; what was refused had none', async () => {
    const ground = ({ purposeOfEvent }: AuditEvent) => purposeOfEvent?.map(({ coding }) => coding?.[0]?.code);
    const agent = `agent:identifier=${hsa}%7C${sample.nurse}`;
    const found = events(await read(`AuditEvent?${agent}`, reviewer));
    expect(found.map((each) => [each.outcome, ground(each)])).toEqual([
      ['4', undefined],
      ['0', ['participant']],
      ['0', ['participant']],
    ]);
    await read(`AuditEvent/${found.at(-1)?.id}`, reviewer);
    const reviewing = events(
      await read(`AuditEvent?agent:identifier=${hsa}%7CSE${sample.region}-P2&patient=${personId}`, reviewer),
    );
    expect(new Set(reviewing.flatMap(ground))).toEqual(new Set(['review']));
    expect(JSON.stringify(found.map(({ entity }) => entity))).not.toContain('"ground"');
  });

  it('ACC-5: is reviewed per user, refusals among the rest, within a span of time', async () => {
    const agent = `agent:identifier=${hsa}%7C${sample.nurse}`;
    const found = events(await read(`AuditEvent?${agent}`, reviewer));
    expect(found.map(({ outcome }) => outcome)).toEqual(['4', '0', '0']);
    expect(events(await read(`AuditEvent?${agent}&date=lt2020`, reviewer))).toEqual([]);
    expect(events(await read(`AuditEvent?${agent}&date=ge2020&date=lt2120`, reviewer))).toHaveLength(3);
  });

  it('ACC-5, PAT-12: per patient it finds what was read under the ids of those who turned out to be her', async () => {
    const [survivor, between] = [randomUUID(), randomUUID()];
    const store = facade.store.database;
    const placed = `insert into stream (id, type, version, person_id, state) values ($1, 'person', 1, $1, $2)`;
    await store.query(placed, [survivor, { absorbed: [between] }]);
    await store.query(placed, [between, { absorbed: [personId], mergedInto: survivor }]);
    const before = events(await read(`AuditEvent?patient=${personId}`, reviewer)).map(({ id }) => id);
    const found = events(await read(`AuditEvent?patient=${survivor}`, reviewer)).map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining(before));
    expect(before.length).toBeGreaterThan(2);
  });

  it('ACC-5: obeys or refuses every parameter, as every other search does', async () => {
    // Of the nurse alone: what the reviewer asks is in the trail as well.
    const asked = `AuditEvent?patient=Patient/${personId}&agent:identifier=${hsa}|${sample.nurse}`;
    const all = events(await read(asked, reviewer)).length;
    for (const only of ['_count=0', '_summary=count', '_count=0&_total=none']) {
      const { body } = await read(`${asked}&${only}`, reviewer);
      expect([only, body.total, body.entry]).toEqual([only, all, undefined]);
    }
    const page = (await read(`${asked}&_count=1&_total=accurate&date=`, reviewer)).body as Bundle;
    expect([page.total, page.entry?.length]).toEqual([all, 1]);
    const link = (relation: string) => page.link?.find((one) => one.relation === relation)?.url ?? '';
    expect(decodeURIComponent(link('self'))).toBe(`${testBaseUrl}/${asked}&_count=1&_total=accurate`);
    const next = `${link('next').slice(testBaseUrl.length + 1)}&_format=json&_pretty=true`;
    expect((await read(next, reviewer)).status).toBe(200);
    for (const patient of ['Patient/nope', 'nope', randomUUID(), `${testBaseUrl}/Patient/${randomUUID()}`])
      expect(events(await read(`AuditEvent?patient=${patient}`, reviewer))).toEqual([]);
    expect((await read(`AuditEvent?patient:Patient=${personId}`, reviewer)).status).toBe(200);
    for (const wrong of [
      'patient=Patient/a/b',
      'patient=',
      '_sort=date',
      '_include=x',
      'nope=1',
      '_total=some',
    ])
      expect([wrong, (await read(`AuditEvent?agent=&${wrong}`, reviewer)).status]).toEqual([wrong, 400]);
  });

  it('ORG-3: shows a reviewer the own organisation alone', async () => {
    expect(events(await read(`AuditEvent?patient=${personId}`, foreignReviewer))).toEqual([]);
    const [event] = events(await read(`AuditEvent?patient=${personId}`, reviewer));
    expect((await read(`AuditEvent/${event?.id}`, reviewer)).body).toEqual(event);
    expect((await read(`AuditEvent/${event?.id}`, foreignReviewer)).status).toBe(404);
  });

  it('ACC-5: shows nothing to anybody who is no reviewer, person or system', async () => {
    const [event] = events(await read(`AuditEvent?patient=${personId}`, reviewer));
    for (const token of [nurse, await facade.system(sample.ward)]) {
      expect((await read(`AuditEvent?patient=${personId}`, token)).status).toBe(403);
      expect((await read(`AuditEvent/${event?.id}`, token)).status).toBe(404);
    }
  });

  it('ACC-5: the review itself stands in the trail', async () => {
    await read(`AuditEvent?patient=${personId}`, reviewer);
    const found = events(await read(`AuditEvent?patient=${personId}`, reviewer));
    expect(found[0]?.agent[0]?.who?.identifier?.value).toBe(`SE${sample.region}-P2`);
  });

  it('is asked by patient or user, and page by page', async () => {
    expect((await read('AuditEvent', reviewer)).status).toBe(400);
    expect((await read('AuditEvent?date=ge2020', reviewer)).status).toBe(400);
    const agent = `agent:identifier=${hsa}%7C${sample.nurse}`;
    const seen: (string | undefined)[] = [];
    let path: string | undefined = `AuditEvent?${agent}&_count=1`;
    while (path !== undefined) {
      const answer: { body: unknown } = await read(path, reviewer);
      seen.push(...events(answer).map(({ id }) => id));
      path = (answer.body as Bundle).link
        ?.find(({ relation }) => relation === 'next')
        ?.url.slice(`${testBaseUrl}/`.length);
    }
    expect(seen).toEqual(events(await read(`AuditEvent?${agent}`, reviewer)).map(({ id }) => id));
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  it('ACC-1: the role of a log reviewer opens no case', async () => {
    expect((await read(`CarePlan/${scope}`, reviewer)).status).toBe(404);
  });

  it('ACC-5: names the patient once where the patient is what was read', async () => {
    await read(`Patient/${personId}`, nurse);
    const [event] = events(await read(`AuditEvent?patient=Patient/${personId}`, reviewer));
    const named = event?.entity?.filter(({ what }) => what?.reference === `Patient/${personId}`);
    expect(named).toMatchObject([{ role: { code: '1' } }]);
  });
});
