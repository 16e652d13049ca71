import { kindOf } from '../../process/todo/kind-of-todo.js';
import type { Todo } from '../../process/vocabulary.js';
import { taskId } from '../identity.js';
import type { Grant } from '../projection.js';
import type { CaseView } from './case-view.js';
import { rightOf } from './right.js';

/**
 * PAT-6: the to-do that says which stay it is, as the ward's journal calls it: others of the hospital who look that up there would learn
 * who is protected, so the ward alone reads it.
 */
export const isUnitsOwn = ({ tables }: CaseView, todo: Todo): boolean =>
  todo.input !== undefined && kindOf(tables.todos, todo).unitsAloneWithInput === true;

/** The grants on the to-dos that are a unit's own. */
export function ownTaskGrants(of: CaseView): Grant[] {
  const { id, state } = of;
  return Object.values(state.todos)
    .filter((todo) => isUnitsOwn(of, todo))
    .flatMap(({ key, unit }) => {
      const participant = state.participants[unit];
      // It tells the unit what the unit itself has to do, whether or not it sees the content of the case.
      const right = participant && rightOf(state, { ...participant, seesContent: true });
      return right === undefined ? [] : [{ scope: taskId(id, key), unit, ...right }];
    });
}
