import * as fc from 'fast-check';
import { districtNurse } from '../../../test/support/process/cast.js';
import {
  assessHarm,
  consent,
  discharge,
  giveConsent,
  harmAssessment,
  now,
  opened,
  publishedCase,
  publishedUnderRefusal,
  refusal,
  refusalId,
  refuse,
  refusedByMistake,
  reportReady,
  step,
  withdrawConsent,
  withdrawRefusal,
} from '../../../test/support/process/svu.js';
import type { SvuCommand } from '../svu/subjects.js';
import { svu } from '../svu/svu.js';
import { currentDecision } from './questions.js';
import { sharedLevel } from './shared-level.js';

const undo = step('undo-discharge', {});
const overRefusal = 'harm-assessment-over-refusal';
const secondId = '0b1d3a52-0000-4000-8000-0000000000b1';
const byLaw = step('register-decision', { decisionId: secondId, kind: 'secrecy-breaking-rule', law: 'LPT' });
const lawEnds = step('deregister-decision', { decisionId: secondId });
const consentByMistake = step('deregister-decision', {
  decisionId: '0b1d3a52-0000-4000-8000-0000000000a1',
  mistake: true,
});

describe('After a no', () => {
  it.each([
    ['a draft', opened().after(refuse, withdrawRefusal)],
    ['a published case', publishedCase().after(refuse, withdrawRefusal)],
    ['one that was published under it', publishedUnderRefusal().after(withdrawRefusal)],
    ['a discharge undone', publishedCase().after(discharge, refuse, withdrawRefusal, undo)],
    ['a consent that was a mistake', opened().after(refuse, giveConsent, consentByMistake)],
    ['the end of compulsory care', opened('norrbotten').after(refuse, byLaw, lawEnds)],
    ['a harm assessment instead of the law', opened('norrbotten').after(refuse, byLaw)],
  ])('CON-6, CON-13: the refusal deregistered alone, no harm assessment is taken: %s', (_what, course) => {
    course.when(assessHarm).thenRejected(overRefusal, { field: 'kind' });
  });

  it.each(['guardian', 'legal-representative'] as const)(
    'CON-6: the no of a %s counts as the patient’s',
    (givenBy) => {
      const no = step('register-decision', { decisionId: refusalId, ...refusal, givenBy } as never);
      opened().after(no, withdrawRefusal).when(assessHarm).thenRejected(overRefusal);
      const yes = step('register-decision', { decisionId: secondId, ...consent, givenBy } as never);
      expect(currentDecision(opened().after(no, withdrawRefusal, yes).state)?.data.kind).toBe('consent');
    },
  );

  it('CON-6: once she has consented, and that ended, a harm assessment is possible again', () => {
    const { state } = opened().after(refuse, giveConsent, withdrawConsent, assessHarm);
    expect(currentDecision(state)?.data.kind).toBe('harm-assessment');
  });

  it('CON-2, CON-6: the law of compulsory care asks nobody, and may follow a no', () => {
    expect(currentDecision(opened('norrbotten').after(refuse, withdrawRefusal, byLaw).state)?.id).toBe(
      secondId,
    );
  });

  it.each([
    ['while it stands', opened().after(refuse)],
    ['after it was deregistered', opened().after(refuse, withdrawRefusal)],
    ['after a law took its place', opened('norrbotten').after(refuse, byLaw, lawEnds)],
  ])('CON-6, CON-13: registered by mistake, it was never said: %s', (_when, course) => {
    const { state } = course.after(refusedByMistake);
    expect(state.decisions.find(({ id }) => id === refusalId)).toMatchObject({ mistake: true, endedAt: now });
    expect(currentDecision(state)).toBeUndefined();
    expect(currentDecision(course.after(refusedByMistake, assessHarm).state)?.data).toEqual(harmAssessment);
  });

  it('CON-6: that it was a mistake is said once, stays so, and by the hospital', () => {
    const mistaken = opened().after(refuse, refusedByMistake);
    mistaken.when(refusedByMistake).thenNothing();
    mistaken.when(withdrawRefusal).thenNothing();
    publishedCase()
      .after(refuse)
      .when({ ...refusedByMistake, by: districtNurse })
      .thenRejected('only-hospital-deregisters');
    opened().when(refusedByMistake).thenRejected('decision-not-current');
  });

  it('CON-2, CON-6: a decision before the one that stands is marked, and that one stands on', () => {
    const { state } = opened().after(refuse, giveConsent, refusedByMistake);
    expect(currentDecision(state)?.data.kind).toBe('consent');
    expect(state.decisions[0]).toMatchObject({ id: refusalId, mistake: true });
  });

  it('CON-5, CON-6: once the consent after a no was a mistake, the case shares what a refusal leaves, and no harm assessment stands', () => {
    const published = publishedUnderRefusal().after(
      giveConsent,
      step('publish-admission-notice', { reason: 'Fall' }),
    );
    expect(sharedLevel(published.state)).toBe('full');
    const { state } = published.after(consentByMistake);
    expect([sharedLevel(state), state.reason]).toEqual(['minimum', undefined]);
    const assessed = opened().after(refuse, giveConsent, withdrawConsent, assessHarm);
    expect(currentDecision(assessed.state)?.data.kind).toBe('harm-assessment');
    expect(currentDecision(assessed.after(consentByMistake).state)).toBeUndefined();
    const lawful = opened('norrbotten').after(refuse, giveConsent, byLaw, consentByMistake);
    expect(currentDecision(lawful.state)?.id).toBe(secondId);
  });

  it('CON-8: what was published under a mistaken consent waits for a decision', () => {
    publishedCase().after(consentByMistake).when(reportReady).thenRejected('no-current-decision');
  });

  it('CON-6, CON-14: a no of the same stay in another case counts, until she says yes in this one', () => {
    const assessed = (refusedElsewhereAt: string): SvuCommand =>
      step('register-decision', { ...assessHarm.data, refusedElsewhereAt } as never);
    opened().when(assessed(now)).thenRejected(overRefusal);
    const after = opened().after(giveConsent, withdrawConsent);
    after.when(assessed('2026-03-02T08:00:01.000Z')).thenRejected(overRefusal);
    after
      .when(assessed('2026-03-02T07:59:59.000Z'))
      .thenEvents({ type: 'DecisionRegistered', data: harmAssessment });
  });

  it('CON-6: of any course, a harm assessment is only taken where her last word is not no', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const command = fc.oneof(
      fc
        .tuple(fc.constantFrom(...ids), fc.constantFrom(consent, refusal, harmAssessment))
        .map(([decisionId, data]) => step('register-decision', { decisionId, ...data })),
      fc
        .tuple(fc.constantFrom(...ids), fc.boolean())
        .map(([decisionId, mistake]) =>
          step('deregister-decision', { decisionId, ...(mistake ? { mistake: true as const } : {}) }),
        ),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        let { state } = opened();
        let words: { id: string; kind: string }[] = [];
        const after: (string | undefined)[] = [];
        for (const each of commands) {
          const { events = [] } = svu.decide(each, state);
          for (const event of events) {
            if (event.type === 'DecisionRegistered' && event.data.kind === 'harm-assessment')
              after.push(words.at(-1)?.kind);
            else if (event.type === 'DecisionRegistered')
              words = [...words, { id: event.data.decisionId, kind: event.data.kind }];
            else if (event.type === 'DecisionDeregistered' && event.data.mistake === true)
              words = words.filter(({ id }) => id !== event.data.decisionId);
            state = svu.evolve(state, event);
          }
        }
        expect(after).not.toContain('refusal');
        const stands = [words.at(-1)?.kind, currentDecision(state)?.data.kind];
        expect(stands).not.toEqual(['refusal', 'harm-assessment']);
      }),
    );
  });
});
