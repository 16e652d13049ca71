import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { placeGrant, placeResource } from '../support/facade.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, parameters, published, staff } from '../support/svu.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import type { Bundle } from 'fhir/r4.js';
import type { Response } from 'supertest';

/** Under which case the trail keeps an access (ACC-5): also to what is opened by a scope of its own. */

let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, '193406129829');
});
afterAll(() => hub.stop());

const idsIn = ({ body }: Response): readonly (string | undefined)[] =>
  ((body as Bundle).entry ?? []).map(({ resource }) => resource?.id);

/** The cases that the trail names for accesses to a resource, each once. */
async function casesOf(resource: string): Promise<readonly (string | null)[]> {
  const { rows } = await hub.store.database.query<{ case_id: string | null }>(
    `select distinct case_id from audit_record where detail->>'resource' = $1 or detail->'resources' ? $1`,
    [resource],
  );
  return rows.map((row) => row.case_id);
}

/** Reads in every way there is, as one who sees it and as one who does not. */
async function readEverywhere(resource: string, search: string, who: keyof typeof staff): Promise<void> {
  const [type, one] = resource.split('/');
  const { rows } = await hub.store.database.query<{ version: number }>(
    'select version from resource where type = $1 and id = $2',
    [type, one],
  );
  for (const reader of [await as(hub, who), await as(hub, 'otherRegion')]) {
    for (const path of [resource, `${resource}/_history`, `${resource}/_history/${rows[0]?.version}`, search])
      await reader.get(path);
  }
}

it('ACC-5: a note of a to-do, and that a unit was removed, stand in the trail under their case', async () => {
  const centre = await as(hub, 'healthCentre');
  const [todo] = await centre.todos(id);
  const noted = await centre.put(`Task/${todo?.id}`, { ...todo, note: [{ text: 'Ringer på fredag' }] });
  expect(noted.status).toBe(200);
  const notes = `Communication?based-on=CarePlan/${id}&category=todo-note`;
  const [note] = idsIn(await centre.get(notes));

  const nurse = await as(hub, 'nurse');
  const unit = {
    name: 'unit',
    valueReference: { identifier: { system: identifierSystems.hsa, value: staff.otherHealthCentre.unit } },
  };
  const added = await nurse.post(`CarePlan/${id}/$add-participant`, parameters(unit));
  expect(added.status).toBe(200);
  const removed = await nurse.post(
    `CarePlan/${id}/$remove-participant`,
    parameters(unit, { name: 'confirmed', valueBoolean: true }, { name: 'reason', valueString: 'Fel enhet' }),
  );
  expect(removed.status).toBe(200);
  const removals = `Communication?category=participant-removed`;
  const [removal] = idsIn(await (await as(hub, 'otherHealthCentre')).get(removals));

  for (const [communication, search, who] of [
    [note, notes, 'healthCentre'],
    [removal, removals, 'otherHealthCentre'],
  ] as const) {
    expect(communication).toBeDefined();
    await readEverywhere(`Communication/${communication}`, search, who);
    expect(await casesOf(`Communication/${communication}`)).toEqual([id]);
  }
});

it('ACC-5: the resources of a case stand there under it, a patient and a to-do without a case under none', async () => {
  const notice = randomUUID();
  const task = await placeResource(hub.store, { type: 'Task', scope: notice, needs: 'none' });
  await placeGrant(hub.store, { scope: notice, unit: staff.nurse.unit });
  const nurse = await as(hub, 'nurse');
  const plan = (await nurse.get(`CarePlan/${id}`)).body as { subject: { reference: string } };
  const [own] = await (await as(hub, 'healthCentre')).todos(id);
  for (const [resource, cases] of [
    [`CarePlan/${id}`, [id]],
    [`Task/${own?.id}`, [id]],
    [plan.subject.reference, [null]],
    [`Task/${task}`, [null]],
  ] as const) {
    const [type, one] = resource.split('/');
    await readEverywhere(resource, `${type}?_id=${one}`, 'nurse');
    expect([resource, await casesOf(resource)]).toEqual([resource, cases]);
  }
});
