import type { Moment } from '../case/event.js';
import { currentDecision, isRefused } from '../case/questions.js';
import type { HsaId } from '../vocabulary.js';
import { acknowledgementKey, acknowledgers, openAcknowledgement } from './acknowledgement-rounds.js';
import { admissionNotice, readyNotice } from './notice-contents.js';
import type { AcknowledgedStep, SvuState } from './state.js';
import { sendNotice } from './notices.js';
import { policyOfSvu } from './settings.js';

/**
 * A unit that joins late gets the admission notice as it reads now, and ready where it stands, and acknowledges them (SVU-7,
 * SVU-13): the notices sent before it joined were not to it, and may say a day that no longer holds.
 */
export function openLateAcknowledgements(state: SvuState, unit: HsaId, event: Moment): SvuState {
  if (state.phase !== 'published' || currentDecision(state) === undefined) return state;
  const told = ask(state, 'admission-notice', unit, event);
  const hidden = isRefused(state) && !policyOfSvu(state).readyUnderRefusal;
  return state.ready === undefined || hidden ? told : ask(told, 'ready', unit, event);
}

function ask(
  state: SvuState,
  step: Extract<AcknowledgedStep, 'admission-notice' | 'ready'>,
  unit: HsaId,
  event: Moment,
): SvuState {
  if (!acknowledgers(state, step).includes(unit)) return state;
  const asked = state.todos[acknowledgementKey(step, unit, state.rounds[step])];
  // Open or done; what was cancelled, as when the unit left and came back, is asked again.
  if (asked !== undefined && asked.state !== 'cancelled') return state;
  const content = step === 'ready' ? readyNotice(state) : admissionNotice(state);
  const { state: sent, key } = sendNotice(state, step, [unit], content, event);
  return openAcknowledgement(sent, step, unit, key, event.at);
}
