import { endHandOver, openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { Moment, OfType } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { endTodos } from '../case/todos.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isInstant } from '../time.js';
import type { Command, HsaId, Instant, ProcessEvent, Todo, Uuid } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import type { SvuState } from './state.js';

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
  | Command<'link-stay', Linked>
  /** Another stay has begun. The ward is left out where it is of another organisation than the case (ORG-3). */
  | Command<'note-admission-elsewhere', { readonly ward?: HsaId; readonly wardName?: string }>;

export type JournalFactEvent =
  | ProcessEvent<'JournalDischargeNoted', { readonly dischargedAt: Instant }>
  | ProcessEvent<'StayLinked', Linked>
  | ProcessEvent<'AdmissionElsewhereNoted', { readonly ward?: HsaId; readonly wardName?: string }>;

export const journalFacts: Subject<SvuState, JournalFactCommand, JournalFactEvent> = {
  decide: {
    'note-journal-discharge': decideNoteJournalDischarge,
    'link-stay': decideLinkStay,
    'note-admission-elsewhere': decideNoteAdmissionElsewhere,
  },
  evolve: {
    JournalDischargeNoted: evolveJournalDischargeNoted,
    StayLinked: evolveStayLinked,
    AdmissionElsewhereNoted: evolveAdmissionElsewhereNoted,
  },
};

/** From A03: a to-do to publish the discharge with the date filled in. Never a discharge: SVU-21 needs human answers. */
function decideNoteJournalDischarge(
  command: OfType<JournalFactCommand, 'note-journal-discharge'>,
  state: SvuState,
): Decision<JournalFactEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const { dischargedAt } = command.data;
  if (!isInstant(dischargedAt)) return reject('time-not-understood', { field: 'dischargedAt' });
  // A case that was discharged and is asked to undo it: the journal has discharged the patient again.
  const askedToUndo = !state.frozen && openOfKind(state, 'undo-discharge') !== undefined;
  if (!(listens(state) || askedToUndo) || state.journalDischargedAt === dischargedAt) return accept();
  return accept(happened(command, 'JournalDischargeNoted', { dischargedAt }));
}

function evolveJournalDischargeNoted(
  state: SvuState,
  event: OfType<JournalFactEvent, 'JournalDischargeNoted'>,
): SvuState {
  const { dischargedAt } = event.data;
  const noted: SvuState = { ...state, journalDischargedAt: dischargedAt };
  return state.phase === 'discharged'
    ? endTodos(noted, ({ kind }) => kind === 'undo-discharge', 'cancelled', event)
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
  'undo-discharge',
]);

/** PAT-13: the stay is another person's: neither has this patient left, nor is there an end to publish. */
export function stayGivenUp(state: SvuState, event: Moment): SvuState {
  const { journalDischargedAt: _ofTheOther, ...rest } = state;
  return endTodos(endHandOver(rest, event), ({ kind }) => ofOther.has(kind), 'cancelled', event);
}

/**
 * What the ward was asked because the stay seemed another's is asked no more, and what the other stay's end asked for is not for this
 * case.
 */
function evolveStayLinked(state: SvuState, event: OfType<JournalFactEvent, 'StayLinked'>): SvuState {
  const { stayId, instead } = event.data;
  const isOwn = isOfLinked(state, event.data);
  if (instead === undefined) return endTodos({ ...state, stayId }, isOwn, 'cancelled', event);
  return endTodos({ ...stayGivenUp(state, event), stayId }, isOwn, 'cancelled', event);
}

/**
 * From A01 of another stay while this case is open, also at the same ward: a decision covers one stay (CON-14), so the ward
 * of the case is asked whether it is to be ended or handed over. The admitting ward learns nothing of the case from this
 * (ACC-1), and the ward of the case nothing of where in another organisation the patient is (ORG-3).
 */
function decideNoteAdmissionElsewhere(
  command: OfType<JournalFactCommand, 'note-admission-elsewhere'>,
  state: SvuState,
): Decision<JournalFactEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const asked = openOfKind(state, 'review-open-case-elsewhere');
  const known = asked !== undefined && asked.input?.['ward'] === command.data.ward;
  if (!listens(state) || known) return accept();
  return accept(happened(command, 'AdmissionElsewhereNoted', { ...command.data }));
}

function evolveAdmissionElsewhereNoted(
  state: SvuState,
  event: OfType<JournalFactEvent, 'AdmissionElsewhereNoted'>,
): SvuState {
  return askWard(state, 'review-open-case-elsewhere', { ...event.data }, event);
}
