import { hidesHospital, reads } from './model.js';
import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { cast, type Who } from './cast.js';
import { anySearch, spoiling, type Reading, type Search, type Spoiling } from './searches.js';
import { withStaffNames } from '../../../src/projection/staff-name.js';
import { mayRead, rowsOf } from './sight.js';
import type { World } from './world.js';

const base = 'http://hub.test/fhir/';
const everybody = Object.keys(cast) as Who[];

type Look = {
  readonly who: Who;
  readonly of: number;
  readonly asked: { readonly search: Search; readonly reading: Reading };
  readonly spoil: Spoiling;
};
export const anyLook: fc.Arbitrary<Look> = fc.record({
  who: fc.constantFrom(...everybody),
  of: fc.nat(),
  asked: anySearch,
  spoil: spoiling,
});

/** A search to its last page: what its unit may see and what it asks for, each once, as stored. */
export async function look(
  world: World,
  { who, of: pick, asked: { search, reading }, spoil }: Look,
): Promise<void> {
  const of = world.caseOf(pick);
  const by = cast[who];
  const rows = await rowsOf(world.hub.store.database, [search.type], search.ofCase ? of.id : undefined);
  const expected = rows
    .filter((row) => mayRead(row, by.unit, world.cases) && search.matches(row, of, by))
    .map(({ id }) => id);
  const query = [
    search.query(of, by),
    `_count=${reading.count}`,
    reading.sort,
    ...(reading.total ? ['_total=accurate'] : []),
  ]
    .filter((part) => part !== '')
    .join('&');
  let answer = await world.send(
    who,
    search.post
      ? { method: 'POST', path: `${search.type}/_search`, body: query }
      : { method: 'GET', path: `${search.type}?${query}` },
  );
  const found: string[] = [];
  const totals: (number | undefined)[] = [];
  for (;;) {
    if (answer.status !== 200) throw new Error(`${query}: ${answer.status} ${answer.body}`);
    const bundle = JSON.parse(answer.body) as Bundle;
    const entries = bundle.entry ?? [];
    if (found.length === 0) totals.push(bundle.total);
    found.push(
      ...entries.filter(({ search: how }) => how?.mode === 'match').map(({ resource }) => resource?.id ?? ''),
    );
    await readable(world, entries, by.unit);
    const next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
    if (next === undefined) break;
    const path = next.slice(base.length);
    if (spoil !== 'none') return spoilt(world, who, path, spoil);
    answer = await world.send(who, { method: 'GET', path });
  }
  world.count('searched');
  expect(reading.total ? totals[0] : expected.length).toBe(expected.length);
  expect(found.length).toBe(new Set(found).size);
  expect(found.toSorted()).toEqual(expected.toSorted());
}

/** Matches and what is included alike are what is stored, and may be seen. */
async function readable(world: World, entries: Bundle['entry'] & object, unit: string): Promise<void> {
  for (const { resource } of entries) {
    if (resource === undefined) throw new Error('an entry without a resource');
    const { rows } = await world.hub.store.database.query<{ content: string; caseId: string }>(
      `select content, stream_id as "caseId" from resource where type = $1 and id = $2 and not deleted`,
      [resource.resourceType, resource.id],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('found and not stored');
    const content = JSON.parse(withStaffNames(row.content, () => true)) as FhirResource;
    expect(resource).toEqual(content);
    const { resourceType: type, id = '' } = resource;
    expect(mayRead({ type, id, version: 0, caseId: row.caseId, content }, unit, world.cases)).toBe(true);
  }
}

/** A cursor opens for whom and for what it was made, as it was made. */
async function spoilt(world: World, who: Who, path: string, how: Spoiling): Promise<void> {
  const [type = '', query = ''] = path.split('?');
  const cursor = query.slice('page='.length);
  const at = cursor.length >> 1;
  const others = everybody.filter((each) => cast[each].unit !== cast[who].unit);
  const asked: Readonly<Record<string, string>> = {
    changed: `${type}?page=${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`,
    cut: `${type}?page=${cursor.slice(0, -3)}`,
    unit: path,
    type: `${type === 'Task' ? 'CarePlan' : 'Task'}?page=${cursor}`,
    added: `${path}&status=active`,
  };
  const reader = how === 'unit' ? (others[0] ?? who) : who;
  const answer = await world.send(reader, { method: 'GET', path: asked[how] ?? path });
  world.count('cursor refused');
  expect([how, answer.status]).toEqual([how, 400]);
}

/** Anything of a case by its id, to anybody: as stored, or as if it were not there; its history alike. */
export async function read(
  world: World,
  { who, of: pick, type }: { who: Who; of: number; type: string },
): Promise<void> {
  const of = world.caseOf(pick);
  const rows = await rowsOf(world.hub.store.database, [type], of.id);
  const row = rows[pick % Math.max(1, rows.length)];
  if (row === undefined) return;
  const may = mayRead(row, cast[who].unit, world.cases);
  const path = `${type}/${row.id}`;
  const [now, version, history] = await Promise.all([
    world.send(who, { method: 'GET', path }),
    world.send(who, { method: 'GET', path: `${path}/_history/${row.version}` }),
    world.send(who, { method: 'GET', path: `${path}/_history` }),
  ]);
  world.count(may ? 'read' : 'not to be read');
  // What a refusal hides was told before to who took part then, who read that version on (decision 15).
  const told = hidesHospital(of) && reads(of, cast[who].unit) && history.status === 200;
  expect([path, now.status, version.status, history.status]).toEqual(
    may ? [path, 200, 200, 200] : [path, 404, 404, told ? 200 : 404],
  );
  if (!may) return;
  expect([JSON.parse(now.body), JSON.parse(version.body)]).toEqual([row.content, row.content]);
  expect((JSON.parse(history.body) as Bundle).entry?.[0]?.resource).toEqual(row.content);
}

export const anyRead = fc.record({
  who: fc.constantFrom(...everybody),
  of: fc.nat(),
  type: fc.constantFrom('CarePlan', 'CareTeam', 'Communication', 'Consent', 'QuestionnaireResponse', 'Task'),
});
