import { happened } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import type { NpoDecision, RecordedNpoDecision } from '../case/npo-decision.js';
import { isRefused } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import { hospitalStep } from './guards.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';

export type NpoCommand = Command<'record-npo-decision', NpoDecision>;

export type NpoEvent = ProcessEvent<'NpoDecisionRecorded', NpoDecision>;

export const npo: Subject<SvuState, NpoCommand, NpoEvent> = {
  decide: { 'record-npo-decision': decideRecord },
  evolve: { NpoDecisionRecorded: evolveRecorded },
};

/**
 * CON-9: the hospital records what the patient says of NPÖ, where the policy asks for it. Said again otherwise, it is changed. It opens and
 * stops nothing (CON-16); under a refusal nothing is stored for sharing (CON-5).
 */
function decideRecord(command: NpoCommand, state: SvuState): Decision<NpoEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-records-npo-decision'));
  if (rejected !== undefined) return rejected;
  if (!policyOfSvu(state).npoDecision) return reject('npo-decision-not-here');
  const undecided = state.phase === 'published' ? withoutDecision(state) : undefined;
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum');
  if (state.sharing === 'minimum') return reject('publish-in-full-first');
  const { agrees, form, givenBy } = command.data;
  const { npoDecision: known } = state;
  if (known?.agrees === agrees && known.form === form && known.givenBy === givenBy) return accept();
  return accept(happened(command, 'NpoDecisionRecorded', { agrees, form, givenBy }));
}

function evolveRecorded(state: SvuState, { data, at, by }: NpoEvent): SvuState {
  return { ...state, npoDecision: { ...data, at, by } };
}

/** CON-16: the decision as far as the case shares it: in full or not at all. Whose it is to read, the view knows. */
export function sharedNpoDecision(state: SvuState): RecordedNpoDecision | undefined {
  return sharedContent(state).level === 'full' ? state.npoDecision : undefined;
}
