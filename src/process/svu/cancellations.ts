import { openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { Moment, OfType } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { endTodos, resumeTodos } from '../case/todos.js';
import { isBegun } from '../case/written-documents.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { hoursAfter, isBefore } from '../time.js';
import type { Command, ProcessEvent, Uuid } from '../vocabulary.js';
import { mayBeAnnulled } from './annulling.js';
import type { AnnulmentEvent } from './annulling.js';
import { askWard } from './ask-ward.js';
import { offTheList } from './off-the-list.js';
import type { SvuState } from './state.js';
import { wardQuestionEnded } from './ward.js';
import type { WardEvent } from './ward.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';

/** `moved`: the journal says so by a move alone, which the ward is to judge; left out: in so many words. */
type GoesOn = { readonly moved?: true };

export type CancellationCommand =
  /** The stay of the case never came to be. `elsewhere`: the person has another stay that is under way. */
  | Command<'note-admission-cancelled', { readonly elsewhere: boolean }>
  /** The stay of the case is admitted again after that. `openSvu`: another open case of the person at this moment (SVU-2). */
  | Command<'note-admission-restored', { readonly openSvu?: Uuid }>
  /** The stay of the case goes on after all, or seems to. `openSvu`: another open case of the person at this moment (SVU-2). */
  | Command<'note-discharge-cancelled', GoesOn & { readonly openSvu?: Uuid }>;

export type CancellationEvent =
  | ProcessEvent<'AdmissionCancellationNoted', Record<string, never>>
  | ProcessEvent<'AdmissionRestorationNoted', Record<string, never>>
  | ProcessEvent<'DischargeCancellationNoted', GoesOn>;

export const cancellations: Subject<
  SvuState,
  CancellationCommand,
  CancellationEvent,
  CancellationEvent | AnnulmentEvent | WardEvent
> = {
  decide: {
    'note-admission-cancelled': decideNoteAdmissionCancelled,
    'note-admission-restored': decideNoteAdmissionRestored,
    'note-discharge-cancelled': decideNoteDischargeCancelled,
  },
  evolve: {
    AdmissionCancellationNoted: evolveAdmissionCancellationNoted,
    AdmissionRestorationNoted: evolveAdmissionRestorationNoted,
    DischargeCancellationNoted: evolveDischargeCancellationNoted,
  },
};

/**
 * From A11: the stay of the case never came to be. An unpublished draft is annulled, because nobody has been told; a
 * published case is not, because receivers have: the ward gets a to-do to annul it (SVU-6), or, where it has ended, to look
 * it over. A draft of somebody who has another stay under way may have been opened for that one, so its ward is asked too, and so is that
 * of a draft in which somebody has written (SVU-6).
 */
function decideNoteAdmissionCancelled(
  command: OfType<CancellationCommand, 'note-admission-cancelled'>,
  state: SvuState,
): Decision<CancellationEvent | AnnulmentEvent | WardEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (state.frozen || state.phase === 'annulled') return accept();
  if (openOfKind(state, askedAfterCancellation(state)) !== undefined) return accept();
  const noted = [
    ...wardQuestionEnded(command, state),
    happened(command, 'AdmissionCancellationNoted', {}),
  ] as const;
  if (state.phase === 'draft' && mayBeAnnulled(state) && !command.data.elsewhere) {
    return accept<CancellationEvent | AnnulmentEvent | WardEvent>(
      ...noted,
      happened(command, 'CaseAnnulled', {}),
    );
  }
  return offTheList(state, command.at) ?? accept<CancellationEvent | WardEvent>(...noted);
}

function evolveAdmissionCancellationNoted(
  state: SvuState,
  event: OfType<CancellationEvent, 'AdmissionCancellationNoted'>,
): SvuState {
  // The journal can no longer say that the patient has left a stay that never was, nor that it goes on.
  const { journalDischargedAt: _cancelled, ...rest } = state;
  const ended = endTodos(
    rest,
    (todo) => todo.kind === 'publish-discharge' || asksWhetherItGoesOn(todo),
    'cancelled',
    event,
  );
  return askWard(ended, askedAfterCancellation(state), {}, event);
}

const askedAfterCancellation = (state: SvuState) =>
  mayBeAnnulled(state) ? 'annul-case' : 'review-cancelled-admission';

/** SVU-6: who was asked to annul a case is asked to look it over instead, once somebody writes in a working document and it cannot be annulled. */
export function followBegun(_before: SvuState, now: SvuState, event: Moment): SvuState {
  if (!isBegun(now) || openOfKind(now, 'annul-case') === undefined) return now;
  const ended = endTodos(now, ({ kind }) => kind === 'annul-case', 'cancelled', event);
  return askWard(ended, 'review-cancelled-admission', {}, event);
}

/**
 * From A01 after A11: the stay is there again, so nothing is to be annulled because of it, and a draft that was annulled by itself
 * is there again as it was: nobody decided that it should go. Not where the person has got another case meanwhile (SVU-2),
 * nor after the time in which a case may be reopened (VIEW-8).
 */
function decideNoteAdmissionRestored(
  command: OfType<CancellationCommand, 'note-admission-restored'>,
  state: SvuState,
): Decision<CancellationEvent | AnnulmentEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (state.phase === 'annulled') {
    return comesBack(command, state) ? accept(happened(command, 'AdmissionRestorationNoted', {})) : accept();
  }
  const asked =
    openOfKind(state, 'annul-case') ??
    openOfKind(state, 'review-cancelled-admission') ??
    state.interrupted.find((key) => state.todos[key]?.kind === 'annul-case');
  return asked === undefined || state.frozen
    ? accept()
    : accept(happened(command, 'AdmissionRestorationNoted', {}));
}

function comesBack(
  { at, data }: OfType<CancellationCommand, 'note-admission-restored'>,
  state: SvuState,
): boolean {
  const { annulledByJournalAt: since, frozen } = state;
  if (since === undefined || frozen || data.openSvu !== undefined) return false;
  return !isBefore(hoursAfter(since, policyOfSvu(state).listedAfterDischargeHours), at);
}

function evolveAdmissionRestorationNoted(
  state: SvuState,
  event: OfType<CancellationEvent, 'AdmissionRestorationNoted'>,
): SvuState {
  if (state.phase === 'annulled') {
    const { annulledByJournalAt: _undone, ...rest } = state;
    return resumeTodos({ ...rest, phase: 'draft' });
  }
  const asked = ({ kind }: { readonly kind: string }) =>
    kind === 'annul-case' || kind === 'review-cancelled-admission';
  // Nor is it to be asked again when the case is open again.
  const interrupted = state.interrupted.filter((key) => state.todos[key]?.kind !== 'annul-case');
  return endTodos({ ...state, interrupted }, asked, 'cancelled', event);
}

/** Whether it asks about a case that is over because its stay goes on, or seems to (decision 102). */
export function asksWhetherItGoesOn({ kind }: { readonly kind: string }): boolean {
  return kind === 'undo-discharge' || kind === 'review-move-after-end';
}

/**
 * From A13: the patient has not left after all. The to-do to publish the discharge goes away; a case that was discharged gets
 * one to undo it, while that can be done (SVU-24, VIEW-8) and no other case has been opened (SVU-2). From A02 after the end: the patient
 * may wait in a discharge lounge, so the ward is asked to look.
 */
function decideNoteDischargeCancelled(
  command: OfType<CancellationCommand, 'note-discharge-cancelled'>,
  state: SvuState,
): Decision<CancellationEvent | AnnulmentEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const { openSvu, moved } = command.data;
  const noted = happened(command, 'DischargeCancellationNoted', moved ? { moved } : {});
  if (listens(state)) return state.journalDischargedAt === undefined ? accept() : accept(noted);
  if (state.frozen || state.phase !== 'discharged') return accept();
  if (openOfKind(state, 'undo-discharge') !== undefined) return accept();
  if (moved && openOfKind(state, 'review-move-after-end') !== undefined) return accept();
  if (openSvu !== undefined) return reject('svu-already-open', { values: { case: openSvu } });
  return offTheList(state, command.at) ?? accept(noted);
}

function evolveDischargeCancellationNoted(
  state: SvuState,
  event: OfType<CancellationEvent, 'DischargeCancellationNoted'>,
): SvuState {
  const { journalDischargedAt: _cancelled, ...rest } = state;
  const stays = endTodos(rest, ({ kind }) => kind === 'publish-discharge', 'cancelled', event);
  if (state.phase !== 'discharged') return stays;
  if (event.data.moved) return askWard(stays, 'review-move-after-end', {}, event);
  return askWard(endTodos(stays, asksWhetherItGoesOn, 'cancelled', event), 'undo-discharge', {}, event);
}
