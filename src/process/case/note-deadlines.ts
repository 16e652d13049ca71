import { decideNoteDeadlines, evolveDeadlineTold } from '../deadlines/telling.js';
import type { DeadlineEvent, NoteDeadlines } from '../deadlines/telling.js';
import type { Subject } from '../subject.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';

/** What the clock does to a case of any kind: its to-dos become due and overdue. What a freeze interrupted does not (PAT-6). */
export function deadlines<State extends CaseState>({
  tables,
}: RulesOfKind<State>): Subject<State, NoteDeadlines, DeadlineEvent> {
  const told = (state: State, event: DeadlineEvent): State => ({
    ...state,
    todos: evolveDeadlineTold(state.todos, event),
  });
  return {
    decide: { 'note-deadlines': (command, { todos }) => decideNoteDeadlines(tables.todos, command, todos) },
    evolve: { TodoDue: told, TodoOverdue: told },
  };
}
