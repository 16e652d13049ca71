import { districtNurse, nurse, otherDistrictNurse, units } from '../../../test/support/process/cast.js';
import {
  annul,
  changeDate,
  discharge,
  dischargedCase,
  fact,
  freeze,
  giveConsent,
  inform,
  opened,
  openTodos,
  publish,
  publishedCase,
  refuse,
  reportReady,
  step,
  undo,
  withdrawConsent,
  withdrawReady,
  type Case,
} from '../../../test/support/process/svu.js';
import { sharedContent } from '../svu/shared-content.js';

const unfreeze = fact('unfreeze', {});
const telephone = (unit: string) => `continue-by-telephone:${unit}`;

describe('A case whose person becomes protected', () => {
  it.each(['protected-identity', 'protection-unknown'] as const)('PAT-6: is frozen at once (%s)', (cause) => {
    const { state } = publishedCase().after(fact('freeze', { cause }));
    expect(state).toMatchObject({ frozen: true, phase: 'published' });
  });

  it('PAT-6: each participating unit is told to go on by telephone, without personal data', () => {
    const { state } = publishedCase().after(changeDate, reportReady, freeze);
    expect(openTodos(state)).toEqual(
      [units.ward, units.healthCentre, units.needsAssessment, units.homeNursing].map(telephone).toSorted(),
    );
    for (const todo of Object.values(state.todos).filter((each) => each.state === 'requested')) {
      expect(todo).toMatchObject({ personal: false, kind: 'continue-by-telephone' });
      expect(todo.input).toBeUndefined();
    }
  });

  it('PAT-6: the ward, and nobody else, is told what its journal calls the stay', () => {
    const { todos } = publishedCase().after(
      fact('freeze', { cause: 'protected-identity', visit: 'V-17' }),
    ).state;
    expect(todos[telephone(units.ward)]?.input).toEqual({ visit: 'V-17' });
    for (const unit of [units.healthCentre, units.needsAssessment, units.homeNursing])
      expect(todos[telephone(unit)]?.input).toBeUndefined();
  });

  it('PAT-6: no notice is sent', () => {
    const before = publishedCase();
    expect(before.after(freeze).state.notices).toEqual(before.state.notices);
  });

  it('PAT-6: nothing of its content is shown', () => {
    const shared = sharedContent(publishedCase().after(reportReady, freeze).state);
    expect(shared).toMatchObject({ level: 'none', notices: {}, contacts: {}, decisions: [] });
    for (const field of ['reason', 'admittedAt', 'ward', 'expectedDischarge', 'ready'] as const) {
      expect(shared[field]).toBeUndefined();
    }
  });

  it.each([
    inform,
    giveConsent,
    refuse,
    withdrawConsent,
    publish,
    changeDate,
    reportReady,
    withdrawReady,
    discharge,
    annul,
    step('add-participant', { unit: 'x', unitName: 'x', side: 'outpatient', organisation: 'x' }),
    step('remove-participant', { unit: units.homeNursing, confirmed: true }),
    step('complete-todo', { key: `acknowledge-admission-notice:${units.healthCentre}:1` }, districtNurse),
    step(
      'name-contact',
      { contact: 'SE2321000016-2001', contactName: 'Ulla Ek', isOfOutpatientCare: true, callsToSip: true },
      districtNurse,
    ),
  ])('PAT-6: takes no new data: $type', (command) => {
    publishedCase().after(freeze).when(command).thenRejected('case-frozen');
  });

  it('ACC-1: who does not take part is not told that it is frozen', () => {
    publishedCase()
      .after(freeze)
      .when(step('annul', { reason: 'x' }, otherDistrictNurse))
      .thenRejected('not-participating');
  });

  it('PAT-6: a unit acknowledges that it goes on by telephone', () => {
    const { state } = publishedCase().after(
      freeze,
      step('complete-todo', { key: telephone(units.healthCentre) }, districtNurse),
    );
    expect(state.todos[telephone(units.healthCentre)]?.state).toBe('completed');
  });

  it('PAT-6, ACC-2: of a draft only the hospital side is told', () => {
    expect(openTodos(opened().after(freeze).state)).toEqual([telephone(units.ward)]);
  });

  it('PAT-6: what was done stays: who, when, what', () => {
    const { state } = publishedCase().after(
      step('complete-todo', { key: `acknowledge-admission-notice:${units.healthCentre}:1` }, districtNurse),
      freeze,
    );
    expect(state.todos[`acknowledge-admission-notice:${units.healthCentre}:1`]).toMatchObject({
      state: 'completed',
      endedBy: districtNurse,
    });
    expect(state.information?.by).toEqual(nurse);
  });

  it('PAT-6: told twice it is frozen once', () => {
    publishedCase().after(freeze).when(freeze).thenNothing();
  });

  it('PAT-6: a case that is over is sealed too, and nobody has to telephone', () => {
    const { state } = dischargedCase().after(freeze);
    expect(sharedContent(state).level).toBe('none');
    expect(openTodos(state)).toEqual([]);
  });

  it('PAT-6: when the register clearly says that the person is not protected, it goes on where it stopped', () => {
    const before = publishedCase().after(changeDate);
    const after = before.after(freeze, unfreeze);
    expect(after.state.frozen).toBe(false);
    expect(openTodos(after.state)).toEqual(openTodos(before.state));
    const { notices, ...shared } = sharedContent(after.state);
    const { 'unfrozen:1': told, ...earlier } = notices;
    expect({ ...shared, notices: earlier }).toEqual(sharedContent(before.state));
    expect(told?.recipients).toEqual(Object.keys(before.state.participants).toSorted());
    after.when(unfreeze).thenNothing();
  });

  it('PAT-6: where journals tell of it, its ward is asked where the patient is, for nothing was kept meanwhile', () => {
    const missed = fact('unfreeze', { hearsOfStays: true });
    const asked = (course: Case) => {
      const before = openTodos(course.state);
      return openTodos(course.after(freeze, missed).state).filter((key) => !before.includes(key));
    };
    for (const course of [opened(), publishedCase(), publishedCase().after(refuse)])
      expect(asked(course)).toEqual(['review-missed-stay:1']);
    for (const course of [dischargedCase(), publishedCase().after(annul)]) expect(asked(course)).toEqual([]);
    const open = publishedCase().after(freeze, missed);
    expect(open.state.todos['review-missed-stay:1']?.unit).toBe(units.ward);
    expect(asked(open)).toEqual([]);
    const done = open.after(step('complete-todo', { key: 'review-missed-stay:1' }));
    expect(asked(done)).toEqual(['review-missed-stay:2']);
  });

  it('PAT-6, ACC-2: those who were told to go on by telephone are told when they may go on here, of a draft the hospital alone', () => {
    expect(opened().after(freeze, unfreeze).state.notices['unfrozen:1']?.recipients).toEqual([units.ward]);
    expect(dischargedCase().after(freeze, unfreeze).state.notices['unfrozen:1']).toBeUndefined();
  });

  it('PAT-6: a discharged case that was frozen keeps what its undoing brings back', () => {
    const before = publishedCase();
    const after = before.after(discharge, freeze, unfreeze, undo);
    expect(openTodos(after.state)).toEqual(openTodos(before.state));
  });
});
