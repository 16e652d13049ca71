import { nurse } from '../../../test/support/process/cast.js';
import {
  dischargedCase,
  fact,
  freeze,
  openTodos,
  otherCase,
  personId,
  publishedCase,
  step,
} from '../../../test/support/process/svu.js';

const replace = fact('replace-person', { personId: otherCase, replaced: personId });
const double = fact('question-identity', { cause: 'double-case' });
const unconfirmed = fact('question-identity', { cause: 'not-confirmed' });
const settle = fact('settle-identity', {});
const wards = (state: Parameters<typeof openTodos>[0]) => openTodos(state, state.ward);

describe('PAT-12: whose case it is', () => {
  it('PAT-12: becomes the survivor, and nothing else of the case changes', () => {
    const before = publishedCase();
    const { state } = before.after(replace);
    expect(state).toEqual({ ...before.state, personId: otherCase, formerPersons: [personId] });
    before.after(replace).when(replace).thenNothing();
  });

  it('PAT-12: also of a case that is over or frozen', () => {
    expect(dischargedCase().after(replace).state.personId).toBe(otherCase);
    expect(publishedCase().after(freeze, replace).state).toMatchObject({ personId: otherCase, frozen: true });
  });

  it('SVU-2: a second open case is a to-do of the ward, once, until the persons are one', () => {
    const asked = publishedCase().after(double);
    expect(wards(asked.state)).toEqual(['review-double-case:1']);
    asked.when(double).thenNothing();
    expect(wards(asked.after(settle).state)).toEqual([]);
    expect(wards(asked.after(replace).state)).toEqual([]);
    publishedCase().when(settle).thenNothing();
  });

  it('PAT-13: a merge that the register does not confirm is a to-do of the ward, which says when it has checked', () => {
    const asked = publishedCase().after(unconfirmed);
    expect(wards(asked.state)).toEqual(['check-identity:1']);
    const done = asked.after(step('complete-todo', { key: 'check-identity:1' }));
    done.when(unconfirmed).thenNothing();
  });

  it('PAT-6: a frozen case is asked nothing, and only systems ask', () => {
    publishedCase().after(freeze).when(double).thenNothing();
    for (const command of [replace, double, settle]) {
      publishedCase()
        .when({ ...command, by: nurse })
        .thenRejected('fact-from-a-user');
    }
  });
});
