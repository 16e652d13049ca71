import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { isLocalDate } from '../time.js';
import type { LocalDate } from '../vocabulary.js';
import { askWard } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { CommandOf, EventOf } from '../case/event.js';
import type { SvuEvent } from './events.js';
import { fromOutside, listens } from '../case/guards.js';
import type { SvuState } from './state.js';
import { endTodos } from '../case/todos.js';

/**
 * SVU-9, from A08: the journal expects another day of discharge than it did. Never a change of the case, whose receivers
 * plan by what the hospital has published; the ward is asked, once for each day.
 */
export function decideNoteJournalExpectedDischarge(
  command: CommandOf<'note-journal-expected-discharge'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const { date } = command.data;
  if (date !== undefined && !isLocalDate(date)) return reject('time-not-understood', { field: 'date' });
  if (!listens(state)) return accept();
  // That it expects nothing, or what the case says, is news only to a case that was told otherwise.
  const { journalExpects, expectedDischarge } = state;
  const repeated =
    journalExpects === undefined
      ? date === undefined || date === expectedDischarge
      : date === journalExpects.date;
  return repeated ? accept() : accept(happened(command, 'JournalExpectedDischargeNoted', told(date)));
}

const told = (date: LocalDate | undefined): { readonly date?: LocalDate } =>
  date === undefined ? {} : { date };

export function evolveJournalExpectedDischargeNoted(
  state: SvuState,
  event: EventOf<'JournalExpectedDischargeNoted'>,
): SvuState {
  const { date } = event.data;
  const noted: SvuState = { ...state, journalExpects: told(date) };
  if (date === state.expectedDischarge) return endReview(noted, 'cancelled', event);
  return askWard(
    noted,
    'review-expected-discharge',
    date === undefined ? { expectedDischargeRemoved: 'true' } : { expectedDischarge: date },
    event,
  );
}

/** The case has the day that the journal expects: the ward has done what it was asked. */
export function answerJournal(state: SvuState, event: SvuEvent): SvuState {
  return state.expectedDischarge === state.journalExpects?.date
    ? endReview(state, 'completed', event)
    : state;
}

function endReview(state: SvuState, how: 'completed' | 'cancelled', event: SvuEvent): SvuState {
  return endTodos(state, ({ kind }) => kind === 'review-expected-discharge', how, event);
}
