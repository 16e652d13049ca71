import { policyNames } from '../../../test/support/policies.js';
import { districtNurse, homeNurse, needsAssessor, nurse, units } from '../../../test/support/process/cast.js';
import type { PolicyName } from '../../../test/support/policies.js';
import { daysAfter } from '../time.js';
import { svu } from './svu.js';
import {
  now,
  openTodos,
  opened,
  publishedCase,
  publishedUnderRefusal,
  reportReady,
  step,
  today,
  withdrawReady,
} from '../../../test/support/process/svu.js';

const doctor = { doctor: 'SE2321000016-1009', doctorName: 'Lena Åberg' };
const found = { ...doctor, isHospitalDoctor: true };
const ready = (date: string, at = now) => step('report-ready', { date, ...found }, nurse, at);
const key = (unit: string, round = 1) => `acknowledge-ready:${unit}:${round}`;

describe('Ready', () => {
  it.each(policyNames)('SVU-10: under %s it has date and responsible doctor', (policy) => {
    const { state } = publishedCase(policy).after(reportReady);
    expect(state.ready).toMatchObject({ date: today, ...doctor });
    publishedCase(policy)
      .when(step('report-ready', { date: today, ...found, doctor: '' }))
      .thenRejected('doctor-required', { field: 'doctor' });
  });

  it.each<[PolicyName, string, 'taken' | 'refused']>([
    ['skane', '2026-03-03', 'taken'],
    ['norrbotten', '2026-03-03', 'taken'],
    ['vasterbotten', '2026-03-03', 'refused'],
    ['skane', '2026-03-02', 'taken'],
    ['norrbotten', '2026-03-02', 'taken'],
    ['vasterbotten', '2026-03-02', 'refused'],
    ['vasterbotten', '2026-03-04', 'taken'],
  ])('SVU-10: under %s a ready date of %s, sent on 4 March, is %s', (policy, date, verdict) => {
    const attempt = publishedCase(policy).when(ready(date, '2026-03-04T10:00:00.000Z'));
    if (verdict === 'taken') attempt.thenEvents({ type: 'ReadyReported', data: { date } });
    else attempt.thenRejected('ready-date-not-today', { field: 'date', values: { today: '2026-03-04' } });
  });

  // What each policy takes, from the admission on 2 March to years ahead, on 4 March.
  it.each<[PolicyName, first: string, last: string]>([
    ['skane', '2026-03-02', '2026-03-18'],
    ['norrbotten', '2026-03-02', '2026-03-04'],
    ['vasterbotten', '2026-03-04', '2026-03-04'],
  ])('SVU-10: %s takes a ready date from %s to %s', (policy, first, last) => {
    const taken: string[] = [];
    for (let ahead = -400; ahead < 4000; ahead += ahead > 40 ? 97 : 1) {
      const date = daysAfter('2026-03-04', ahead);
      const { rejection } = svu.decide(ready(date, '2026-03-04T10:00:00.000Z'), publishedCase(policy).state);
      if (rejection === undefined) taken.push(date);
    }
    expect([taken[0], taken.at(-1)]).toEqual([first, last]);
    const days = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;
    expect(taken).toHaveLength(days);
  });

  it.each(policyNames)(
    'SVU-43: under %s who is no doctor of the hospital is not the responsible doctor',
    (policy) => {
      publishedCase(policy)
        .when(step('report-ready', { date: today, ...found, isHospitalDoctor: false }))
        .thenRejected('not-a-hospital-doctor', { field: 'doctor' });
    },
  );

  it.each([
    ['winter', '2026-03-04T23:30:00.000Z', '2026-03-05'],
    ['summer', '2026-07-01T22:30:00.000Z', '2026-07-02'],
    ['the night the clock goes forward', '2026-03-28T23:30:00.000Z', '2026-03-29'],
    ['the night the clock goes back', '2026-10-25T22:30:00.000Z', '2026-10-25'],
  ])('SVU-10: today is the day in Stockholm: %s', (_when, at, date) => {
    publishedCase('vasterbotten').when(ready(date, at)).thenEvents({ type: 'ReadyReported', data: { date } });
  });

  it('SVU-10: not before the day of admission', () => {
    publishedCase().when(ready('2026-03-01')).thenRejected('ready-before-admission');
  });

  it.each([districtNurse, needsAssessor])('SVU-10: reported by the hospital only', (by) => {
    publishedCase()
      .when(step('report-ready', { date: today, ...found }, by))
      .thenRejected('only-hospital-reports-ready');
  });

  it('SVU-10: a step out of order is refused: a draft is not ready', () => {
    opened().when(reportReady).thenRejected('not-published');
  });

  it('SVU-13: each Ö and K unit acknowledges it', () => {
    const reported = publishedCase().after(reportReady);
    expect(openTodos(reported.state).filter((each) => each.startsWith('acknowledge-ready'))).toEqual(
      [key(units.healthCentre), key(units.homeNursing), key(units.needsAssessment)].toSorted(),
    );
    expect(reported.state.steps.ready).toBe('awaiting');
    const done = reported.after(
      ...[districtNurse, homeNurse, needsAssessor].map((by) =>
        step('complete-todo', { key: key(by.unit) }, by),
      ),
    );
    expect(done.state.steps.ready).toBe('done');
  });

  it('SVU-13: a unit that joins later acknowledges it too; a school does not', () => {
    const join = (unit: string, side: 'municipality' | 'other') =>
      step('add-participant', { unit, unitName: unit, side, organisation: '212000-0001' });
    const { state } = publishedCase().after(
      reportReady,
      join('SE2120000001-K399', 'municipality'),
      join(units.school, 'other'),
    );
    expect(openTodos(state)).toContain(key('SE2120000001-K399'));
    expect(openTodos(state)).not.toContain(key(units.school));
  });

  it('SVU-12: reported again with another date it is changed and acknowledged anew', () => {
    const changed = publishedCase().after(ready('2026-03-03'), ready('2026-03-04'));
    expect(changed.state.ready?.date).toBe('2026-03-04');
    expect(openTodos(changed.state)).toContain(key(units.healthCentre, 2));
    expect(openTodos(changed.state)).not.toContain(key(units.healthCentre, 1));
    changed.when(ready('2026-03-04')).thenNothing();
  });

  it.each(policyNames)('SVU-12: under %s the hospital withdraws it and sets a new day', (policy) => {
    const { state } = publishedCase(policy).after(reportReady, withdrawReady);
    expect(state.ready).toBeUndefined();
    expect(state.expectedDischarge).toBe('2026-03-09');
    expect(state.steps.ready).toBe('not-begun');
    expect(openTodos(state).filter((each) => each.startsWith('acknowledge-ready'))).toEqual([]);
  });

  it.each<PolicyName>(['skane', 'norrbotten'])(
    'SVU-12: under %s the units acknowledge the new day',
    (policy) => {
      const { state } = publishedCase(policy).after(reportReady, withdrawReady);
      expect(openTodos(state)).toContain(`acknowledge-planned-discharge:${units.healthCentre}:1`);
      expect(state.steps['planned-discharge']).toBe('awaiting');
      expect(state.notices['ready-withdrawn:1']?.content).toEqual({
        expectedDischarge: '2026-03-09',
        reason: 'Feber i natt',
      });
    },
  );

  it('SVU-12: under vasterbotten they get a general message, and the admission notice again', () => {
    const { state } = publishedCase('vasterbotten').after(reportReady, withdrawReady);
    expect(state.notices['ready-withdrawn:1']?.content['presentedAs']).toBe('general-message');
    expect(state.notices['admission-notice:2']?.content['expectedDischarge']).toBe('2026-03-09');
    const open = openTodos(state);
    expect(open).toContain(`acknowledge-admission-notice:${units.healthCentre}:2`);
    expect(open.filter((each) => each.startsWith('acknowledge-planned-discharge'))).toEqual([]);
  });

  it('SVU-12: what was never reported is not withdrawn; a receiver withdraws nothing', () => {
    publishedCase().when(withdrawReady).thenRejected('not-ready');
    publishedCase()
      .after(reportReady)
      .when(step('withdraw-ready', { expectedDischarge: '2026-03-09' }, districtNurse))
      .thenRejected('only-hospital-withdraws-ready');
  });

  it.each(policyNames)('SVU-33: under %s and a refusal ready is not published', (policy) => {
    publishedUnderRefusal(policy).when(reportReady).thenRejected('ready-under-refusal');
  });
});
