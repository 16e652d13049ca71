import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent, Uuid } from '../vocabulary.js';
import { askLeader, openOfKind } from './ask-leader.js';
import { happened } from './event.js';
import type { Moment, OfType } from './event.js';
import { fromOutside, listens } from './guards.js';
import type { IdentityQuestion } from './identity-question.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import type { CaseTodoKind } from './todo-kinds.js';
import { endTodos } from './todos.js';

export type IdentityCommand =
  /** PAT-12: the person of the case turned out to be another, whose case it is from now on. */
  | Command<'replace-person', { readonly personId: Uuid; readonly replaced: Uuid }>
  | Command<'question-identity', { readonly cause: IdentityQuestion }>
  /** The other open case of the person is no more; `stay`: the journal tells the stay as this person's again (PAT-13). */
  | Command<'settle-identity', { readonly stay?: true }>;

export type IdentityEvent =
  | ProcessEvent<'PersonReplaced', { readonly personId: Uuid; readonly replaced: Uuid }>
  | ProcessEvent<'IdentityQuestioned', { readonly cause: IdentityQuestion }>
  | ProcessEvent<'IdentitySettled', { readonly stay?: true }>;

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
      IdentitySettled: (state, event) =>
        event.data.stay === true
          ? endTodos(state, ({ kind }) => kind === 'check-identity', 'cancelled', event)
          : settled(state, event),
    },
  };
}

const todoOf: Readonly<Record<IdentityQuestion, CaseTodoKind>> = {
  'double-case': 'review-double-case',
  'not-confirmed': 'check-identity',
  'stay-of-another': 'check-identity',
  'stay-of-unknown': 'check-identity',
};

const ofStay: ReadonlySet<IdentityQuestion> = new Set(['stay-of-another', 'stay-of-unknown']);

/** Why the ward was asked last to check whose the case is. */
const lastCheck = (state: CaseState): IdentityQuestion | undefined =>
  state.identityQuestions?.findLast((cause) => todoOf[cause] === 'check-identity');
const isToldOfUnknown = (state: CaseState): boolean => lastCheck(state) === 'stay-of-unknown';

/** PAT-12: the person turned out to be another; also a case that is over or frozen is hers from now on. */
function decideReplace(
  command: OfType<IdentityCommand, 'replace-person'>,
  state: CaseState,
): Decision<IdentityEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
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
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const { cause } = command.data;
  // A stay may turn out to be another's, and her own again, more than once; what it told under no number is new each time.
  const asked = ofStay.has(cause)
    ? openOfKind(state, todoOf[cause]) !== undefined &&
      !(cause === 'stay-of-another' && isToldOfUnknown(state))
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
  const asked = cause === 'stay-of-another' ? rules.stayGivenUp(questioned, event) : questioned;
  return askLeader(rules.tables.todos, asked, rules.leaderOf(state), todoOf[cause], {}, event);
}

function decideSettle(
  command: OfType<IdentityCommand, 'settle-identity'>,
  state: CaseState,
): Decision<IdentityEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (command.data.stay === true && lastCheck(state) !== 'stay-of-another') return accept();
  return openOfKind(state, settledBy(command.data)) === undefined
    ? accept()
    : accept(happened(command, 'IdentitySettled', command.data));
}

const settledBy = ({ stay }: { readonly stay?: true }): CaseTodoKind =>
  stay === true ? 'check-identity' : 'review-double-case';

function settled<State extends CaseState>(state: State, event: Moment): State {
  return endTodos(state, ({ kind }) => kind === 'review-double-case', 'completed', event);
}
