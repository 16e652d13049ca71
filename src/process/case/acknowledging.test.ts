import {
  districtNurse,
  homeNurse,
  journal,
  municipalReader,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  secondNeedsAssessor,
  units,
} from '../../../test/support/process/cast.js';
import type { Actor, UserActor } from '../vocabulary.js';
import {
  annul,
  changeDate,
  discharge,
  dischargedCase,
  publishedCase,
  step,
} from '../../../test/support/process/svu.js';

const key = (unit: string, round = 1) => `acknowledge-admission-notice:${unit}:${round}`;
const acknowledge = (by: Actor, of: string) => step('complete-todo', { key: of }, by);
const own = (by: UserActor) => acknowledge(by, key(by.unit));

describe('Acknowledging', () => {
  it('SVU-7: each receiving unit acknowledges the admission notice', () => {
    const none = publishedCase();
    expect(none.state.steps['admission-notice']).toBe('awaiting');
    const some = none.after(own(districtNurse), own(needsAssessor));
    expect(some.state.steps['admission-notice']).toBe('partly');
    const all = some.after(own(homeNurse));
    expect(all.state.steps['admission-notice']).toBe('done');
    expect(all.state.todos[key(units.homeNursing)]).toMatchObject({ endedBy: homeNurse, state: 'completed' });
  });

  it('ORG-4: one role with the responsibility is enough for its unit', () => {
    const done = publishedCase().after(own(secondNeedsAssessor));
    expect(done.state.todos[key(units.needsAssessment)]?.state).toBe('completed');
    done.when(own(needsAssessor)).thenNothing();
  });

  it('ORG-2: a role without the responsibility cannot', () => {
    publishedCase()
      .when(own(municipalReader))
      .thenRejected('role-lacks-responsibility', { values: { responsibility: 'acknowledge' } });
  });

  it("ORG-5: one unit's act never counts for another's, not even within one municipality", () => {
    publishedCase()
      .when(acknowledge(homeNurse, key(units.needsAssessment)))
      .thenRejected('todo-of-another-unit');
    const one = publishedCase().after(own(homeNurse));
    expect(one.state.todos[key(units.needsAssessment)]?.state).toBe('requested');
  });

  it('ORG-5: the hospital does not acknowledge for a receiver', () => {
    publishedCase()
      .when(acknowledge(nurse, key(units.healthCentre)))
      .thenRejected('todo-of-another-unit');
  });

  it('ORG-1: a system has no role and acknowledges nothing', () => {
    publishedCase()
      .when(acknowledge(journal, key(units.healthCentre)))
      .thenRejected('user-required');
  });

  it('ACC-1: a unit that does not take part acknowledges nothing', () => {
    publishedCase()
      .when(acknowledge(otherDistrictNurse, key(units.healthCentre)))
      .thenRejected('not-participating');
  });

  it('a to-do that does not exist is refused, also by a name that every object has', () => {
    for (const unknown of ['nothing', 'constructor', '__proto__']) {
      publishedCase().when(acknowledge(nurse, unknown)).thenRejected('no-such-todo');
    }
  });

  it('ORG-12: acknowledging what is no longer asked is refused', () => {
    const moved = publishedCase().after(changeDate, changeDateAgain);
    moved
      .when(acknowledge(districtNurse, `acknowledge-planned-discharge:${units.healthCentre}:1`))
      .thenRejected('todo-ended');
  });

  it('SVU-23: after discharge nothing is acknowledged any more; what was, stays', () => {
    dischargedCase().when(own(districtNurse)).thenRejected('case-locked');
    publishedCase().after(own(districtNurse), discharge).when(own(districtNurse)).thenNothing();
  });

  it('SVU-6: nothing is acknowledged in an annulled case', () => {
    publishedCase().after(annul).when(own(districtNurse)).thenRejected('case-annulled');
  });
});

const changeDateAgain = step('change-planned-discharge', { date: '2026-03-10', reason: 'Ny bedömning' });
