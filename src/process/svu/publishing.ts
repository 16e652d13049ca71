import { happened, stated } from '../case/event.js';
import type { Moment } from '../case/event.js';
import { admit, faultInText } from '../case/guards.js';
import { currentDecision, everyUnit, isRefused, unitsOf } from '../case/questions.js';
import { endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import { openRound } from './acknowledgement-rounds.js';
import { tellForgottenFacts } from './forgotten-facts.js';
import { sendMessage } from './general-message.js';
import { faultInShortStay, warningsOfPublishing } from './publishing-warnings.js';
import { admissionNotice, readyNotice } from './notice-contents.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { hospitalStep } from './guards.js';
import { sendNotice, tell } from './notices.js';
import { policyOfSvu } from './settings.js';
import { tellPlacing } from './tell-placing.js';
import { receivingSides } from './receiving-sides.js';

export type PublishingCommand = Command<
  'publish-admission-notice',
  {
    /** States or restates the reason, e.g. after a refusal made the hub forget it (CON-5). */
    readonly reason?: string;
    /** SVU-28: a short stay, at most 24 hours, with unchanged needs. */
    readonly shortStay?: boolean;
    /** Codes of `publishingWarnings` that the user has seen. */
    readonly confirmedWarnings?: readonly string[];
  }
>;

export type PublishingEvent = ProcessEvent<
  'AdmissionNoticePublished',
  {
    readonly minimum: boolean;
    readonly reason?: string;
    readonly shortStay?: true;
    /** Absent where there was nothing to confirm. */
    readonly confirmedWarnings?: readonly string[];
  }
>;

export const publishing: Subject<SvuState, PublishingCommand, PublishingEvent> = {
  decide: { 'publish-admission-notice': decidePublish },
  evolve: { AdmissionNoticePublished: evolvePublished },
};

/**
 * SVU-3, SVU-4: publishes the admission notice; under refusal the minimum, without a reason (CON-5). A case published
 * under refusal is published again, in full, when the patient has consented later.
 */
function decidePublish(command: PublishingCommand, state: SvuState): Decision<PublishingEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-publishes'));
  if (rejected !== undefined) return rejected;
  const minimum = isRefused(state);
  if (state.information === undefined) return reject('information-missing');
  if (currentDecision(state) === undefined) return reject('decision-missing');
  if (state.sharing === 'full' || (state.sharing === 'minimum' && minimum))
    return reject('already-published');
  const reason = stated(command.data.reason);
  const fault = minimum
    ? faultInText(state, reason, 'reason')
    : reason === undefined && state.reason === undefined
      ? reject('reason-required', { field: 'reason' })
      : undefined;
  if (fault !== undefined) return fault;
  const short = command.data.shortStay === true;
  const long = short ? faultInShortStay(state, command.at) : undefined;
  if (long !== undefined) return long;
  const warnings = warningsOfPublishing(state);
  const unconfirmed = warnings.find((code) => command.data.confirmedWarnings?.includes(code) !== true);
  if (unconfirmed !== undefined) return reject(unconfirmed, { field: 'confirmedWarnings' });
  return accept(
    happened(command, 'AdmissionNoticePublished', {
      minimum,
      ...(reason === undefined ? {} : { reason }),
      ...(short ? { shortStay: true } : {}),
      ...(warnings.length === 0 ? {} : { confirmedWarnings: warnings }),
    }),
  );
}

function evolvePublished(state: SvuState, event: PublishingEvent): SvuState {
  const { minimum, reason, shortStay } = event.data;
  const published: SvuState = {
    ...state,
    ...(reason === undefined || minimum ? {} : { reason }),
    ...(shortStay === undefined ? {} : { shortStay }),
    phase: 'published',
    publishedAt: state.publishedAt ?? event.at,
    sharing: minimum ? 'minimum' : 'full',
  };
  const done = endTodos(published, (todo) => todo.kind === 'publish-admission-notice', 'completed', event);
  const sent = sendAdmissionNotice(minimum ? done : tellUntold(done, event), event);
  // Ready that was reported before a refusal hid it is told and acknowledged again once all is shared again (SVU-13).
  return sent.ready === undefined || minimum ? sent : sendReady(sent, event);
}

/** What nobody was told while the case was a draft (ADR-9) or shared the minimum (CON-5). */
function tellUntold(state: SvuState, event: Moment): SvuState {
  return tellPlacing(tellForgottenFacts(tellWithdrawal(state, event), event), event);
}

/**
 * SVU-12: that ready was withdrawn, told by the policy's way to those who read the ready notice again. The day, and the
 * acknowledgement of it, is the admission notice's that follows.
 */
function tellWithdrawal(state: SvuState, event: Moment): SvuState {
  const { withdrawalUntold, ...rest } = state;
  if (withdrawalUntold === undefined) return state;
  const content = { expectedDischarge: state.expectedDischarge };
  return policyOfSvu(state).withdrawnReady === 'message-and-admission-notice'
    ? sendMessage(rest, 'ready-withdrawn', content, event)
    : tell(rest, 'ready-withdrawn', everyUnit(rest), content, event);
}

/** Sends the ready notice and asks each Ö and K unit to acknowledge it (SVU-13). */
export function sendReady(state: SvuState, event: Moment): SvuState {
  const { state: sent, key } = sendNotice(state, 'ready', everyUnit(state), readyNotice(state), event);
  return openRound(sent, 'ready', key, event);
}

/**
 * Sends the admission notice (again) and asks every receiving unit to acknowledge it (SVU-7).
 * @param more what this one says beside what stands in the case, e.g. why the day changed
 */
export function sendAdmissionNotice(
  state: SvuState,
  event: Moment,
  more: Readonly<Record<string, string | undefined>> = {},
): SvuState {
  const { state: sent, key } = sendNotice(
    state,
    'admission-notice',
    unitsOf(state, ...receivingSides),
    { ...admissionNotice(state), ...more },
    event,
  );
  return openRound(sent, 'admission-notice', key, event);
}
