import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { SharedLevel } from '../../src/process/case/shared-level.js';
import { placeGrant, placeResource, startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation, unitOf, personAt } from '../support/organisation.js';

/**
 * The matrix: every kind of reader, at every door. One table says who sees what; each cell is a test, so no door can
 * come to decide for itself.
 */

const outsider = `SE${sample.municipality}-M2`;
const besideMunicipality = `SE${sample.municipality}-M3`;
const besideWard = `SE${sample.region}-W2`;
const readers = {
  'the ward': { unit: sample.ward, grant: { drafts: true, level: 'full' } },
  'a participant': { unit: sample.healthCentre, grant: { drafts: false, level: 'full' } },
  'a participant under refusal': { unit: besideMunicipality, grant: { drafts: false, level: 'minimum' } },
  'the ward under refusal': { unit: besideWard, grant: { drafts: true, level: 'minimum' } },
  'a participant without content': { unit: sample.homeNursing, grant: { drafts: false, level: 'none' } },
  'a removed participant': { unit: sample.inbox, grant: undefined },
  'an outsider': { unit: outsider, grant: undefined },
} as const;
type Reader = keyof typeof readers;

const things = {
  'a published, personal resource': {
    flags: { needs: 'minimum', draft: false },
    rule: 'ACC-1',
    seenBy: ['the ward', 'a participant', 'the ward under refusal', 'a participant under refusal'],
  },
  'a resource beyond the minimum': {
    flags: { needs: 'full', draft: false },
    rule: 'CON-5',
    seenBy: ['the ward', 'a participant'],
  },
  'a draft': {
    flags: { needs: 'minimum', draft: true },
    rule: 'ACC-2',
    seenBy: ['the ward', 'the ward under refusal'],
  },
  'a draft beyond the minimum': {
    flags: { needs: 'full', draft: true },
    rule: 'CON-5',
    seenBy: ['the ward'],
  },
  'a resource that names nobody': {
    flags: { needs: 'none', draft: false },
    rule: 'PAT-6',
    seenBy: [
      'the ward',
      'a participant',
      'the ward under refusal',
      'a participant under refusal',
      'a participant without content',
    ],
  },
} as const;
type Thing = keyof typeof things;

const doors = [
  'read',
  'HEAD',
  'vread',
  'history',
  'search',
  'POST _search',
  'count',
  'total',
  'include',
  'work list',
] as const;

let facade: TestFacade;
const tokens = new Map<Reader, string>();
const placed = new Map<Thing, { scope: string; plan: string; task: string }>();

beforeAll(async () => {
  const people = Object.values(readers).map(({ unit }, index) =>
    personAt(unit, ['Sjuksköterska'], `R${index}`),
  );
  facade = await startFacade(
    sampleOrganisation({
      units: [
        ...sampleOrganisation().units,
        unitOf(sample.municipality, 'M2', { side: 'municipality' }),
        unitOf(sample.municipality, 'M3', { side: 'municipality' }),
        unitOf(sample.region, 'W2', { parent: `SE${sample.region}-S1` }),
      ],
      people,
    }),
  );
  for (const [index, name] of (Object.keys(readers) as Reader[]).entries())
    tokens.set(name, await facade.user(people[index]?.hsaId ?? '', readers[name].unit));
  for (const [name, { flags }] of Object.entries(things)) placed.set(name as Thing, await placeCase(flags));
});
afterAll(() => facade.stop());

async function placeCase(flags: { needs: SharedLevel; draft: boolean }) {
  const scope = randomUUID();
  const marker = `marker|${scope}`;
  const plan = await placeResource(facade.store, {
    type: 'CarePlan',
    id: scope,
    scope,
    personId: randomUUID(),
    ...flags,
    tokens: [marker, `category|${scope}`, 'status|active'],
  });
  for (const { unit } of Object.values(readers))
    await placeResource(facade.store, {
      type: 'Task',
      scope,
      ...flags,
      owner: unit,
      status: 'requested',
      tokens: [
        `based-on|CarePlan/${plan}`,
        'status|requested',
        `owner:identifier|urn:oid:1.2.752.29.4.19#${unit}`,
      ],
    });
  // Open to all, so that only the door of the include decides.
  const task = await placeResource(facade.store, {
    type: 'Task',
    scope,
    needs: 'none',
    draft: false,
    status: 'requested',
    tokens: [`based-on|CarePlan/${plan}`],
  });
  for (const { unit, grant } of Object.values(readers))
    if (grant !== undefined) await placeGrant(facade.store, { scope, unit, ...grant });
  // The removed participant had its rights, and lost them.
  await placeGrant(facade.store, { scope, unit: sample.inbox });
  await facade.store.database.query('delete from access_grant where scope = $1 and unit = $2', [
    scope,
    sample.inbox,
  ]);
  return { scope, plan, task };
}

const get = (reader: Reader, path: string) =>
  facade
    .http()
    .get(`/fhir/${path}`)
    .set('Authorization', tokens.get(reader) ?? '');

/** Whether a reader sees a thing at a door. */
async function sees(reader: Reader, thing: Thing, door: (typeof doors)[number]): Promise<boolean> {
  const { scope, plan, task } = placed.get(thing) ?? { scope: '', plan: '', task: '' };
  switch (door) {
    case 'read':
      return found(await get(reader, `CarePlan/${plan}`));
    case 'HEAD':
      return found(
        await facade
          .http()
          .head(`/fhir/CarePlan/${plan}`)
          .set('Authorization', tokens.get(reader) ?? ''),
      );
    case 'vread':
      return found(await get(reader, `CarePlan/${plan}/_history/1`));
    case 'history':
      return found(await get(reader, `CarePlan/${plan}/_history`));
    case 'search':
      return ids(await get(reader, `CarePlan?category=${scope}`)).includes(plan);
    case 'POST _search': {
      const answer = await facade
        .http()
        .post('/fhir/CarePlan/_search')
        .set('Authorization', tokens.get(reader) ?? '')
        .type('form')
        .send(`category=${scope}`);
      return ids(answer).includes(plan);
    }
    case 'count':
      return (await get(reader, `CarePlan?category=${scope}&_summary=count`)).body.total === 1;
    case 'total':
      return (await get(reader, `CarePlan?category=${scope}&_total=accurate`)).body.total === 1;
    case 'include':
      return ids(await get(reader, `Task?_id=${task}&_include=Task:based-on`)).includes(plan);
    case 'work list':
      return onWorkList(reader, plan);
    default:
      throw new Error(`no such door: ${String(door)}`);
  }
}

async function onWorkList(reader: Reader, plan: string): Promise<boolean> {
  const owner = encodeURIComponent(`urn:oid:1.2.752.29.4.19|${readers[reader].unit}`);
  const answer = await get(
    reader,
    `Task?owner:identifier=${owner}&status=requested&based-on=CarePlan/${plan}`,
  );
  return ids(answer).length === 1;
}

type Answer = { status: number; body: { entry?: { resource?: { id: string } }[]; total?: number } };
const ids = ({ body }: Answer) => (body.entry ?? []).map(({ resource }) => resource?.id);

function found({ status }: Answer): boolean {
  if (status !== 200 && status !== 404) throw new Error(`answered ${status}: neither there nor not there`);
  return status === 200;
}

describe.each(Object.keys(things) as Thing[])('%s', (thing) => {
  const { rule, seenBy } = things[thing];
  describe.each(Object.keys(readers) as Reader[])('for %s', (reader) => {
    const expected = (seenBy as readonly string[]).includes(reader);
    it.each(doors)(`${rule}: is ${expected ? 'seen' : 'not there'} at the door %s`, async (door) => {
      expect(await sees(reader, thing, door)).toBe(expected);
    });
  });
});

describe('every door', () => {
  it('ACC-7: a unit that is removed loses access at once, with the token it holds', async () => {
    const { scope, plan } = await placeCase({ needs: 'minimum', draft: false });
    expect((await get('a participant', `CarePlan/${plan}`)).status).toBe(200);
    await facade.store.database.query('delete from access_grant where scope = $1 and unit = $2', [
      scope,
      sample.healthCentre,
    ]);
    expect((await get('a participant', `CarePlan/${plan}`)).status).toBe(404);
    expect(ids(await get('a participant', `CarePlan?category=${scope}`))).toEqual([]);
  });

  it('PAT-6: a frozen case shows nothing personal at any door, to anybody', async () => {
    const { scope, plan } = await placeCase({ needs: 'minimum', draft: false });
    placed.set('a published, personal resource', { scope, plan, task: '' });
    await facade.store.database.query(
      'update access_grant set content = false, full_content = false where scope = $1',
      [scope],
    );
    for (const door of doors.filter((one) => one !== 'include'))
      for (const reader of ['the ward', 'a participant'] as const)
        expect([door, await sees(reader, 'a published, personal resource', door)]).toEqual([door, false]);
  });

  it('ACC-2: a later reader of the history does not see the draft versions', async () => {
    const { scope, plan } = await placeCase({ needs: 'minimum', draft: true });
    await placeResource(facade.store, { type: 'CarePlan', id: plan, version: 2, scope, draft: false });
    const versions = async (reader: Reader) =>
      (await get(reader, `CarePlan/${plan}/_history`)).body.entry.map(
        ({ response }: { response: { etag: string } }) => response.etag,
      ) as string[];
    expect(await versions('the ward')).toEqual(['W/"2"', 'W/"1"']);
    expect(await versions('a participant')).toEqual(['W/"2"']);
    expect((await get('a participant', `CarePlan/${plan}/_history/1`)).status).toBe(404);
  });

  it('ACC-1: what is not there and what may not be known are answered alike', async () => {
    const { plan } = placed.get('a draft') ?? { plan: '' };
    const hidden = await get('an outsider', `CarePlan/${plan}`);
    const absent = await get('an outsider', `CarePlan/${randomUUID()}`);
    expect(hidden.status).toBe(absent.status);
    expect(hidden.body).toEqual(absent.body);
    expect(hidden.body.issue[0].details.coding[0].code).toBe('ACC-1');
  });

  it('ACC-1: who asked for what they may not see stands in the trail, with the case', async () => {
    const { plan } = placed.get('a draft') ?? { plan: '' };
    await get('an outsider', `CarePlan/${plan}`).set('X-Request-ID', 'refused-read');
    const { rows } = await facade.store.database.query<{ outcome: string; case_id: string; unit: string }>(
      `select outcome, case_id, unit from audit_record where detail->>'requestId' = 'refused-read'`,
    );
    expect(rows).toEqual([{ outcome: 'refused', case_id: plan, unit: outsider }]);
  });

  it('the statement of capabilities is open, and says nothing of anybody', async () => {
    const answer = await facade.http().get('/fhir/metadata');
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toContain(sample.ward);
  });
});
