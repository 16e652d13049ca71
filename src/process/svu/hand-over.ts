import { handOverTodos } from '../case/hand-over-todos.js';
import type { HsaId } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { svuTables } from './tables.js';

/** The case is with another ward, and with it what the ward before had to do for the hospital (SVU-25, ADR-11). */
export function handOver(state: SvuState, ward: HsaId): SvuState {
  return { ...handOverTodos(svuTables.todos, state, state.ward, ward), ward };
}
