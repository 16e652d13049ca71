import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import { codeSystems, coding, extensions } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { homeVisitOrder, messageOutside } from '../../support/messages.js';
import { as, codesOf, type Who } from '../../support/svu.js';
import { hubUnder } from './messages-setup.js';

describe('A message outside every case that orders home visits', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await hubUnder('vasterbotten');
  }, 60_000);
  afterAll(() => hub.stop());

  const ordered = async (who: Who, to: readonly Who[], otherwise?: Parameters<typeof homeVisitOrder>[0]) =>
    (await as(hub, who)).post(
      'Communication',
      messageOutside('193406129829', to, { extension: [homeVisitOrder(otherwise)] }),
    );

  it.each(
    Object.keys(
      codeSystems.homeVisitMeasure.concepts,
    ) as (keyof typeof codeSystems.homeVisitMeasure.concepts)[],
  )('MSG-8: the hospital and outpatient care order %s by SBAR', async (code) => {
    for (const who of ['nurse', 'healthCentre'] as const) {
      const answer = await ordered(who, ['homeNursing'], {
        measure: coding(codeSystems.homeVisitMeasure, code),
      });
      expect([who, answer.status, codesOf(answer)]).toEqual([who, 201, []]);
      expect(JSON.stringify(answer.body)).toContain('Torrt och rent');
    }
  });

  it.each([
    ['something else', { measure: { system: codeSystems.homeVisitMeasure.system, code: 'infusion' } }],
    ['five weeks', { weeks: 5 }],
    ['what a doctor follows up', { doctorFollowsUp: true }],
  ])('MSG-8: %s is refused and pointed to a SIP', async (_what, otherwise) => {
    const answer = await ordered('nurse', ['homeNursing'], otherwise);
    expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-8', 'home-visits-by-sip']]);
    const [issue] = (answer.body as OperationOutcome).issue;
    expect(issue?.details?.text).toContain('(SIP)');
    expect(issue?.diagnostics).toContain('SIP-23');
    expect(issue?.expression).toEqual([`Communication.extension('${extensions.homeVisitOrder}')`]);
  });

  it.each(['situation', 'background', 'assessment', 'recommendation', 'reason'])(
    'MSG-8: without %s it is refused',
    async (part) => {
      const answer = await ordered('nurse', ['homeNursing'], { [part]: undefined });
      expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-8', 'home-visit-order-incomplete']]);
    },
  );

  it('MSG-8: of units of the municipality alone', async () => {
    expect(codesOf(await ordered('nurse', ['healthCentre']))).toEqual([
      'MSG-8',
      'home-visits-of-municipality',
    ]);
  });

  it('PAT-13: no part of it holds a personal number', async () => {
    const answer = await ordered('nurse', ['homeNursing'], { background: 'Syster till 193804289860' });
    expect([answer.status, codesOf(answer).at(-1)]).toEqual([422, 'number-in-text']);
  });
});

describe.each([
  ['skane', ['MSG-5', 'no-messages-outside-stay'], ['MSG-5', 'no-messages-outside-stay']],
  ['norrbotten', [], ['MSG-8', 'home-visits-not-here']],
] as const)('A message outside every case under %s', (policy, message, order) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await hubUnder(policy);
  }, 60_000);
  afterAll(() => hub.stop());

  it('MSG-5, MSG-8: is what the policy says', async () => {
    const ward = await as(hub, 'nurse');
    const plain = await ward.post('Communication', messageOutside('193406129829', ['homeNursing']));
    expect(codesOf(plain)).toEqual(message);
    const extension = [homeVisitOrder()];
    const ordered = await ward.post(
      'Communication',
      messageOutside('193406129829', ['homeNursing'], { extension }),
    );
    expect(codesOf(ordered)).toEqual(order);
  });
});
