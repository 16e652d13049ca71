import { districtNurse, needsAssessor, units } from '../../../test/support/process/cast.js';
import {
  changeDate,
  opened,
  openTodos,
  publishedCase,
  publishedUnderRefusal,
  reportReady,
  step,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';

const change = (date: string, reason = 'Väntar på hjälpmedel') =>
  step('change-planned-discharge', { date, reason });
const key = (unit: string, round: number) => `acknowledge-planned-discharge:${unit}:${round}`;

describe('The expected discharge', () => {
  it("SVU-9: the hospital changes it with a reason, and the other sides' units acknowledge again", () => {
    const changed = publishedCase().after(changeDate);
    expect(changed.state.expectedDischarge).toBe('2026-03-08');
    expect(changed.state.notices['planned-discharge-changed:1']?.content).toEqual({
      expectedDischarge: '2026-03-08',
      reason: 'Väntar på hjälpmedel',
    });
    for (const unit of [units.healthCentre, units.needsAssessment, units.homeNursing]) {
      expect(openTodos(changed.state)).toContain(key(unit, 1));
    }
    expect(changed.state.steps['planned-discharge']).toBe('awaiting');
  });

  it('SVU-9: under vasterbotten receivers get the admission notice anew with the new day, and acknowledge that', () => {
    const changed = publishedCase('vasterbotten').after(changeDate);
    expect(changed.state.notices['planned-discharge-changed:1']).toBeUndefined();
    expect(changed.state.notices['admission-notice:2']).toMatchObject({
      recipients: [units.healthCentre, units.homeNursing, units.needsAssessment].toSorted(),
      content: {
        expectedDischarge: '2026-03-08',
        changeReason: 'Väntar på hjälpmedel',
        reason: 'Höftfraktur efter fall',
      },
    });
    const anew = (unit: string, round: number) => `acknowledge-admission-notice:${unit}:${round}`;
    const receivers = [units.healthCentre, units.homeNursing, units.needsAssessment];
    const acknowledgements = ({ state }: Case) =>
      openTodos(state).filter((key) => key.startsWith('acknowledge-'));
    expect(acknowledgements(changed)).toEqual(receivers.map((unit) => anew(unit, 2)).toSorted());
    expect(changed.state.steps).toMatchObject({
      'admission-notice': 'awaiting',
      'planned-discharge': 'done',
    });
    const again = changed.after(
      step('complete-todo', { key: anew(units.healthCentre, 2) }, districtNurse),
      change('2026-03-10'),
    );
    expect(acknowledgements(again)).toEqual(receivers.map((unit) => anew(unit, 3)).toSorted());
    expect(again.state.notices['admission-notice:3']?.content['expectedDischarge']).toBe('2026-03-10');
  });

  it('SVU-9, CON-5: under vasterbotten and a refusal the notice has the new day and no reason', () => {
    const { state } = publishedUnderRefusal('vasterbotten').after(change('2026-03-08', ''));
    expect(state.notices['admission-notice:2']?.content).toEqual({
      ward: units.ward,
      expectedDischarge: '2026-03-08',
    });
  });

  it('SVU-9: unchanged it needs no acknowledging', () => {
    expect(publishedCase().state.steps['planned-discharge']).toBe('done');
    publishedCase().when(change('2026-03-06', '')).thenNothing();
  });

  it('SVU-9: a reason is required', () => {
    publishedCase()
      .when(change('2026-03-08', ' '))
      .thenRejected('change-reason-required', { field: 'reason' });
  });

  it.each([districtNurse, needsAssessor])('SVU-9: a receiver does not change it', (by) => {
    publishedCase()
      .when(step('change-planned-discharge', { date: '2026-03-08', reason: 'Fullt' }, by))
      .thenRejected('only-hospital-changes-planned-discharge');
  });

  it('SVU-9: changed twice, only the last change is left to acknowledge', () => {
    const acknowledged = publishedCase().after(
      changeDate,
      step('complete-todo', { key: key(units.healthCentre, 1) }, districtNurse),
    );
    expect(acknowledged.state.steps['planned-discharge']).toBe('partly');
    const again = acknowledged.after(change('2026-03-10'));
    const open = openTodos(again.state);
    expect(open).toContain(key(units.healthCentre, 2));
    expect(open).toContain(key(units.needsAssessment, 2));
    expect(open).not.toContain(key(units.needsAssessment, 1));
    expect(again.state.todos[key(units.healthCentre, 1)]?.state).toBe('completed');
    expect(again.state.steps['planned-discharge']).toBe('awaiting');
  });

  it('SVU-9: the admission notice is still to be acknowledged by who has not', () => {
    expect(openTodos(publishedCase().after(changeDate).state)).toContain(
      `acknowledge-admission-notice:${units.healthCentre}:1`,
    );
  });

  it('SVU-9: it is a day, and not before the day of admission', () => {
    publishedCase().when(change('2026-03-01')).thenRejected('discharge-before-admission', { field: 'date' });
    publishedCase().when(change('8 mars')).thenRejected('time-not-understood', { field: 'date' });
  });

  it('SVU-12: while ready stands it is changed by withdrawing that', () => {
    publishedCase().after(reportReady).when(change('2026-03-10')).thenRejected('ready-stands');
  });

  it('SVU-3: in a draft it is corrected, and nobody is told', () => {
    const { state } = opened().after(change('2026-03-08', ''));
    expect(state).toMatchObject({ expectedDischarge: '2026-03-08', notices: {}, todos: {} });
  });
});
