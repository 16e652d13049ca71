import { harmAnswers } from '../policy/policy.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { withoutRemarks } from '../todo/updating.js';
import type { Todo, UserActor } from '../vocabulary.js';
import { happened, stated } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { DecisionData, SvuEvent } from '../svu/events.js';
import { admit, hospitalStep, withoutDecision } from './guards.js';
import { minimumOf } from './notices.js';
import { currentDecision, everyUnit, isRefused, policyOfCase } from './questions.js';
import { hideListing } from './relisting.js';
import type { RegisteredDecision, SvuState } from '../svu/state.js';
import { openLateAcknowledgements } from '../svu/late-joining.js';
import { closeRound, endTodos } from './todos.js';

/** CON-1: informed orally and in writing is a yes; anything less is a no with its reason. */
export function decideRecordInformation(
  command: CommandOf<'record-patient-information'>,
  state: SvuState,
): Decision<SvuEvent> {
  const { refusal } = admit(command, state, hospitalStep('only-hospital-records-information'));
  if (refusal !== undefined) return refusal;
  // Before publication it is recorded first and the decision after; once published, receivers read it.
  const undecided = state.publishedAt === undefined ? undefined : withoutDecision(state);
  if (undecided !== undefined) return undecided;
  const { informed, oral, written } = command.data;
  const reason = stated(command.data.reason);
  if (informed && !(oral && written)) return reject('information-not-both-ways', { field: 'informed' });
  if (!informed && reason === undefined) return reject('information-reason-required', { field: 'reason' });
  const before = state.information;
  const same =
    before?.informed === informed &&
    before.oral === oral &&
    before.written === written &&
    before.reason === reason;
  if (same) return accept();
  return accept(
    happened(command, 'PatientInformationRecorded', {
      informed,
      oral,
      written,
      ...(reason === undefined ? {} : { reason }),
    }),
  );
}

export function evolveInformationRecorded(
  state: SvuState,
  event: EventOf<'PatientInformationRecorded'>,
): SvuState {
  return { ...state, information: { ...event.data, at: event.at, by: event.by } };
}

/** CON-2: a decision is registered; the one that stood before it ends in the same moment. */
export function decideRegisterDecision(
  command: CommandOf<'register-decision'>,
  state: SvuState,
): Decision<SvuEvent> {
  const admission = admit(command, state, hospitalStep('only-hospital-registers-decision'));
  if (admission.refusal !== undefined) return admission.refusal;
  const { decisionId, ...data } = command.data;
  const known = state.decisions.find((each) => each.id === decisionId);
  if (known !== undefined) {
    return isSame(known.data, data) ? accept() : reject('decision-id-taken', { field: 'decisionId' });
  }
  const fault = faultIn(data, admission.user, state);
  return fault ?? accept(happened(command, 'DecisionRegistered', command.data));
}

function faultIn(data: DecisionData, user: UserActor, state: SvuState): Decision<never> | undefined {
  if (data.kind === 'secrecy-breaking-rule') {
    return policyOfCase(state).secrecyBreakingRule
      ? undefined
      : reject('secrecy-breaking-rule-not-in-policy', { field: 'kind' });
  }
  return data.kind === 'harm-assessment' ? faultInHarmAssessment(data, user, state) : undefined;
}

/** CON-3, CON-4, CON-6, CON-13: who may make a harm assessment, what it must say, and what it cannot override. */
function faultInHarmAssessment(
  data: Extract<DecisionData, { kind: 'harm-assessment' }>,
  user: UserActor,
  state: SvuState,
): Decision<never> | undefined {
  if (isRefused(state)) return reject('harm-assessment-over-refusal', { field: 'kind' });
  if (!user.licensed) return reject('registrar-not-licensed');
  if ([data.assessor, data.assessorName, data.assessorTitle].some((each) => stated(each) === undefined)) {
    return reject('assessor-not-named', { field: 'assessor' });
  }
  if (!data.assessorLicensed) return reject('assessor-not-licensed', { field: 'assessor' });
  if (stated(data.reasonConsentUnavailable) === undefined) {
    return reject('reason-consent-unavailable-required', { field: 'reasonConsentUnavailable' });
  }
  const { harmQuestions } = policyOfCase(state);
  for (const question of ['mayHarm', 'necessary'] as const) {
    const answer = data[question];
    if (answer === undefined && harmQuestions.includes(question))
      return reject('harm-questions-unanswered', { field: question });
    if (answer !== undefined && answer !== harmAnswers[question])
      return reject('harm-assessment-not-passed', { field: question });
  }
  return undefined;
}

function isSame(one: DecisionData, other: DecisionData): boolean {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  const value = (of: DecisionData, field: string): unknown =>
    Object.entries(of).find(([name]) => name === field)?.[1];
  return [...fields].every((field) => value(one, field) === value(other, field));
}

/**
 * The new decision stands alone (CON-2), with who registered it and when (CON-12). Under refusal the case forgets what it
 * may not share (CON-5). Units that joined while no decision stood now see what it allows (CON-8).
 */
export function evolveDecisionRegistered(state: SvuState, event: EventOf<'DecisionRegistered'>): SvuState {
  const { decisionId, ...data } = event.data;
  const registered: RegisteredDecision = {
    id: decisionId,
    data,
    registeredAt: event.at,
    registeredBy: event.by,
  };
  const decided: SvuState = { ...state, decisions: [...endCurrent(state, event), registered] };
  const shared = data.kind === 'refusal' ? hideListing(forget(decided, event), event) : decided;
  // Sorted, since a stored object does not keep the order of its fields.
  const late = everyUnit(shared).filter((unit) => shared.participants[unit]?.seesContent === false);
  const participants = Object.fromEntries(
    Object.entries(shared.participants).map(([unit, each]) => [unit, { ...each, seesContent: true }]),
  );
  return late.reduce<SvuState>((each, unit) => openLateAcknowledgements(each, unit, event), {
    ...shared,
    participants,
  });
}

function endCurrent(state: SvuState, event: SvuEvent): readonly RegisteredDecision[] {
  return state.decisions.map((each) => (each.endedAt === undefined ? { ...each, endedAt: event.at } : each));
}

/**
 * CON-5: what a refusal forbids to share is no longer in the state, so no view can show it, not even after a later
 * consent: the hospital then states it anew. The log keeps what happened before the refusal, and nobody reads it from there.
 */
function forget(state: SvuState, event: SvuEvent): SvuState {
  const policy = policyOfCase(state);
  const { reason: _forgotten, dayReason: _told, ...rest } = state;
  const forgotten: SvuState = {
    ...rest,
    ...(state.sharing === undefined ? {} : { sharing: 'minimum' as const }),
    todos: Object.fromEntries(Object.entries(state.todos).map(([key, todo]) => [key, withoutRemarks(todo)])),
    decisions: state.decisions.map((each) =>
      each.data.kind === 'harm-assessment'
        ? { ...each, data: { ...each.data, reasonConsentUnavailable: '' } }
        : each,
    ),
    notices: Object.fromEntries(
      Object.entries(state.notices).map(([key, notice]) => [
        key,
        { ...notice, content: minimumOf(notice.kind, notice.content, policy) },
      ]),
    ),
  };
  if (policy.readyUnderRefusal) return forgotten;
  const hidden = closeRound(forgotten, 'ready', event);
  // Nobody acknowledges a message that nobody may read any more.
  const about = (todo: Todo) =>
    todo.about !== undefined && hidden.notices[todo.about]?.kind === 'ready-withdrawn';
  return endTodos(hidden, (todo) => todo.kind === 'acknowledge-message' && about(todo), 'cancelled', event);
}

/** CON-8: only the hospital deregisters the decision of an SVU. Doing it twice is doing it once. */
export function decideDeregisterDecision(
  command: CommandOf<'deregister-decision'>,
  state: SvuState,
): Decision<SvuEvent> {
  const { refusal } = admit(command, state, hospitalStep('only-hospital-deregisters'));
  if (refusal !== undefined) return refusal;
  const { decisionId } = command.data;
  if (currentDecision(state)?.id === decisionId) {
    return accept(happened(command, 'DecisionDeregistered', { decisionId }));
  }
  const ended = state.decisions.some((each) => each.id === decisionId);
  return ended ? accept() : reject('decision-not-current', { field: 'decisionId' });
}

export function evolveDecisionDeregistered(
  state: SvuState,
  event: EventOf<'DecisionDeregistered'>,
): SvuState {
  return {
    ...state,
    decisions: state.decisions.map((each) =>
      each.id === event.data.decisionId && each.endedAt === undefined ? { ...each, endedAt: event.at } : each,
    ),
  };
}
