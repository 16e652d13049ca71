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
            ? {
                ...inbox,
                serves: ['disability-housing', 'social-psychiatry'],
                preselected: false,
                distributes: true,
              }
            : { ...inbox, distributes: true },
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

const codesAsked = async (who: Who) =>
  (await (await as(hub, who)).todos(id)).map(({ code }) => code?.coding?.[0]?.code);

it('ORG-14, ADR-14, ADR-15: the inbox is asked to place the case, places it, keeps it until it is taken, and leaves it', async () => {
  const inbox = await as(hub, 'municipality');
  expect(await codesAsked('municipality')).toContain('distribute-case');
  const leave = () =>
    inbox.post(
      `CarePlan/${id}/$remove-participant`,
      parameters(
        unit('municipality'),
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel enhet' },
      ),
    );
  const early = await leave();
  expect([early.status, codesOf(early)]).toEqual([422, ['ADR-14', 'inbox-not-taken']]);
  const placed = await inbox.post(`CarePlan/${id}/$add-participant`, parameters(unit('homeNursing')));
  expect([placed.status, codesOf(placed)]).toEqual([200, []]);
  const own = await as(hub, 'homeNursing');
  expect((await own.todos(id)).map(({ code }) => code?.coding?.[0]?.code)).toContain(
    'acknowledge-admission-notice',
  );
  expect(await codesAsked('municipality')).not.toContain('distribute-case');
  expect(await codesAsked('homeNursing')).toContain('distribute-case');
  const untaken = await leave();
  expect(codesOf(untaken)).toEqual(['ADR-14', 'inbox-not-taken']);
  const [notice] = await own.todos(id);
  const taken = await own.put(`Task/${notice?.id}`, { ...notice, status: 'completed' });
  expect([taken.status, codesOf(taken)]).toEqual([200, []]);
  const left = await leave();
  expect([left.status, codesOf(left)]).toEqual([204, []]);
  expect(((await own.get(`CarePlan/${id}`)).body as CarePlan).status).toBe('active');
});
