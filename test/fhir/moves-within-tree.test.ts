import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.js';
import { codesOf, opened, staff } from '../support/svu.js';

/** ORG-6: staff who switch unit, where their organisation lets them. */
describe.each([true, false])(
  'a nurse of one ward with a token of another, where staff move: %s',
  (movesWithinTree) => {
    let hub: TestHub;
    let id: string;
    beforeAll(async () => {
      hub = await startHub({
        organisation: (of) => ({
          ...of,
          providers: of.providers.map((each) => ({ ...each, movesWithinTree })),
        }),
      });
      id = await opened(hub, '193406129829');
    }, 60_000);
    afterAll(() => hub.stop());

    const read = async (unit: string) => {
      const token = await hub.user(staff.otherWard.user, unit);
      return hub.http().get(`/fhir/CarePlan/${id}`).set('authorization', token);
    };

    it('ORG-6, ACC-1, ACC-5: reads there as that unit does, and the trail names it; nowhere in another organisation', async () => {
      expect((await read(staff.otherWard.unit)).status).toBe(404);
      const there = await read(staff.nurse.unit);
      expect(there.status).toBe(movesWithinTree ? 200 : 403);
      const { rows } = await hub.store.database.query<{ unit: string }>(
        `select unit from audit_record where actor = $1 and outcome = 'success' and case_id = $2`,
        [staff.otherWard.user, id],
      );
      expect(rows).toEqual(movesWithinTree ? [{ unit: staff.nurse.unit }] : []);
      const abroad = await read(staff.municipality.unit);
      expect([abroad.status, codesOf(abroad)]).toEqual([403, ['ORG-1', 'not-assigned']]);
    });
  },
);
