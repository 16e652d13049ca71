import { districtNurse, nurse } from '../../../test/support/process/cast.js';
import {
  freeze,
  opened,
  openTodos,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import type { Actor } from '../vocabulary.js';
import { sharedNpoDecision } from './npo.js';

const said = { agrees: true, form: 'oral', givenBy: 'patient' } as const;
const record = (changes: object = {}, by: Actor = nurse) =>
  step('record-npo-decision', { ...said, ...changes }, by);

describe.each(['norrbotten', 'vasterbotten'] as const)('What the patient says of NPÖ, under %s', (policy) => {
  it(`CON-9 (${policy}): is another decision than that on sharing, recorded in a draft or later, and changed when said otherwise`, () => {
    const published = publishedCase(policy);
    const recorded = published.after(record());
    expect(sharedNpoDecision(recorded.state)).toMatchObject({ ...said, by: nurse });
    expect(recorded.state.decisions).toEqual(published.state.decisions);
    recorded.when(record()).thenNothing();
    recorded
      .when(record({ agrees: false }))
      .thenEvents({ type: 'NpoDecisionRecorded', data: { agrees: false } });
    opened(policy).when(record()).thenAccepted();
  });

  it(`CON-16 (${policy}): a no opens and stops nothing`, () => {
    const published = publishedCase(policy);
    const refused = published.after(record({ agrees: false }));
    expect(openTodos(refused.state)).toEqual(openTodos(published.state));
    expect(refused.state.notices).toEqual(published.state.notices);
    const { npoDecision, ...rest } = refused.state;
    expect(npoDecision?.agrees).toBe(false);
    expect(rest).toEqual(published.state);
  });

  it(`CON-9 (${policy}): is recorded by the hospital, and not of a case that is frozen`, () => {
    publishedCase(policy).when(record({}, districtNurse)).thenRejected('only-hospital-records-npo-decision');
    publishedCase(policy).after(freeze).when(record()).thenRejected('case-frozen');
  });

  it(`CON-5, CON-8 (${policy}): is forgotten with a refusal, and not taken under one or without a decision`, () => {
    expect(publishedCase(policy).after(record(), refuse).state).not.toHaveProperty('npoDecision');
    publishedUnderRefusal(policy).when(record()).thenRejected('refusal-shares-minimum');
    publishedCase(policy).after(withdrawConsent).when(record()).thenRejected('no-current-decision');
  });
});

it('CON-9: under skane none is recorded', () => {
  publishedCase().when(record()).thenRejected('npo-decision-not-here');
});
