import { addressByHandKey } from '../case/addressing.js';
import type { AddressingEvent } from '../case/addressing.js';
import { openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { Moment, OfType } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { withoutUnit } from '../case/leaving.js';
import { currentDecision, everyUnit, isRefused, unitsOf } from '../case/questions.js';
import type { Participant } from '../case/state.js';
import { endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, ProcessEvent, Uuid } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import { handOver } from './hand-over.js';
import type { Move, SvuState } from './state.js';
import { tell } from './notices.js';
import { policyOfSvu } from './settings.js';

export type WardCommand = Command<'change-ward', Move>;

export type WardEvent =
  /** `from`: the ward that left with it; absent where the patient is back, and in logs that told that by events of its own. */
  | ProcessEvent<'WardChanged', { readonly ward: HsaId; readonly wardName?: string; readonly from?: HsaId }>
  /**
   * The patient was moved to a ward of another organisation, which does not take the case along (ORG-3). `notice`: the one that asks that
   * ward; older logs do not say which.
   */
  | ProcessEvent<
      'MovedElsewhereNoted',
      { readonly ward: HsaId; readonly wardName?: string; readonly notice?: Uuid }
    >
  /** The journal has moved the patient of a case that is over; it goes there when its discharge is undone. */
  | ProcessEvent<'MovedAfterEndNoted', Move>
  /** The patient has left, or never was in hospital: where she was is no question to the ward of the case any more. */
  | ProcessEvent<'WardQuestionEnded', Record<string, never>>;

export const wardOfCase: Subject<SvuState, WardCommand, WardEvent, WardEvent | AddressingEvent> = {
  decide: { 'change-ward': decideChangeWard },
  evolve: {
    WardChanged: evolveWardChanged,
    MovedElsewhereNoted: evolveMovedElsewhereNoted,
    WardQuestionEnded: evolveWardQuestionEnded,
    MovedAfterEndNoted: (state, { data }) => ({ ...state, movedSince: data }),
  },
};

/**
 * SVU-25, SVU-42, from A02: the case follows the ward within its organisation; it is not a discharge. A ward of another
 * organisation gets nothing by itself (ORG-3): the ward of the case is asked to hand it over. A ward outside the
 * configuration cannot be followed: the case stays where it is, and its ward is asked to address it by hand.
 */
function decideChangeWard(command: WardCommand, state: SvuState): Decision<WardEvent | AddressingEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (listens(state)) return accept(...moving(command, state));
  return state.phase === 'discharged' && !state.frozen && !isSameMove(command.data, state)
    ? accept(happened(command, 'MovedAfterEndNoted', command.data))
    : accept();
}

/** Whether a case that is over goes there already when it is open again. */
const isSameMove = ({ ward, known }: Move, { movedSince }: SvuState): boolean =>
  movedSince !== undefined && movedSince.ward === ward && movedSince.known === known;

/** What happens to a case whose patient is where the command says. */
export function moving(
  command: Moment & Pick<WardCommand, 'data'>,
  state: SvuState,
): readonly (WardEvent | AddressingEvent)[] {
  const { known, elsewhere, ward, notice, ...named } = command.data;
  if (!known || ward === undefined) {
    return state.notAddressed.hospital === undefined
      ? [happened(command, 'AddressingFailed', { side: 'hospital', cause: 'ward-unknown' })]
      : [];
  }
  const to = { ward, ...named };
  const asked = openOfKind(state, 'hand-over-case');
  if (to.ward === state.ward) {
    const newer =
      state.journalDischargedAt !== undefined ||
      state.notAddressed.hospital !== undefined ||
      asked !== undefined;
    return newer ? [happened(command, 'WardChanged', { ward: to.ward })] : [];
  }
  if (elsewhere === true) {
    // The ward is known now, so nothing is to be addressed by hand.
    const found =
      state.notAddressed.hospital === undefined
        ? []
        : [happened(command, 'AddressingSettled', { side: 'hospital' } as const)];
    return asked?.input?.['ward'] === to.ward
      ? found
      : [...found, happened(command, 'MovedElsewhereNoted', { ...to, ...(notice && { notice }) })];
  }
  return [happened(command, 'WardChanged', { ...to, from: state.ward })];
}

/** Where the patient was is no question any more, when she has left or never was there. */
export function wardQuestionEnded(command: Moment, state: SvuState): readonly WardEvent[] {
  const asked =
    openOfKind(state, 'hand-over-case') !== undefined || state.notAddressed.hospital !== undefined;
  return asked ? [happened(command, 'WardQuestionEnded', {})] : [];
}

function evolveWardQuestionEnded(state: SvuState, event: OfType<WardEvent, 'WardQuestionEnded'>): SvuState {
  const { hospital: _ended, ...notAddressed } = state.notAddressed;
  const isQuestion = ({ kind, key }: { readonly kind: string; readonly key: string }) =>
    kind === 'hand-over-case' || key === addressByHandKey('hospital');
  // Nor is it asked again when a case that was over is open again.
  const interrupted = state.interrupted.filter((key) => {
    const todo = state.todos[key];
    return todo === undefined || !isQuestion(todo);
  });
  return endTodos({ ...state, notAddressed, interrupted }, isQuestion, 'cancelled', event);
}

/**
 * One change, told as what it is (SVU-42): the new ward takes part in the place of the old one, which loses access (ACC-7),
 * and has what that one had to do. A patient who is at a ward has not gone home.
 *
 * Without `from` the patient is back at the ward of the case; or the event is of a log in which the units were told to come
 * and go by events of their own.
 */
function evolveWardChanged(state: SvuState, event: OfType<WardEvent, 'WardChanged'>): SvuState {
  const { ward, wardName, from } = event.data;
  const { journalDischargedAt: _superseded, ...rest } = state;
  const { hospital: _found, ...notAddressed } = state.notAddressed;
  const moved = handOver({ ...rest, notAddressed }, ward);
  const stays = endTodos(moved, endsWithMove, 'cancelled', event);
  const settled = endTodos(stays, (todo) => todo.key === addressByHandKey('hospital'), 'completed', event);
  if (from === undefined || from === ward) return settled;
  const without = withoutUnit(settled, from, event);
  const joining: Participant = {
    unit: ward,
    side: 'hospital',
    ground: 'ward-change',
    since: event.at,
    seesContent: true,
  };
  const replaced: SvuState = {
    ...without,
    participants: { ...without.participants, [ward]: without.participants[ward] ?? joining },
    unitNames: wardName === undefined ? settled.unitNames : { ...settled.unitNames, [ward]: wardName },
  };
  return tellWardChange(replaced, from, ward, from, event);
}

const endsWithMove = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'publish-discharge' || kind === 'hand-over-case';

/**
 * SVU-42: units are told from where to where the case has gone. Receivers are not told of a draft (ACC-2), nor where the
 * ward is not theirs to know (CON-5, CON-8): then the notice names none, and is the hospital side's alone.
 *
 * @param left the ward that leaves the case by it, and is told so by this notice
 */
function tellWardChange(
  state: SvuState,
  from: HsaId,
  to: HsaId,
  left: HsaId | undefined,
  event: Moment,
): SvuState {
  const shared = state.phase === 'published' && mayTellWard(state);
  const units = shared ? everyUnit(state) : unitsOf(state, 'hospital');
  const recipients = left === undefined ? units : [...units, left].toSorted();
  const content = { left, ...(shared ? { fromWard: from, toWard: to } : {}) };
  return tell(state, 'ward-changed', recipients, content, event);
}

function mayTellWard(state: SvuState): boolean {
  if (policyOfSvu(state).minimumUnderRefusal.includes('ward')) return true;
  return state.sharing === 'full' && currentDecision(state) !== undefined && !isRefused(state);
}

/** SVU-42, ORG-3: the ward of the case hands it over by its own act (ADR-11), or ends it. */
function evolveMovedElsewhereNoted(
  state: SvuState,
  event: OfType<WardEvent, 'MovedElsewhereNoted'>,
): SvuState {
  const { notice, ...to } = event.data;
  const asked =
    notice === undefined ? {} : { askedElsewhere: { ...state.askedElsewhere, [to.ward]: notice } };
  return askWard({ ...state, ...asked }, 'hand-over-case', to, event);
}

/** ADR-11: the ward has left the case to another hospital unit by hand, which is a change of ward to those that stay. */
export function handedOver(state: SvuState, from: HsaId, to: HsaId, event: Moment): SvuState {
  const done = endTodos(state, ({ kind }) => kind === 'hand-over-case', 'completed', event);
  return tellWardChange(done, from, to, undefined, event);
}
