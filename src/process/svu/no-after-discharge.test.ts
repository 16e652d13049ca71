import { needsAssessor, nurse, units } from '../../../test/support/process/cast.js';
import {
  assessHarm,
  changeDate,
  discharge,
  dischargedCase,
  now,
  openTodos,
  publishedCase,
  refuse,
  reportReady,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import { currentDecision } from '../case/questions.js';
import { sharedLevel } from '../case/shared-level.js';
import { sharedContent } from './shared-content.js';

/** Without a word, which nobody could be told. */
const undo = step('undo-discharge', {});

const endEarly = step('discharge', {
  dischargedAt: now,
  form: 'early-end',
  confirmedWarnings: ['no-receiver-of-side', 'no-contact-calls-to-sip'],
});

const joins = step(
  'add-participant',
  { unit: units.otherHealthCentre, unitName: 'Strandens vårdcentral', side: 'outpatient', organisation: 'x' },
  nurse,
);

describe('The patient says no after the discharge', () => {
  it('CON-8, SVU-23: consent is withdrawn; what was told stays, and nothing new is', () => {
    const before = dischargedCase().state;
    const { state } = dischargedCase().after(withdrawConsent);
    expect(currentDecision(state)).toBeUndefined();
    expect(state.phase).toBe('discharged');
    expect([sharedLevel(state), state.notices]).toEqual(['full', before.notices]);
    expect(openTodos(state)).toEqual([]);
  });

  it('CON-8: it is withdrawn by the hospital alone, and twice is once', () => {
    dischargedCase()
      .when({ ...withdrawConsent, by: needsAssessor })
      .thenRejected('only-hospital-deregisters');
    dischargedCase().after(withdrawConsent).when(withdrawConsent).thenNothing();
  });

  it('CON-5, CON-8: a refusal leaves the minimum of what was told', () => {
    const { state } = dischargedCase().after(refuse);
    expect(sharedLevel(state)).toBe('minimum');
    expect(sharedContent(state).reason).toBeUndefined();
    expect(JSON.stringify(state.notices)).not.toContain('Höftfraktur');
  });

  it('CON-5: nothing that the refusal hides comes back when the discharge is undone', () => {
    const acknowledging = openTodos(publishedCase().after(reportReady).state).filter((key) =>
      key.startsWith('acknowledge-ready'),
    );
    expect(acknowledging).not.toEqual([]);
    const { state } = publishedCase().after(reportReady, discharge, refuse, undo);
    expect(openTodos(state).filter((key) => key.startsWith('acknowledge-ready'))).toEqual([]);
  });

  it('SVU-23: what would share more is refused until the discharge is undone', () => {
    dischargedCase().after(withdrawConsent).when(assessHarm).thenRejected('case-locked');
    const { state } = dischargedCase().after(withdrawConsent, undo, assessHarm);
    expect([state.phase, currentDecision(state)?.data.kind]).toEqual(['published', 'harm-assessment']);
  });

  it('CON-8: a unit that joined while no decision stood sees nothing more by it, and is asked when the case goes on', () => {
    const ended = publishedCase().after(withdrawConsent, joins, endEarly, refuse);
    expect(ended.state.participants[units.otherHealthCentre]?.seesContent).toBe(false);
    expect(JSON.stringify(ended.state.notices)).not.toContain('admission-notice:2');
    const { state } = ended.after(undo);
    expect(state.participants[units.otherHealthCentre]?.seesContent).toBe(true);
    expect(openTodos(state)).toContain(`acknowledge-admission-notice:${units.otherHealthCentre}:1`);
  });

  it('SVU-9, CON-8: the case is open again without a decision, and tells no new day', () => {
    dischargedCase().after(withdrawConsent, undo).when(changeDate).thenRejected('no-current-decision');
  });
});
