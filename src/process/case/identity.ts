import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { TodoKind } from '../vocabulary.js';
import { askWard, openOfKind } from './ask-leader.js';
import type { IdentityQuestion } from '../svu/commands.js';
import { happened } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from '../svu/events.js';
import { fromOutside, listens } from './guards.js';
import type { SvuState } from '../svu/state.js';
import { endTodos } from './todos.js';

const todoOf: Readonly<Record<IdentityQuestion, TodoKind>> = {
  'double-case': 'review-double-case',
  'not-confirmed': 'check-identity',
  'stay-of-another': 'check-identity',
};

/** PAT-12: the person turned out to be another; also a case that is over or frozen is hers from now on. */
export function decideReplacePerson(
  command: CommandOf<'replace-person'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  return state.personId === command.data.replaced
    ? accept(happened(command, 'PersonReplaced', command.data))
    : accept();
}

export function evolvePersonReplaced(state: SvuState, event: EventOf<'PersonReplaced'>): SvuState {
  const { personId, replaced } = event.data;
  const formerPersons = [...(state.formerPersons ?? []), replaced];
  return settled({ ...state, personId, formerPersons }, event);
}

/** PAT-12, PAT-13: the ward is asked, once for each question; who else is meant is not told. */
export function decideQuestionIdentity(
  command: CommandOf<'question-identity'>,
  state: SvuState,
): Decision<SvuEvent> {
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

export function evolveIdentityQuestioned(state: SvuState, event: EventOf<'IdentityQuestioned'>): SvuState {
  const { cause } = event.data;
  const identityQuestions = [...(state.identityQuestions ?? []), cause];
  return askWard({ ...state, identityQuestions }, todoOf[cause], {}, event);
}

export function decideSettleIdentity(
  command: CommandOf<'settle-identity'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  return openOfKind(state, 'review-double-case') === undefined
    ? accept()
    : accept(happened(command, 'IdentitySettled', {}));
}

export function evolveIdentitySettled(state: SvuState, event: EventOf<'IdentitySettled'>): SvuState {
  return settled(state, event);
}

function settled(state: SvuState, event: SvuEvent): SvuState {
  return endTodos(state, ({ kind }) => kind === 'review-double-case', 'completed', event);
}
