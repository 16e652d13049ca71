import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, parameters, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

/**
 * ORG-14: a municipality has an inbox for housing under LSS and social psychiatry (IFO in Östra Göinge). No register says who lives
 * there, so a person places the case.
 */

let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await startHub({
    organisation: (of) => ({
      ...of,
      municipalities: of.municipalities.map((each) => ({
        ...each,
        inboxes: each.inboxes.map((inbox) =>
          inbox.unit === staff.homeNursing.unit
            ? { ...inbox, serves: ['disability-housing', 'social-psychiatry'], preselected: false }
            : inbox,
        ),
      })),
    }),
  });
  id = await published(hub, '193406129829');
});
afterAll(() => hub.stop());

const unit = (who: Who) => ({
  name: 'unit',
  valueReference: { identifier: { system: identifierSystems.hsa, value: staff[who].unit } },
});
const reads = async (who: Who) => (await (await as(hub, who)).get(`CarePlan/${id}`)).status === 200;

it('ORG-7 (norrbotten), ORG-14: an inbox that is not preselected gets no case by the register', async () => {
  expect([await reads('municipality'), await reads('homeNursing')]).toEqual([true, false]);
});

it('ORG-14, ADR-15: the inbox places the case there, which then acknowledges, and leaves it', async () => {
  const inbox = await as(hub, 'municipality');
  const placed = await inbox.post(`CarePlan/${id}/$add-participant`, parameters(unit('homeNursing')));
  expect([placed.status, codesOf(placed)]).toEqual([200, []]);
  const own = await as(hub, 'homeNursing');
  expect((await own.todos(id)).map(({ code }) => code?.coding?.[0]?.code)).toContain(
    'acknowledge-admission-notice',
  );
  const left = await inbox.post(
    `CarePlan/${id}/$remove-participant`,
    parameters(unit('municipality'), { name: 'confirmed', valueBoolean: true }),
  );
  expect([left.status, codesOf(left)]).toEqual([204, []]);
  expect(((await own.get(`CarePlan/${id}`)).body as CarePlan).status).toBe('active');
});
