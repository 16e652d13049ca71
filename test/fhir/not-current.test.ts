import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, FhirResource, Resource, Task } from 'fhir/r4.js';
import { codeSystems, coding } from '../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, codesOf, parameters, published } from '../support/svu.js';

/** Earlier versions of everything that a unit reads of a case, by each door that shows them. */
let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, '193406129829');
  const nurse = await as(hub, 'nurse');
  const moved = parameters(
    { name: 'date', valueDate: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10) },
    { name: 'reason', valueString: 'Väntar' },
  );
  const answer = await nurse.post(`CarePlan/${id}/$change-planned-discharge`, moved);
  if (answer.status >= 300) throw new Error(answer.text);
}, 60_000);
afterAll(() => hub.stop());

const tagsOf = (resource: Resource | undefined) => resource?.meta?.tag ?? [];
/** HTTP writes whole seconds: the first one after the version was made. */
const secondAfter = ({ meta }: Resource) =>
  new Date(Date.parse(meta?.lastUpdated ?? '') + 1_000).toUTCString();
const notCurrent = [coding(codeSystems.versionMark, 'not-current')];

it('VIEW-6: every earlier version that vread or history shows is marked as not current, and no current one', async () => {
  const nurse = await as(hub, 'nurse');
  const { rows } = await hub.store.database.query<{
    type: string;
    id: string;
    version: number;
    all: number[];
  }>(
    // A version is numbered as its stream is, so numbers are left out.
    `select type, id, version, (select array_agg(v.version order by v.version) from resource_version as v
       where v.type = r.type and v.id = r.id) as all
     from resource as r where stream_id = $1 and not deleted`,
    [id],
  );
  const seen = new Set<string>();
  for (const { type, id: each, version, all } of rows) {
    const reference = `${type}/${each}`;
    if ((await nurse.get(reference)).status !== 200) continue;
    for (const number of all) {
      const read = await nurse.get(`${reference}/_history/${number}`);
      expect([reference, number, read.status, tagsOf(read.body as FhirResource)]).toEqual([
        reference,
        number,
        200,
        number === version ? [] : notCurrent,
      ]);
      expect(r4Faults(read.body as FhirResource)).toEqual([]);
      expect(read.headers['etag']).toBe(`W/"${number}"`);
      // Who kept it while it was current has it without the mark.
      for (const kept of [
        { 'if-none-match': `W/"${number}"` },
        { 'if-none-match': '*' },
        { 'if-modified-since': secondAfter(read.body as FhirResource) },
      ]) {
        const again = await nurse.get(`${reference}/_history/${number}`, kept);
        expect([reference, number, again.status]).toEqual([
          reference,
          number,
          number === version ? 304 : 200,
        ]);
      }
    }
    expect(tagsOf((await nurse.get(reference)).body as FhirResource)).toEqual([]);
    const { entry = [] } = (await nurse.get(`${reference}/_history`)).body as Bundle;
    expect(entry.map(({ resource }) => [resource?.meta?.versionId, tagsOf(resource)])).toEqual(
      all.toReversed().map((number, index) => [String(number), index === 0 ? [] : notCurrent]),
    );
    if (all.length > 1) seen.add(type);
  }
  expect([...seen].toSorted()).toEqual(expect.arrayContaining(['CarePlan', 'CareTeam', 'Consent', 'Task']));
});

it('VIEW-6: what a client sends back of an earlier version, mark and all, is refused as any tag is', async () => {
  const centre = await as(hub, 'healthCentre');
  const [task] = await centre.todos(id);
  const begun = await centre.put(`Task/${task?.id}`, { ...task, status: 'in-progress' });
  expect(begun.status).toBe(200);
  const earlier = (await centre.get(`Task/${task?.id}/_history/${task?.meta?.versionId}`)).body as Task;
  expect(tagsOf(earlier)).toEqual(notCurrent);
  const again = await centre.put(`Task/${task?.id}`, { ...earlier, status: 'completed' });
  expect([again.status, codesOf(again)]).toEqual([422, ['element-not-taken']]);
  const done = await centre.put(`Task/${task?.id}`, { ...(begun.body as Task), status: 'completed' });
  expect([done.status, tagsOf(done.body as Task)]).toEqual([200, []]);
});
