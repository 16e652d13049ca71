import { policyNames, newest } from '../../../test/support/policies.js';
import {
  giveConsent,
  inform,
  now,
  opened,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
} from '../../../test/support/process/svu.js';
import { sharedContent } from './shared-content.js';
import type { SvuEvent } from './subjects.js';
import { svu } from './svu.js';

const leave = (dischargedTo?: string) =>
  step('discharge', {
    dischargedAt: now,
    form: 'discharge',
    ...(dischargedTo === undefined ? {} : { dischargedTo }),
    confirmedWarnings: ['no-contact-calls-to-sip', 'units-not-ready'],
  });
const words = 'Hos sonen i Malmö';
/** A region whose policy has no list of places. */
const freely = (decide: typeof refuse) => {
  const policy = newest('skane');
  const settings = { ...policy.settings, dischargedTo: [] };
  return opened('skane', { policy: { ...policy, settings } }).after(inform, decide, publish);
};

describe('Where a patient is discharged to', () => {
  it.each(policyNames)(
    'SVU-21: under %s it is one of the places of the policy, and no other text',
    (policy) => {
      const { state } = publishedCase(policy).after(leave('Korttidsboende'));
      expect(state.discharge?.dischargedTo).toBe('Korttidsboende');
      publishedCase(policy)
        .when(leave(words))
        .thenRejected('discharged-to-not-listed', { field: 'dischargedTo' });
      publishedCase(policy).when(leave()).thenRejected('discharged-to-required');
    },
  );

  it.each(policyNames)('CON-5, SVU-21: so it is under refusal in %s, where it is told', (policy) => {
    const { state } = publishedUnderRefusal(policy).after(leave('Särskilt boende'));
    expect(sharedContent(state).discharge?.dischargedTo).toBe('Särskilt boende');
    publishedUnderRefusal(policy).when(leave(words)).thenRejected('discharged-to-not-listed');
  });

  it('SVU-21: without places of the policy it is what staff write', () => {
    expect(freely(giveConsent).after(leave(words)).state.discharge?.dischargedTo).toBe(words);
    freely(giveConsent).when(leave()).thenRejected('discharged-to-required');
  });

  it('CON-5: under refusal nothing that staff write is taken, and none is asked for', () => {
    freely(refuse).when(leave(words)).thenRejected('refusal-shares-minimum', { field: 'dischargedTo' });
    expect(freely(refuse).after(leave()).state.phase).toBe('discharged');
  });

  it('CON-5: nor is it told of a log of before, which has one, nor while the case shares the minimum alone', () => {
    const before = freely(refuse);
    const told = svu.evolve(before.state, {
      ...leave(words),
      type: 'Discharged',
      data: { ...leave(words).data, confirmedWarnings: [] },
    } as SvuEvent);
    expect(JSON.stringify([told.discharge, told.notices])).not.toContain(words);
    const consented = freely(refuse).after(giveConsent, leave(words)).state;
    expect(JSON.stringify(sharedContent(consented))).not.toContain(words);
  });

  it('CON-5, CON-8: a refusal after the discharge takes back what was written, and not one of the places', () => {
    const written = freely(giveConsent).after(leave(words), refuse).state;
    expect(JSON.stringify([written.discharge, written.notices, sharedContent(written)])).not.toContain(words);
    const chosen = publishedCase().after(leave('Korttidsboende'), refuse).state;
    expect(sharedContent(chosen).discharge?.dischargedTo).toBe('Korttidsboende');
  });
});
