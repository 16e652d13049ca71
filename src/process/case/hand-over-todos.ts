import { notYetSeen } from '../todo/updating.js';
import type { HsaId } from '../vocabulary.js';
import type { SvuState } from '../svu/state.js';
import { isHospitalsOwn } from './todos.js';

/** The case is with another ward, and with it what the ward before had to do for the hospital (SVU-25, ADR-11). */
export function handOver(state: SvuState, ward: HsaId): SvuState {
  const todos = Object.fromEntries(
    Object.entries(state.todos).map(([key, todo]) => [
      key,
      todo.state === 'requested' && isHospitalsOwn(todo) && todo.unit === state.ward
        ? { ...notYetSeen(todo), unit: ward }
        : todo,
    ]),
  );
  return { ...state, ward, todos };
}
