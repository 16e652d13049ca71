import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent, TodoKind, Uuid } from '../vocabulary.js';
import { askLeader, endHandOver, openOfKind } from './ask-leader.js';
import { happened } from './event.js';
import type { Moment, OfType } from './event.js';
import { fromOutside, listens } from './guards.js';
import type { IdentityQuestion } from './identity-question.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import { endTodos } from './todos.js';

export type IdentityCommand =
  /** PAT-12: the person of the case turned out to be another, whose case it is from now on. */
  | Command<'replace-person', { readonly personId: Uuid; readonly replaced: Uuid }>
  | Command<'question-identity', { readonly cause: IdentityQuestion }>
  /** The other open case of the person is no more. */
  | Command<'settle-identity', Record<string, never>>;

export type IdentityEvent =
  | ProcessEvent<'PersonReplaced', { readonly personId: Uuid; readonly replaced: Uuid }>
  | ProcessEvent<'IdentityQuestioned', { readonly cause: IdentityQuestion }>
  | ProcessEvent<'IdentitySettled', Record<string, never>>;

/** Whose case it is (PAT-12, PAT-13), in a case of any kind. */
export function identity<State extends CaseState>(
  rules: RulesOfKind<State>,
): Subject<State, IdentityCommand, IdentityEvent> {
  return {
    decide: {
      'replace-person': decideReplace,
      'question-identity': decideQuestion,
      'settle-identity': decideSettle,
    },
    evolve: {
      PersonReplaced: evolveReplaced,
      IdentityQuestioned: (state, event) => evolveQuestioned(rules, state, event),
      IdentitySettled: settled,
    },
  };
}

const todoOf: Readonly<Record<IdentityQuestion, TodoKind>> = {
  'double-case': 'review-double-case',
  'not-confirmed': 'check-identity',
  'stay-of-another': 'check-identity',
};

/** PAT-12: the person turned out to be another; also a case that is over or frozen is hers from now on. */
function decideReplace(
  command: OfType<IdentityCommand, 'replace-person'>,
  state: CaseState,
): Decision<IdentityEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  return state.personId === command.data.replaced
    ? accept(happened(command, 'PersonReplaced', command.data))
    : accept();
}

function evolveReplaced<State extends CaseState>(
  state: State,
  event: OfType<IdentityEvent, 'PersonReplaced'>,
): State {
  const { personId, replaced } = event.data;
  const formerPersons = [...(state.formerPersons ?? []), replaced];
  return settled({ ...state, personId, formerPersons }, event);
}

/** PAT-12, PAT-13: the ward is asked, once for each question; who else is meant is not told. */
function decideQuestion(
  command: OfType<IdentityCommand, 'question-identity'>,
  state: CaseState,
): Decision<IdentityEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const { cause } = command.data;
  // A stay may turn out to be another's, and her own again, more than once.
  const asked =
    cause === 'stay-of-another'
      ? openOfKind(state, todoOf[cause]) !== undefined
      : state.identityQuestions?.includes(cause) === true;
  return asked || !listens(state) ? accept() : accept(happened(command, 'IdentityQuestioned', command.data));
}

function evolveQuestioned<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: OfType<IdentityEvent, 'IdentityQuestioned'>,
): State {
  const { cause } = event.data;
  const identityQuestions = [...(state.identityQuestions ?? []), cause];
  const questioned = { ...state, identityQuestions };
  const asked = cause === 'stay-of-another' ? endHandOver(questioned, event) : questioned;
  return askLeader(asked, rules.leaderOf(state), todoOf[cause], {}, event);
}

function decideSettle(
  command: OfType<IdentityCommand, 'settle-identity'>,
  state: CaseState,
): Decision<IdentityEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  return openOfKind(state, 'review-double-case') === undefined
    ? accept()
    : accept(happened(command, 'IdentitySettled', {}));
}

function settled<State extends CaseState>(state: State, event: Moment): State {
  return endTodos(state, ({ kind }) => kind === 'review-double-case', 'completed', event);
}
