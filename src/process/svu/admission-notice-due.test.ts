import {
  districtNurse,
  journal,
  nurse,
  otherNurse,
  reader,
  register,
  units,
} from '../../../test/support/process/cast.js';
import {
  annul,
  fact,
  freeze,
  giveConsent,
  inform,
  now,
  opened,
  openTodos,
  publish,
  publishedCase,
  publishedUnderRefusal,
  step,
} from '../../../test/support/process/svu.js';
import { publishAdmissionNoticeKey } from './admission-notice-deadline.js';

const key = publishAdmissionNoticeKey;
const assessed = (needsAssessedAt: string, by = nurse) =>
  step('record-needs-assessment', { needsAssessedAt }, by);

describe('The admission notice that is due', () => {
  it('SVU-5: a draft gives its ward a to-do with the deadline 24 hours after admission', () => {
    const { state } = opened();
    expect(openTodos(state)).toEqual([key]);
    expect(state.todos[key]).toMatchObject({
      kind: 'publish-admission-notice',
      unit: units.ward,
      responsibility: 'write',
      openedAt: now,
      deadline: '2026-03-03T06:30:00.000Z',
      personal: true,
    });
  });

  it('SVU-5: a case opened when the time has passed is overdue from the start', () => {
    const { state } = opened('skane', { admittedAt: '2026-02-27T10:00:00.000Z' });
    expect(state.todos[key]).toMatchObject({ state: 'requested', deadline: '2026-02-28T10:00:00.000Z' });
  });

  it('SVU-5: publishing completes it, also under refusal, and publishing in full asks for nothing more', () => {
    for (const { state } of [publishedCase(), publishedUnderRefusal()]) {
      expect(state.todos[key]).toMatchObject({ state: 'completed', endedAt: now, endedBy: nurse });
    }
    const { state } = publishedUnderRefusal().after(
      giveConsent,
      step('publish-admission-notice', { reason: 'Höftfraktur' }),
    );
    expect(Object.values(state.todos).filter((todo) => todo.kind === key)).toHaveLength(1);
  });

  it('SVU-5: it is done by publishing, not by saying so', () => {
    opened().when(step('complete-todo', { key })).thenRejected('todo-ends-by-its-step');
  });

  it('SVU-6: annulling the draft cancels it', () => {
    expect(opened().after(annul).state.todos[key]).toMatchObject({ state: 'cancelled' });
  });

  it('PAT-6: a freeze interrupts it, and it comes back with its deadline', () => {
    const frozen = opened().after(freeze);
    expect(frozen.state.todos[key]?.state).toBe('cancelled');
    const { state } = frozen.after(step('unfreeze', {}, register));
    expect(state.todos[key]).toMatchObject({ state: 'requested', deadline: state.admissionNoticeDue });
  });

  it('SVU-25: it goes with the case to another ward', () => {
    const moved = opened().after(fact('change-ward', { ward: units.otherWard, known: true }));
    expect(moved.state.todos[key]).toMatchObject({ state: 'requested', unit: units.otherWard });
    const published = moved.after(
      { ...inform, by: otherNurse },
      { ...giveConsent, by: otherNurse },
      { ...publish, by: otherNurse },
    );
    expect(published.state.todos[key]).toMatchObject({ state: 'completed', endedBy: otherNurse });
  });
});

describe("The doctor's later assessment that needs exist", () => {
  it('SVU-5: moves the due time, and the deadline with it', () => {
    const { state } = opened().after(assessed('2026-03-02T07:30:00.000Z'));
    expect(state).toMatchObject({
      needsAssessedAt: '2026-03-02T07:30:00.000Z',
      admissionNoticeDue: '2026-03-03T07:30:00.000Z',
    });
    expect(state.todos[key]).toMatchObject({ openedAt: now, deadline: '2026-03-03T07:30:00.000Z' });
  });

  it('SVU-5: one before the admission moves nothing, and the last one recorded holds', () => {
    const earlier = opened().after(
      assessed('2026-03-02T07:30:00.000Z'),
      assessed('2026-03-01T12:00:00.000Z'),
    );
    expect(earlier.state.todos[key]?.deadline).toBe('2026-03-03T06:30:00.000Z');
  });

  it('SVU-5: said again, nothing happens; once published it is too late', () => {
    const said = opened().after(assessed('2026-03-02T07:30:00.000Z'));
    said.when(assessed('2026-03-02T07:30:00.000Z')).thenNothing();
    publishedCase().when(assessed('2026-03-02T07:30:00.000Z')).thenRejected('already-published');
  });

  it('SVU-5: is a moment that has been, recorded by the hospital', () => {
    const draft = opened();
    draft.when(assessed('igår')).thenRejected('time-not-understood', { field: 'needsAssessedAt' });
    draft.when(assessed('2026-03-02T20:00:00.000Z')).thenRejected('assessment-of-needs-in-the-future');
    draft.when(assessed(now, reader)).thenRejected('role-lacks-responsibility');
    draft.when(assessed(now, districtNurse)).thenRejected('draft-of-another-side');
    draft
      .when(step('record-needs-assessment', { needsAssessedAt: now }, journal))
      .thenRejected('user-required');
    draft.after(freeze).when(assessed(now)).thenRejected('case-frozen');
  });
});
