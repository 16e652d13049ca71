import { happened } from '../case/event.js';
import type { Moment } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isLocalDate } from '../time.js';
import type { Command, LocalDate, ProcessEvent } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';

export type JournalExpectationCommand =
  /** The journal expects another day of discharge; none: it expects none any more. */
  Command<'note-journal-expected-discharge', { readonly date?: LocalDate }>;

export type JournalExpectationEvent = ProcessEvent<
  'JournalExpectedDischargeNoted',
  { readonly date?: LocalDate }
>;

export const journalExpectation: Subject<SvuState, JournalExpectationCommand, JournalExpectationEvent> = {
  decide: { 'note-journal-expected-discharge': decideNoteJournalExpectedDischarge },
  evolve: { JournalExpectedDischargeNoted: evolveJournalExpectedDischargeNoted },
};

/**
 * SVU-9, from A08: the journal expects another day of discharge than it did. Never a change of the case, whose receivers
 * plan by what the hospital has published; the ward is asked, once for each day.
 */
function decideNoteJournalExpectedDischarge(
  command: JournalExpectationCommand,
  state: SvuState,
): Decision<JournalExpectationEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
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

function evolveJournalExpectedDischargeNoted(state: SvuState, event: JournalExpectationEvent): SvuState {
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
export function answerJournal(state: SvuState, event: Moment): SvuState {
  return state.expectedDischarge === state.journalExpects?.date
    ? endReview(state, 'completed', event)
    : state;
}

function endReview(state: SvuState, how: 'completed' | 'cancelled', event: Moment): SvuState {
  return endTodos(state, ({ kind }) => kind === 'review-expected-discharge', how, event);
}
