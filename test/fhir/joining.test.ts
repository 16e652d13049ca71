import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, parameters, published, staff } from '../support/svu.js';

/** docs/fhir-following.md: what a unit that joins later sees is not all found by what has changed; the way of that page finds it. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

it('CON-8: a unit that joins learns of the case by its CareTeam, and of what was there before by reading the case whole', async () => {
  const id = await published(hub, '194102039817');
  const last = new Date(Date.now()).toISOString();
  const nurse = await as(hub, 'nurse');
  const newcomer = await as(hub, 'otherMunicipality');
  const added = await nurse.post(
    `CarePlan/${id}/$add-participant`,
    parameters({
      name: 'unit',
      valueReference: {
        identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.otherMunicipality.unit },
      },
    }),
  );
  expect(added.status).toBe(200);
  const found = async (search: string): Promise<string[]> => {
    const answer = await newcomer.get(search);
    expect([search, answer.status]).toEqual([search, 200]);
    return ((answer.body as Bundle<FhirResource>).entry ?? []).map(({ resource }) => resource?.id ?? '');
  };
  // What was there before is seen, and is not new.
  expect(await found('Consent')).toHaveLength(1);
  expect(await found(`Consent?_lastUpdated=ge${last}`)).toEqual([]);
  expect((await found(`Communication?_lastUpdated=ge${last}`)).length).toBeLessThan(
    (await found('Communication')).length,
  );
  // The way of the page.
  const [team, ...others] = await found(`CareTeam?_lastUpdated=ge${last}&_sort=_lastUpdated`);
  expect(others).toEqual([]);
  expect(await found(`CarePlan?care-team=CareTeam/${team}`)).toEqual([id]);
  const whole = [
    ...(await found(
      `CarePlan?_id=${id}&_include=CarePlan:care-team&_include=CarePlan:encounter&_include=CarePlan:subject`,
    )),
    ...(await found(`Task?based-on=CarePlan/${id}`)),
    ...(await found(`Communication?based-on=CarePlan/${id}`)),
    ...(await found(`Consent?data=CarePlan/${id}`)),
  ];
  const everything = await Promise.all(
    ['CarePlan', 'CareTeam', 'Task', 'Communication', 'Consent', 'Patient', 'Encounter'].map(found),
  );
  expect(new Set(whole)).toEqual(new Set(everything.flat()));
});
