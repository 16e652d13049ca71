import { afterAll, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AuditUnavailable } from '../../src/access/access-context.js';
import { placeGrant, placeResource, startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';

export let facade: TestFacade;
export let nurse: string;
export let plan: string;
export const scope = randomUUID();
/** Whether the trail cannot be written now. */
export const audit = { fails: false };

beforeAll(async () => {
  facade = await startFacade(sampleOrganisation(), {
    replace: ({ audit: real }) => ({
      audit: {
        record: (entries) =>
          audit.fails ? Promise.reject(new AuditUnavailable('no')) : real.record(entries),
      },
    }),
  });
  nurse = await facade.user(sample.nurse, sample.ward);
  plan = await placeResource(facade.store, {
    type: 'CarePlan',
    id: scope,
    scope,
    personId: randomUUID(),
    version: 3,
  });
  await placeGrant(facade.store, { scope, unit: sample.ward });
});
afterAll(() => facade.stop());

export const get = (path: string) => facade.http().get(path).set('Authorization', nurse);
export const code = (answer: { body: { issue: { details: { coding: { code: string }[] } }[] } }) =>
  answer.body.issue[0]?.details.coding.at(-1)?.code;
