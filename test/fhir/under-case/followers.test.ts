import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { tellFollowers, type Told } from '../../support/followers.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { staff } from '../../support/svu.js';
import { casesWithForms } from './case-with-forms.js';
import { form } from './form.js';

/** What everybody who follows cases is told of a form under one: as of the case, and never to a unit that sees nothing of it. */

let hub: TestHub;
let cases: ReturnType<typeof casesWithForms>;
let followers: Awaited<ReturnType<typeof tellFollowers>>;

beforeAll(async () => {
  hub = await startHub();
  cases = casesWithForms(hub);
  followers = await tellFollowers(hub, [form]);
}, 60_000);
afterAll(async () => {
  await followers.stop();
  await hub.stop();
});

const told = (caseId: string): Promise<readonly Told[]> => followers.told(caseId, 'FormFilled');
const namesOf = (events: readonly Told[]) => events.map(({ units }) => units);
const [ward, healthCentre, otherHealthCentre] = [
  staff.nurse.unit,
  staff.healthCentre.unit,
  staff.otherHealthCentre.unit,
];

it('CON-5, ACC-2, ACC-7: tells of a form under the case, by the units that see something of it', async () => {
  const { caseId, id } = await cases.formOfPublished();
  const [first] = await told(caseId);
  expect(first).toMatchObject({ caseId, kind: 'svu', event: 'FormFilled' });
  expect(first?.units).toEqual(expect.arrayContaining([ward, healthCentre]));
  expect(first?.units).not.toContain(otherHealthCentre);
  await cases.add(caseId, 'otherHealthCentre');

  await cases.fillIn(caseId, 'Utkast', { only: ['draft'] });
  expect(namesOf(await told(caseId)).at(-1)).toEqual([ward]);

  await cases.fillIn(caseId, 'Allt', { id, only: ['full'] });
  expect(namesOf(await told(caseId)).at(-1)).toContain(otherHealthCentre);
  await cases.remove(caseId, 'otherHealthCentre');
  await cases.fillIn(caseId, 'Mer', { id, only: ['full'] });
  expect(namesOf(await told(caseId)).at(-1)).not.toContain(otherHealthCentre);
  expect(namesOf(await told(caseId)).at(-1)).toContain(healthCentre);
});

it('CON-5: tells nothing of what a refusal hides, and of what it leaves no unit that may not be named', async () => {
  const { caseId } = await cases.formOfPublished();
  const only = await cases.fillIn(caseId, 'Allt', { only: ['full'] });
  const before = (await told(caseId)).length;
  await cases.decide(caseId, 'refusal');
  await cases.fillIn(caseId, 'Mer', { id: only, only: ['full'] });
  expect(await told(caseId)).toHaveLength(before);
  await cases.fillIn(caseId, 'Det som får delas', { only: ['minimum'] });
  const last = (await told(caseId)).slice(before);
  expect(last).toHaveLength(1);
  expect(last[0]?.units).toContain(healthCentre);
  expect(last[0]?.units).not.toContain(ward);
});

it('VIEW-11: tells nothing of what hangs on an annulled case', async () => {
  const { caseId, id } = await cases.formOfPublished();
  const before = (await told(caseId)).length;
  await cases.annul(caseId);
  await cases.fillIn(caseId, 'Mer', { id });
  expect(await told(caseId)).toHaveLength(before);
});
