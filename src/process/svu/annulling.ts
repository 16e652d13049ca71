import { accept, reject } from '../rejection.js';
import type { Decision } from '../rejection.js';
import { happened, stated } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from './events.js';
import { admit, hospitalStep } from './guards.js';
import { tell } from './notices.js';
import { everyUnit } from './questions.js';
import type { SvuState } from './state.js';
import { endTodos } from './todos.js';

/** SVU-6: in these phases a case can be annulled. After the discharge it has ended. */
export const mayBeAnnulled: readonly SvuState['phase'][] = ['draft', 'published'];

/** SVU-6: the hospital annuls the case while no working document has been begun; none of them exists yet. */
export function decideAnnul(command: CommandOf<'annul'>, state: SvuState): Decision<SvuEvent> {
  const { refusal } = admit(command, state, hospitalStep('only-hospital-annuls', mayBeAnnulled));
  if (refusal !== undefined) return refusal;
  const reason = stated(command.data.reason);
  if (reason === undefined) return reject('annulment-reason-required', { field: 'reason' });
  return accept(happened(command, 'CaseAnnulled', { reason }));
}

/** Receivers of a published case are told; the reason only where a decision lets it be shared (CON-5, CON-8). */
export function evolveAnnulled(state: SvuState, event: EventOf<'CaseAnnulled'>): SvuState {
  const answered = endTodos(state, ({ kind }) => kind === 'annul-case', 'completed', event);
  const annulled = endTodos({ ...answered, phase: 'annulled' as const }, () => true, 'cancelled', event);
  return state.phase === 'published'
    ? tell(annulled, 'annulled', everyUnit(state), { reason: event.data.reason }, event)
    : annulled;
}
