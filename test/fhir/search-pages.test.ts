import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { SearchPlan } from '../../src/fhir/search/search-plan.js';
import { countStatement, pageStatement } from '../../src/fhir/search/search-sql.js';
import { directoryId } from '../../src/projection/identity.js';
import { placeGrant, placeResource, testBaseUrl } from '../support/facade.js';
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
