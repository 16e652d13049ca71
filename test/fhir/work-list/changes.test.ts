import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parameters } from 'fhir/r4.js';
import { messageTo } from '../../support/messages.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, opened, parameters, published, staff, type Who } from '../../support/svu.js';
import { listOf } from './list-setup.js';

/** How much has changed since one last looked, through the door: VIEW-4. */
let hub: TestHub;
let first: string;
beforeAll(async () => {
  hub = await startHub();
  first = await published(hub, '193406129829');
  await published(hub, '194102039817');
});
afterAll(() => hub.stop());

const looking = { name: 'looking', valueBoolean: true };

async function changes(who: Who): Promise<number | undefined> {
  const answer = await (await as(hub, who)).post('CarePlan/$changes', parameters());
  expect([codesOf(answer), answer.status]).toEqual([[], 200]);
  expect(r4Faults(answer.body as Parameters)).toEqual([]);
  return (answer.body as Parameters).parameter?.find(({ name }) => name === 'changed')?.valueUnsignedInt;
}

const marked = async (who: Who, ...asked: Parameters['parameter'] & object) =>
  (await listOf(hub, who, ...asked)).cases.flatMap(({ plan, parts }) =>
    parts.find(({ name }) => name === 'isChanged')?.valueBoolean === true ? [plan.id] : [],
  );

describe('VIEW-4: the cases that have changed since the user last looked', () => {
  it('VIEW-4: are all of them until she has looked, and none after', async () => {
    expect(await changes('municipality')).toBe(2);
    expect(await marked('municipality')).toHaveLength(2);
    expect(await changes('municipality')).toBe(2);
    expect(await marked('municipality', looking)).toHaveLength(2);
    expect([await changes('municipality'), await marked('municipality')]).toEqual([0, []]);
  });

  it('VIEW-4: are counted and marked by whatever she may see of them, and by user and unit', async () => {
    await listOf(hub, 'healthCentre', looking);
    await listOf(hub, 'nurse', looking);
    expect((await (await as(hub, 'municipality')).post('Communication', messageTo(first))).status).toBe(201);
    for (const who of ['municipality', 'healthCentre', 'nurse'] as const)
      expect([await changes(who), await marked(who)]).toEqual([1, [first]]);
    await listOf(hub, 'healthCentre', looking);
    expect([await changes('healthCentre'), await changes('nurse')]).toEqual([0, 1]);
    // A colleague of hers has not looked.
    expect(await changes('planner')).toBe(2);
  });

  it('VIEW-4, VIEW-1: looking at a part of the list is looking at the list, and a filter hides no change', async () => {
    expect(await marked('nurse', { name: 'text', valueString: 'Åkerfelt' })).toEqual([]);
    expect(await changes('nurse')).toBe(1);
  });

  it('ACC-2: a draft changes nothing for those who do not see it', async () => {
    for (const who of ['municipality', 'nurse'] as const) await listOf(hub, who, looking);
    await opened(hub, '194711199846');
    expect([await changes('municipality'), await changes('nurse')]).toEqual([0, 1]);
  });

  it('ORG-2: a system looks at nothing', async () => {
    const authorization = await hub.system(staff.nurse.unit);
    const ask = (path: string, body: object) =>
      hub
        .http()
        .post(`/fhir/CarePlan/${path}`)
        .set({ authorization, 'content-type': 'application/fhir+json' })
        .send(body);
    const counted = await ask('$changes', parameters());
    expect([counted.status, codesOf(counted)]).toEqual([403, ['ORG-2', 'not-for-system']]);
    const looked = await ask('$work-list', parameters(looking));
    expect([looked.status, codesOf(looked)]).toEqual([422, ['value-not-taken']]);
    const listed = await ask('$work-list', parameters());
    expect(listed.text).not.toContain('isChanged');
  });

  it('keeps nothing of a person of what was looked at', async () => {
    const { rows } = await hub.store.database.query<{ seen: object }>('select * from looked');
    expect(rows.length).toBeGreaterThan(2);
    const ids = rows.flatMap(({ seen }) => Object.entries(seen));
    for (const [id, changed] of ids)
      expect([id, changed]).toEqual([
        expect.stringMatching(/^[0-9a-f-]{36}$/),
        expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      ]);
  });
});
