import {
  annul,
  assessHarm,
  consent,
  dischargedCase,
  freeze,
  giveConsent,
  inform,
  opened,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
  undo,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';
import { keepsBackground, sharesBackground } from './background.js';

const consentAgain = step('register-decision', {
  decisionId: '0b1d3a52-0000-4000-8000-0000000000a9',
  ...consent,
});
const publishAgain = step('publish-admission-notice', { reason: 'Höftfraktur' });

describe('Background of a case', () => {
  it.each<[string, Case, keeps: boolean, shares: boolean]>([
    ['CON-2: a draft without a decision', opened(), true, false],
    ['CON-2: a draft under consent', opened().after(inform, giveConsent), true, true],
    ['CON-5: a draft under refusal', opened().after(refuse), false, false],
    ['CON-2: published under consent', publishedCase(), true, true],
    ['CON-3: published after a harm assessment', opened().after(inform, assessHarm, publish), true, true],
    ['CON-8: published, and the decision deregistered', publishedCase().after(withdrawConsent), true, false],
    ['CON-8: and consent given anew', publishedCase().after(withdrawConsent, consentAgain), true, true],
    ['CON-5: published, and then refused', publishedCase().after(refuse), false, false],
    ['CON-5: published under refusal', publishedUnderRefusal(), false, false],
    [
      'CON-5: refused, then consent, not yet published anew',
      publishedUnderRefusal().after(giveConsent),
      false,
      false,
    ],
    ['CON-5: and published anew', publishedUnderRefusal().after(giveConsent, publishAgain), true, true],
    ['PAT-6: frozen', publishedCase().after(freeze), false, false],
    ['SVU-21: discharged', dischargedCase(), false, false],
    ['SVU-24: the discharge undone', dischargedCase().after(undo), true, true],
    ['SVU-6: annulled', publishedCase().after(annul), false, false],
  ])('%s', (_name, { state }, keeps, shares) => {
    expect([keepsBackground(state), sharesBackground(state)]).toEqual([keeps, shares]);
  });
});
