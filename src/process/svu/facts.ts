import { endHandOver, openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { Moment, OfType } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isInstant } from '../time.js';
import type { Command, HsaId, Instant, ProcessEvent, Todo, Uuid } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import { asksWhetherItGoesOn } from './cancellations.js';
import type { SvuState } from './state.js';
import { askOfLast, withoutStay } from './other-stay.js';
import { wardQuestionEnded } from './ward.js';
import type { WardEvent } from './ward.js';
import { reject } from './rejections.js';

type Linked = {
  readonly stayId: Uuid;
  /** The case was tied to that one before. */
  readonly instead?: Uuid;
  /** Where the stay has been, within the organisation of the case; older logs do not say. */
  readonly wards?: readonly HsaId[];
  /** It has been outside it too. */
  readonly elsewhere?: true;
};

export type JournalFactCommand =
  | Command<'note-journal-discharge', { readonly dischargedAt: Instant }>
  /** The case was opened before its stay was known; `instead` of one that it was tied to and that fits less. */
  | Command<'link-stay', Linked>;

export type JournalFactEvent =
  | ProcessEvent<'JournalDischargeNoted', { readonly dischargedAt: Instant }>
  | ProcessEvent<'StayLinked', Linked>;

export const journalFacts: Subject<
  SvuState,
  JournalFactCommand,
  JournalFactEvent,
  JournalFactEvent | WardEvent
> = {
  decide: {
    'note-journal-discharge': decideNoteJournalDischarge,
    'link-stay': decideLinkStay,
  },
  evolve: {
    JournalDischargeNoted: evolveJournalDischargeNoted,
    StayLinked: evolveStayLinked,
  },
};

/** From A03: a to-do to publish the discharge with the date filled in. Never a discharge: SVU-21 needs human answers. */
function decideNoteJournalDischarge(
  command: OfType<JournalFactCommand, 'note-journal-discharge'>,
  state: SvuState,
): Decision<JournalFactEvent | WardEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const { dischargedAt } = command.data;
  if (!isInstant(dischargedAt)) return reject('time-not-understood', { field: 'dischargedAt' });
  // A case that is over keeps it too: an end that is undone is then the ward's to publish again, and one that it was to undo stands.
  if (state.frozen || state.phase === 'annulled') return accept();
  const ended = wardQuestionEnded(command, state);
  if (state.journalDischargedAt === dischargedAt) return accept(...ended);
  return accept<JournalFactEvent | WardEvent>(
    ...ended,
    happened(command, 'JournalDischargeNoted', { dischargedAt }),
  );
}

function evolveJournalDischargeNoted(
  state: SvuState,
  event: OfType<JournalFactEvent, 'JournalDischargeNoted'>,
): SvuState {
  const { dischargedAt } = event.data;
  const noted: SvuState = { ...state, journalDischargedAt: dischargedAt };
  return state.phase === 'discharged'
    ? endTodos(noted, asksWhetherItGoesOn, 'cancelled', event)
    : askWard(noted, 'publish-discharge', { dischargedAt }, event);
}

/**
 * The case was opened before its stay was known, or tied to an older one that the journal never ended; from now on only facts of this
 * stay are its facts.
 */
function decideLinkStay(
  command: OfType<JournalFactCommand, 'link-stay'>,
  state: SvuState,
): Decision<JournalFactEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const { stayId, instead } = command.data;
  if (!listens(state) || state.stayId === stayId || state.stayId !== instead) return accept();
  return accept(happened(command, 'StayLinked', command.data));
}

/** The to-do about a new admission that turns out to be of this stay. */
const isOfLinked =
  (state: SvuState, { wards = [], elsewhere, instead }: Linked) =>
  ({ kind, input }: Todo): boolean => {
    if (kind !== 'review-open-case-elsewhere') return false;
    const ward = input?.['ward'];
    if (ward === undefined) return elsewhere === true;
    return wards.includes(ward) || (instead !== undefined && ward === state.ward);
  };

/** What the end of a stay, or that it never was, asks of the ward. */
const ofOther: ReadonlySet<Todo['kind']> = new Set([
  'publish-discharge',
  'annul-case',
  'review-cancelled-admission',
]);

/** PAT-13: the stay is another person's: neither has this patient left, nor is there an end to publish. */
export function stayGivenUp(state: SvuState, event: Moment): SvuState {
  const { journalDischargedAt: _ofTheOther, movedSince: _whereTheOtherIs, ...rest } = state;
  return endTodos(
    endHandOver(rest, event),
    (todo) => ofOther.has(todo.kind) || asksWhetherItGoesOn(todo),
    'cancelled',
    event,
  );
}

/**
 * What the ward was asked because the stay seemed another's is asked no more, and what the other stay's end asked for is not for this
 * case. Of yet another stay that it was asked about, it is still asked (CON-14).
 */
function evolveStayLinked(state: SvuState, event: OfType<JournalFactEvent, 'StayLinked'>): SvuState {
  const { stayId, instead } = event.data;
  const kept = instead === undefined ? state : stayGivenUp(state, event);
  const linked: SvuState = { ...kept, ...withoutStay(state, stayId), stayId };
  const isOwn = isOfLinked(state, event.data);
  const asked = openOfKind(linked, 'review-open-case-elsewhere');
  return asked !== undefined && isOwn(asked) ? askOfLast(linked, event) : linked;
}
