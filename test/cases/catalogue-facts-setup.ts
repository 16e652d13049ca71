import { afterAll, beforeAll } from '@jest/globals';
import { CatalogueFollower } from '../../src/cases/jobs/follow-catalogue.js';
import { showDirectory } from '../../src/cases/show-directory.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import { type PractitionerFact } from '../../src/messaging/contracts/facts.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { staff } from '../support/svu.js';

export let hub: TestHub;
export let follower: CatalogueFollower;

beforeAll(async () => {
  hub = await startHub();
  const { directory, sql, now } = hub.cases;
  follower = new CatalogueFollower({
    sql,
    directory: directory as LiveDirectory,
    file: directory.organisation,
    rules: { source: 'merged', longestAgeMilliseconds: 24 * 3_600_000 },
    now,
    onChange: async () => {
      await showDirectory(hub.store.database, directory, now());
    },
  });
  await showDirectory(hub.store.database, directory, now());
});
afterAll(() => hub.stop());

export const nurseFact = (changes: Partial<PractitionerFact> = {}): PractitionerFact => ({
  practitioner: staff.otherWard.user,
  found: true,
  protectedPerson: false,
  name: { given: 'Ny', surname: 'Katalogsson' },
  titles: [],
  licences: ['Sjuksköterska'],
  assignments: [{ hsaId: 'SE4999000013-A005', unit: 'SE4999000013-S1', purpose: 'Vård och behandling' }],
  readAt: new Date().toISOString(),
  ...changes,
});
