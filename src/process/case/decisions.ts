import { harmAnswers } from '../policy/shared-settings.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { withoutRemarks } from '../todo/updating.js';
import type { Command, Instant, ProcessEvent, UserActor, Uuid } from '../vocabulary.js';
import type { DecisionData } from './decision-data.js';
import { happened, stated } from './event.js';
import type { Moment, OfType } from './event.js';
import { admit } from './guards.js';
import type { StepGuard } from './guards.js';
import { minimumOf } from './notices.js';
import { currentDecision, everyUnit, isOpen, lastWord, policyOfCase } from './questions.js';
import { hideListing } from './relisting.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState, RegisteredDecision } from './state.js';

export type DecisionCommand =
  | Command<
      'register-decision',
      {
        readonly decisionId: Uuid;
        /** When the patient said no in another case, of the same that this one is of, if that is her last word there. */
        readonly refusedElsewhereAt?: Instant;
      } & DecisionData
    >
  | Command<'deregister-decision', Deregistering>;

/** Which decision, and whether it was registered by mistake: then nobody ever decided so (CON-6). */
type Deregistering = { readonly decisionId: Uuid; readonly mistake?: true };

export type DecisionEvent =
  | ProcessEvent<'DecisionRegistered', { readonly decisionId: Uuid } & DecisionData>
  | ProcessEvent<'DecisionDeregistered', Deregistering>;

/**
 * Who may register a decision, who may deregister one, and in which phases: the kind says. In a case that is over, only that the patient
 * says no is taken, whichever phases it names.
 */
export type DecisionGuards = { readonly register: StepGuard; readonly deregister: StepGuard };

/** The decisions under which a case of any kind is shared (CON-2 to CON-8, CON-12, CON-13). */
export function decisions<State extends CaseState>(
  rules: RulesOfKind<State>,
  guards: DecisionGuards,
): Subject<State, DecisionCommand, DecisionEvent> {
  return {
    decide: {
      'register-decision': (command, state) => decideRegister(guards.register, command, state),
      'deregister-decision': (command, state) => decideDeregister(guards.deregister, command, state),
    },
    evolve: {
      DecisionRegistered: (state, event) => evolveRegistered(rules, state, event),
      DecisionDeregistered: (state, event) => evolveDeregistered(rules, state, event),
    },
  };
}

/** CON-2: a decision is registered; the one that stood before it ends in the same moment. */
function decideRegister(
  guard: StepGuard,
  command: OfType<DecisionCommand, 'register-decision'>,
  state: CaseState,
): Decision<DecisionEvent> {
  const admission = admit(command, state, guard);
  if (admission.rejected !== undefined) return admission.rejected;
  const { decisionId, refusedElsewhereAt, ...data } = command.data;
  const known = state.decisions.find((each) => each.id === decisionId);
  if (known !== undefined) {
    return isSame(known.data, data) ? accept() : reject('decision-id-taken', { field: 'decisionId' });
  }
  // Over: nothing is shared any more that a yes could allow, and the patient may still say no (CON-8).
  if (!isOpen(state) && data.kind !== 'refusal') return reject('case-locked');
  if (data.kind === 'harm-assessment' && hasSaidNo(state, refusedElsewhereAt))
    return reject('harm-assessment-over-refusal', { field: 'kind' });
  const fault = faultIn(data, admission.user, state);
  return fault ?? accept(happened(command, 'DecisionRegistered', { decisionId, ...data }));
}

function faultIn(data: DecisionData, user: UserActor, state: CaseState): Decision<never> | undefined {
  if (data.kind === 'secrecy-breaking-rule') {
    return policyOfCase(state).secrecyBreakingRule
      ? undefined
      : reject('secrecy-breaking-rule-not-in-policy', { field: 'kind' });
  }
  return data.kind === 'harm-assessment' ? faultInHarmAssessment(data, user, state) : undefined;
}

/** CON-6: whether the patient's last word is no, here or in another case of the same (CON-14). */
function hasSaidNo({ decisions }: CaseState, elsewhereAt: Instant | undefined): boolean {
  const word = lastWord(decisions);
  if (word?.data.kind === 'refusal') return true;
  return elsewhereAt !== undefined && (word === undefined || word.registeredAt < elsewhereAt);
}

/** CON-3, CON-4, CON-13: who may make a harm assessment, and what it must say. */
function faultInHarmAssessment(
  data: Extract<DecisionData, { kind: 'harm-assessment' }>,
  user: UserActor,
  state: CaseState,
): Decision<never> | undefined {
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
 * may not share (CON-5).
 */
function evolveRegistered<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: OfType<DecisionEvent, 'DecisionRegistered'>,
): State {
  const { decisionId, ...data } = event.data;
  const registered: RegisteredDecision = {
    id: decisionId,
    data,
    registeredAt: event.at,
    registeredBy: event.by,
  };
  const decided: State = { ...state, decisions: [...endCurrent(state, event), registered] };
  const shared = data.kind === 'refusal' ? hideListing(forget(rules, decided, event), event) : decided;
  // What was shared when the case ended is not for those who came later; when the case goes on, they are told.
  return isOpen(shared) ? showToLate(rules, shared, event) : shared;
}

/** CON-8: units that joined while no decision stood see from now on what the decision allows, and are told as those who join. */
export function showToLate<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: Moment,
): State {
  // Sorted, since a stored object does not keep the order of its fields.
  const late = everyUnit(state).filter((unit) => state.participants[unit]?.seesContent === false);
  const participants = Object.fromEntries(
    Object.entries(state.participants).map(([unit, each]) => [unit, { ...each, seesContent: true }]),
  );
  return late.reduce<State>((each, unit) => rules.joined(each, unit, event), { ...state, participants });
}

function endCurrent(state: CaseState, event: Moment): readonly RegisteredDecision[] {
  return state.decisions.map((each) => (each.endedAt === undefined ? { ...each, endedAt: event.at } : each));
}

/**
 * CON-5: what a refusal forbids to share is no longer in the state, so no view can show it, not even after a later
 * consent: it is then stated again. The log keeps what happened before the refusal, and what was forgotten here is never read from there.
 * Streams under the case, messages and forms, forget nothing: nobody reads them under a refusal, and they are back with their earlier texts
 * when all is shared anew (decision 108).
 */
function forget<State extends CaseState>(rules: RulesOfKind<State>, state: State, event: Moment): State {
  const policy = policyOfCase(state);
  const forgotten: State = {
    ...state,
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
        { ...notice, content: minimumOf(rules.tables.notices, notice.kind, notice.content, policy) },
      ]),
    ),
  };
  return rules.forget(forgotten, event);
}

/**
 * CON-8: the decision is deregistered by who may. Doing it twice is doing it once; but while a later one stands, who withdraws the
 * one before it is told so, and not that nothing stands now (CON-2). That one was registered by mistake is also said of one that has
 * ended, for it may be known later (CON-6).
 */
function decideDeregister(
  guard: StepGuard,
  command: OfType<DecisionCommand, 'deregister-decision'>,
  state: CaseState,
): Decision<DecisionEvent> {
  const { rejected } = admit(command, state, guard);
  if (rejected !== undefined) return rejected;
  const { decisionId, mistake } = command.data;
  const current = currentDecision(state);
  const known = state.decisions.find((each) => each.id === decisionId);
  if (known !== undefined && mistake === true) {
    return known.mistake === true
      ? accept()
      : accept(happened(command, 'DecisionDeregistered', { decisionId, mistake }));
  }
  if (current?.id === decisionId) {
    return accept(happened(command, 'DecisionDeregistered', { decisionId }));
  }
  const ended = current === undefined && known !== undefined;
  return ended ? accept() : reject('decision-not-current', { field: 'decisionId' });
}

/**
 * CON-6: where a consent was the mistake and the refusal before it is the last word again, the case shares what a refusal leaves, and a harm
 * assessment that was made on that consent ends. A law of compulsory care stands, for it asks nobody.
 */
function evolveDeregistered<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: OfType<DecisionEvent, 'DecisionDeregistered'>,
): State {
  const { decisionId, mistake } = event.data;
  const marked: State = {
    ...state,
    decisions: state.decisions.map((each) =>
      each.id === decisionId
        ? { ...each, endedAt: each.endedAt ?? event.at, ...(mistake === true ? { mistake } : {}) }
        : each,
    ),
  };
  if (mistake !== true || lastWord(marked.decisions)?.data.kind !== 'refusal') return marked;
  const left = currentDecision(marked)?.data.kind;
  if (left !== undefined && left !== 'harm-assessment') return marked;
  const ended: State = { ...marked, decisions: endCurrent(marked, event) };
  return hideListing(forget(rules, ended, event), event);
}
