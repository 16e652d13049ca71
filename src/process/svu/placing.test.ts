import {
  districtNurse,
  homeNurse,
  municipalReader,
  needsAssessor,
  nurse,
  units,
} from '../../../test/support/process/cast.js';
import { policyNames } from '../../../test/support/policies.js';
import {
  type Case,
  giveConsent,
  inform,
  opened,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import type { Actor } from '../vocabulary.js';
import { sharedContent } from './shared-content.js';

const publishAnew = step('publish-admission-notice', {
  reason: 'Fall i hemmet',
  confirmedWarnings: ['primary-care-missing'],
});
const placed = { municipality: '1283', municipalityName: 'Helsingborg' };
const state = (of: object = placed, by: Actor = nurse) => step('state-placing-municipality', of, by);

describe.each(policyNames)('ADR-9: who placed the patient, under %s', (policy) => {
  it.each([nurse, needsAssessor, homeNurse])(
    'ADR-9: the hospital or a municipality states it ($unit)',
    (by) => {
      const stated = publishedCase(policy).after(state(placed, by));
      expect(sharedContent(stated.state).placing).toEqual(placed);
      expect(stated.state.notices['placing-municipality:1']?.content).toEqual({
        placedBy: 'Helsingborg (1283)',
      });
      stated.when(state()).thenNothing();
      const none = stated.after(state({}));
      expect(none.state).not.toHaveProperty('placing');
      expect(none.state.notices['placing-municipality-withdrawn:1']).toBeDefined();
      // Who pays need not be who plans.
      expect(Object.keys(stated.state.participants)).toEqual(
        Object.keys(publishedCase(policy).state.participants),
      );
    },
  );

  it('ADR-9: by its code of four digits, of one that the hub does not know too', () => {
    publishedCase(policy)
      .when(state({ municipality: '0180' }))
      .thenAccepted();
    for (const municipality of ['128', '12834', 'abcd'])
      publishedCase(policy)
        .when(state({ municipality }))
        .thenRejected('municipality-code-of-four', { field: 'municipality' });
    publishedCase(policy).when(state(placed, districtNurse)).thenRejected('placing-not-of-this-side');
    publishedCase(policy).when(state(placed, municipalReader)).thenRejected('role-lacks-responsibility');
  });

  it('ADR-9, ACC-2: in a draft nobody is told yet', () => {
    const draft = opened(policy).after(state());
    expect([draft.state.placing, draft.state.notices]).toEqual([placed, {}]);
  });

  it('ADR-9, ACC-2: what stands of it in the draft is told when the case is published in full, once, and no other time', () => {
    const draft = opened(policy).after(state());
    const told = ({ state: { notices } }: Case) =>
      Object.values(notices).filter(({ kind }) => kind.startsWith('placing-municipality'));
    const [notice, ...more] = told(draft.after(inform, giveConsent, publish));
    expect([notice?.content, more]).toEqual([{ placedBy: 'Helsingborg (1283)' }, []]);
    expect(notice?.recipients).toContain(units.needsAssessment);
    expect(told(draft.after(state({}), inform, giveConsent, publish))).toEqual([]);
    const refused = draft.after(inform, refuse, publish);
    expect(told(refused.after(giveConsent, publishAnew))).toEqual([]);
  });

  it('ADR-9, CON-5, CON-8: nothing of it is kept or taken under a refusal, nor taken without a decision', () => {
    expect(publishedCase(policy).after(state(), refuse).state).not.toHaveProperty('placing');
    publishedUnderRefusal(policy)
      .when(state())
      .thenRejected('refusal-shares-minimum', { field: 'municipality' });
    publishedCase(policy).after(withdrawConsent).when(state()).thenRejected('no-current-decision');
  });
});
