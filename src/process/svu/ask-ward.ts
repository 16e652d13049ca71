import { svuTables } from './tables.js';
import { askLeader } from '../case/ask-leader.js';
import type { Moment } from '../case/event.js';
import type { SvuState, SvuTodoKind } from './state.js';

/** Gives the ward a to-do; one of the same kind that is still open gets the news instead. */
export function askWard(
  state: SvuState,
  kind: SvuTodoKind,
  input: Readonly<Record<string, string>>,
  event: Moment,
): SvuState {
  return askLeader(svuTables.todos, state, state.ward, kind, input, event);
}
