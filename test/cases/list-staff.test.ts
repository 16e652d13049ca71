import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import { StaffLister } from '../../src/cases/jobs/list-staff.js';
import { showDirectory } from '../../src/cases/show-directory.js';
import { LiveDirectory } from '../../src/directory/live-directory.js';
import { directoryId } from '../../src/projection/identity.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, staff } from '../support/svu.js';

/** SVU-8, SVU-10: a hub of a version before decision 24, which runs beside this one, writes work that a search by unit does not find. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const asBefore = () =>
  hub.store.database.query(
    `update resource set tokens = array_remove(tokens, 'listed|true') where type = 'PractitionerRole'`,
  );
const atWard = async () => {
  const answer = await (
    await as(hub, 'nurse')
  ).get(`PractitionerRole?organization=Organization/${directoryId(staff.nurse.unit)}&_count=100`);
  return ((answer.body as Bundle).entry ?? [])
    .map(({ fullUrl = '' }) => fullUrl)
    .toSorted((one, other) => (one < other ? -1 : 1));
};

it('such work is found again by its unit, without hands; that of who is protected is not', async () => {
  const { organisation } = hub.cases.directory;
  const hidden = staff.planner.user;
  const directory = new LiveDirectory({
    ...organisation,
    people: organisation.people.map((person) =>
      person.hsaId === hidden ? { ...person, protectedPerson: true as const } : person,
    ),
  });
  await showDirectory(hub.store.database, directory, new Date());
  const before = await atWard();
  expect(before.length).toBeGreaterThan(1);
  const lister = new StaffLister(hub.store.database, () => directory);
  expect(await lister.round()).toBe(0);

  await asBefore();
  expect(await atWard()).toEqual([]);
  expect(await lister.round()).toBeGreaterThan(1);
  expect(await atWard()).toEqual(before);
  expect(await lister.round()).toBe(0);
  // The row reads as it did, and this program has nothing left to write.
  expect(await showDirectory(hub.store.database, directory, new Date())).toBe(0);

  // It happens again for as long as such a hub runs.
  await asBefore();
  expect(await lister.round()).toBeGreaterThan(1);
  expect(await atWard()).toEqual(before);
});

it('a row that another organisation file made is left alone', async () => {
  await hub.store.database.query(
    `update resource set tokens = array['role|other'] where type = 'PractitionerRole' and not deleted`,
  );
  const lister = new StaffLister(hub.store.database, () => hub.cases.directory);
  expect(await lister.round()).toBe(0);
  await showDirectory(hub.store.database, hub.cases.directory, new Date());
});
