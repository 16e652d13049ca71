import { afterEach, expect, it } from '@jest/globals';
import { asksOperator } from '../../src/cases/facts/ward-unknown.js';
import { CaseKinds } from '../../src/cases/kinds/case-kind.js';
import type { CaseKind } from '../../src/cases/kinds/case-kind.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { isOpen } from '../../src/process/case/questions.js';
import { startHub, type TestHub } from '../support/hub.js';
import { stayFacts } from '../support/stay-facts.js';
import { as } from '../support/svu.js';
import { followUpKind } from './follow-up/kind.js';
import { ljungasa, plan } from './hub-with-follow-ups.js';

/** A kind of case that hears of stays, and then asks who the patient is: a step by which no other kind places a case. */
const step = 'question-identity';
const hearing = (places: readonly string[]): CaseKind => ({
  ...(followUpKind as unknown as CaseKind),
  stays: {
    of: () => undefined,
    hears: isOpen,
    commands: (_state, { at, by }) => [{ type: step, at, by, data: { cause: 'not-confirmed' } }],
    places: new Set(places),
  },
});

let hub: TestHub;
afterEach(() => hub.stop());

it.each([
  { places: [step], operatorsAsked: false },
  { places: [], operatorsAsked: true },
])(
  'ADR-13: the kind says by which steps ($places) a case is placed, so that operators need not be asked about an unknown ward',
  async ({ places, operatorsAsked }) => {
    hub = await startHub({
      kinds: new CaseKinds(...caseKinds.all, hearing(places)),
      organisation: (of) => ({
        ...of,
        providers: of.providers.map((each) => ({ policy: 'skane', ...each })),
      }),
    });
    const [number] = ljungasa;
    expect((await (await as(hub, 'healthCentre')).post('CarePlan', plan(number))).status).toBe(201);
    const ward = 'SE4999000013-W999';
    const admitted = stayFacts('MELIOR-TEST')(number, 'V1', 'admitted', new Date(), { ward });
    const { outcome } = await hub.tell(factTopics.stay, admitted);
    expect(outcome).toContain(step);
    expect(asksOperator(outcome ?? '')).toBe(operatorsAsked);
  },
  60_000,
);
