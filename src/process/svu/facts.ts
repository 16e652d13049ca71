import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { isInstant } from '../time.js';
import { askWard, openOfKind } from '../case/ask-leader.js';
import type { RegisterChange } from './commands.js';
import { happened } from '../case/event.js';
import type { CommandOf, EventOf } from '../case/event.js';
import type { SvuEvent } from './events.js';
import { fromOutside, listens } from '../case/guards.js';
import { followListing } from '../case/relisting.js';
import type { Todo } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { endTodos } from '../case/todos.js';

/** From A03: a to-do to publish the discharge with the date filled in. Never a discharge: SVU-21 needs human answers. */
export function decideNoteJournalDischarge(
  command: CommandOf<'note-journal-discharge'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const { dischargedAt } = command.data;
  if (!isInstant(dischargedAt)) return reject('time-not-understood', { field: 'dischargedAt' });
  // A case that was discharged and is asked to undo it: the journal has discharged the patient again.
  const askedToUndo = !state.frozen && openOfKind(state, 'undo-discharge') !== undefined;
  if (!(listens(state) || askedToUndo) || state.journalDischargedAt === dischargedAt) return accept();
  return accept(happened(command, 'JournalDischargeNoted', { dischargedAt }));
}

export function evolveJournalDischargeNoted(
  state: SvuState,
  event: EventOf<'JournalDischargeNoted'>,
): SvuState {
  const { dischargedAt } = event.data;
  const noted: SvuState = { ...state, journalDischargedAt: dischargedAt };
  return state.phase === 'discharged'
    ? endTodos(noted, ({ kind }) => kind === 'undo-discharge', 'cancelled', event)
    : askWard(noted, 'publish-discharge', { dischargedAt }, event);
}

/** PAT-7: a change in a register reaches the open case; a new listing that it follows (ADR-7) is nothing to look at. */
export function decideNoteRegisterChange(
  command: CommandOf<'note-register-change'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  if (!listens(state)) return accept();
  const { events, followed } = followListing(command, state);
  const changed = [...new Set(command.data.changed)]
    .filter((each) => !(followed && each === 'listing'))
    .toSorted();
  return accept(
    ...events,
    ...(changed.length > 0 ? [happened(command, 'RegisterChangeNoted', { changed })] : []),
  );
}

/** Changes that may ask for another addressee or another plan. A new name or address just shows. */
const toReview: ReadonlySet<RegisterChange> = new Set<RegisterChange>([
  'municipality',
  'listing',
  'deceased',
  'deregistered',
  'unit-closed',
]);

export function evolveRegisterChangeNoted(state: SvuState, event: EventOf<'RegisterChangeNoted'>): SvuState {
  const changed: readonly string[] = event.data.changed.filter((each) => toReview.has(each));
  if (changed.length === 0) return state;
  const waiting = openOfKind(state, 'review-register-change')?.input?.['changed']?.split(',') ?? [];
  const all = [...new Set([...waiting, ...changed])].toSorted().join(',');
  return askWard(state, 'review-register-change', { changed: all }, event);
}

/**
 * The case was opened before its stay was known, or tied to an older one that the journal never ended; from now on only facts of this
 * stay are its facts.
 */
export function decideLinkStay(command: CommandOf<'link-stay'>, state: SvuState): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const { stayId, instead } = command.data;
  if (!listens(state) || state.stayId === stayId || state.stayId !== instead) return accept();
  return accept(happened(command, 'StayLinked', command.data));
}

/** What the end of a stay, or that it never was, asks of the ward. */
const ofOther: ReadonlySet<Todo['kind']> = new Set([
  'publish-discharge',
  'annul-case',
  'review-cancelled-admission',
]);

/**
 * What the ward was asked because the stay seemed another's is asked no more, and what the other stay's end asked for is not for this
 * case.
 */
export function evolveStayLinked(state: SvuState, event: EventOf<'StayLinked'>): SvuState {
  const { stayId, instead } = event.data;
  if (instead === undefined) return { ...state, stayId };
  const { journalDischargedAt: _ofTheOther, ...rest } = state;
  const own = ({ kind, input }: Todo): boolean =>
    ofOther.has(kind) || (kind === 'review-open-case-elsewhere' && input?.['ward'] === state.ward);
  return endTodos({ ...rest, stayId }, own, 'cancelled', event);
}

/**
 * From A01 of another stay while this case is open, also at the same ward: a decision covers one stay (CON-14), so the ward
 * of the case is asked whether it is to be ended or handed over. The admitting ward learns nothing of the case from this
 * (ACC-1), and the ward of the case nothing of where in another organisation the patient is (ORG-3).
 */
export function decideNoteAdmissionElsewhere(
  command: CommandOf<'note-admission-elsewhere'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const asked = openOfKind(state, 'review-open-case-elsewhere');
  const known = asked !== undefined && asked.input?.['ward'] === command.data.ward;
  if (!listens(state) || known) return accept();
  return accept(happened(command, 'AdmissionElsewhereNoted', { ...command.data }));
}

export function evolveAdmissionElsewhereNoted(
  state: SvuState,
  event: EventOf<'AdmissionElsewhereNoted'>,
): SvuState {
  return askWard(state, 'review-open-case-elsewhere', { ...event.data }, event);
}
