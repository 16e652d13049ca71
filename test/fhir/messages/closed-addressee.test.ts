import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import { identifierSystems } from '../../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { messageOutside } from '../../support/messages.js';
import { as, codesOf, staff } from '../../support/svu.js';

const group = 'SE4999000013-S1';
const closed = staff.otherHealthCentre.unit;

describe('A message outside every case to a unit where nobody can read it', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub({
      organisation: (of) => ({
        ...of,
        providers: of.providers.map((each) => ({
          ...each,
          ...(each.policy === undefined ? {} : { policy: 'vasterbotten' }),
        })),
        units: of.units.map((unit) => (unit.hsaId === closed ? { ...unit, active: false } : unit)),
      }),
    });
  }, 60_000);
  afterAll(() => hub.stop());

  it.each([
    ['closed', closed],
    ['without roles', group],
  ])(
    'MSG-5, ORG-11: %s is refused before anybody is looked up, also beside one that reads',
    async (_what, unit) => {
      const asked = hub.population.questions();
      const ward = await as(hub, 'nurse');
      const recipient = [unit, staff.homeNursing.unit].map((value) => ({
        identifier: { system: identifierSystems.hsa, value },
      }));
      for (const to of [recipient.slice(0, 1), recipient]) {
        const answer = await ward.post(
          'Communication',
          messageOutside('193406129829', [], { more: { recipient: to } }),
        );
        expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-5', 'addressee-closed']]);
        expect((answer.body as OperationOutcome).issue[0]?.expression).toEqual(['Communication.recipient']);
      }
      expect(hub.population.questions()).toBe(asked);
    },
  );
});
