import { todosEvolve, todosOfUnits } from '../case/acknowledging.js';
import type { TodoEvent } from '../case/acknowledging.js';
import { sharedLevel } from '../case/shared-level.js';
import type { CaseState } from '../case/state.js';
import { reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { TodoKinds } from '../todo/kind-of-todo.js';
import type { TodoRemarks, TodoUpdate } from '../vocabulary.js';
import type { CommandUnderCase } from './command-under-case.js';

export type TodoCommandUnderCase =
  | CommandUnderCase<'complete-todo', { readonly key: string } & TodoRemarks>
  | CommandUnderCase<'update-todo', { readonly key: string } & TodoUpdate>;

/** What units do with the to-dos of a stream under a case: as with those of the case itself, and the case decides who may. */
export function todosUnderCase(kinds: TodoKinds) {
  const { decide } = todosOfUnits<CaseState>({
    tables: { todos: kinds },
    sharesText: (of) => sharedLevel(of) === 'full',
  });
  return {
    decide(
      { of, ...command }: TodoCommandUnderCase,
      { todos }: Pick<CaseState, 'todos'>,
    ): Decision<TodoEvent> {
      // The notes of a to-do are the unit's alone, and a stream under a case has nothing that one unit alone reads.
      if ((command.data.notes ?? []).length > 0) return reject('todo-takes-no-notes', { field: 'notes' });
      const seen: CaseState = { ...of, todos };
      return command.type === 'complete-todo'
        ? decide['complete-todo'](command, seen)
        : decide['update-todo'](command, seen);
    },
    evolve: todosEvolve,
  };
}
