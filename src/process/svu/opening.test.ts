import {
  districtNurse,
  journal,
  needsAssessor,
  nurse,
  reader,
  units,
} from '../../../test/support/process/cast.js';
import { given } from '../../../test/support/process/given.js';
import {
  now,
  opened,
  opening,
  openTodos,
  otherCase,
  publishedCase,
  step,
} from '../../../test/support/process/svu.js';
import { svu } from './svu.js';

const open = (more: object = {}) => step('open', { ...opening, ...more });

describe('Opening an SVU', () => {
  it('SVU-1: a hospital unit opens it', () => {
    given(svu)
      .when(open())
      .thenEvents(
        { type: 'CaseOpened', data: { ward: units.ward, organisation: nurse.organisation } },
        { type: 'ParticipantAdded', data: { unit: units.ward, side: 'hospital', ground: 'opened' } },
        { type: 'ParticipantAdded', data: { unit: units.healthCentre, side: 'outpatient' } },
        { type: 'ParticipantAdded', data: { unit: units.needsAssessment, side: 'municipality' } },
        { type: 'ParticipantAdded', data: { unit: units.homeNursing, side: 'municipality' } },
      );
  });

  it.each([
    ['outpatient care', districtNurse],
    ['the municipality', needsAssessor],
  ])('SVU-1: %s cannot open it', (_who, by) => {
    given(svu)
      .when(step('open', opening, by))
      .thenRejected('not-a-hospital-unit');
  });

  it('SVU-1: a system cannot open it', () => {
    given(svu)
      .when(step('open', opening, journal))
      .thenRejected('user-required');
  });

  it('ORG-2: a role that only reads cannot open it', () => {
    given(svu)
      .when(step('open', opening, reader))
      .thenRejected('role-lacks-responsibility', { values: { responsibility: 'write' } });
  });

  it('SVU-2: a second open SVU is refused and points to the first', () => {
    given(svu)
      .when(open({ openSvu: otherCase }))
      .thenRejected('svu-already-open', { values: { case: otherCase } });
  });

  it('SVU-2: a case is opened once', () => {
    opened().when(open()).thenRejected('case-already-opened');
  });

  it('SVU-3: it begins as a draft, of which no receiver has anything to do', () => {
    const { state } = opened();
    expect(state.phase).toBe('draft');
    expect(openTodos(state)).toEqual(['publish-admission-notice']);
    expect(state.notices).toEqual({});
    expect(state.steps['admission-notice']).toBe('not-begun');
  });

  it.each([
    ['an admission in the future', { admittedAt: '2026-03-02T08:06:00.000Z' }, 'admission-in-the-future'],
    [
      'an expected discharge before the admission',
      { expectedDischarge: '2026-03-01' },
      'discharge-before-admission',
    ],
    ['a time without its zone', { admittedAt: '2026-03-02T06:30:00' }, 'time-not-understood'],
    ['a day that does not exist', { expectedDischarge: '2026-02-30' }, 'time-not-understood'],
  ] as const)('SVU-3: %s is refused', (_what, more, code) => {
    given(svu).when(open(more)).thenRejected(code);
  });

  it('SVU-3: the day of admission is the day in Stockholm, not in UTC', () => {
    const lateInTheEvening = { admittedAt: '2026-03-01T23:30:00.000Z' };
    given(svu)
      .when(open({ ...lateInTheEvening, expectedDischarge: '2026-03-01' }))
      .thenRejected('discharge-before-admission');
    const { state } = opened('skane', { ...lateInTheEvening, expectedDischarge: '2026-03-02' });
    expect(state.expectedDischarge).toBe('2026-03-02');
  });

  it('SVU-3: a draft may wait for its reason', () => {
    expect(opened('skane', { reason: '  ' }).state.reason).toBeUndefined();
  });

  it('SVU-5: the admission notice is due 24 hours after the admission', () => {
    expect(opened().state.admissionNoticeDue).toBe('2026-03-03T06:30:00.000Z');
  });

  it("SVU-5: or 24 hours after the doctor's later assessment, whose time is recorded", () => {
    const { state } = opened('skane', {
      admittedAt: '2026-02-26T10:00:00.000Z',
      needsAssessedAt: '2026-03-02T07:15:00.000Z',
    });
    expect(state.needsAssessedAt).toBe('2026-03-02T07:15:00.000Z');
    expect(state.admissionNoticeDue).toBe('2026-03-03T07:15:00.000Z');
  });

  it('SVU-5: an assessment before the admission does not move it', () => {
    const { state } = opened('skane', { needsAssessedAt: '2026-03-01T07:15:00.000Z' });
    expect(state.admissionNoticeDue).toBe('2026-03-03T06:30:00.000Z');
  });

  it('SVU-5: an assessment in the future is refused', () => {
    given(svu)
      .when(open({ needsAssessedAt: '2026-03-02T09:00:00.000Z' }))
      .thenRejected('assessment-of-needs-in-the-future');
  });

  it('SVU-5: 24 hours are hours also where the clock is changed', () => {
    const { state } = opened('skane', {
      admittedAt: '2025-10-25T12:00:00.000Z',
      expectedDischarge: '2025-10-30',
    });
    expect(state.admissionNoticeDue).toBe('2025-10-26T12:00:00.000Z');
  });

  it('CON-14: a new case has no decision, whatever an earlier one had', () => {
    expect(publishedCase().state.decisions).toHaveLength(1);
    const next = opened('skane', { admittedAt: now, expectedDischarge: '2026-03-20' });
    expect(next.state.decisions).toEqual([]);
    next
      .after(step('record-patient-information', { informed: true, oral: true, written: true }))
      .when(step('publish-admission-notice', {}))
      .thenRejected('decision-missing');
  });
});
