import { happened } from '../case/event.js';
import { admit } from '../case/guards.js';
import { openTodo } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { hoursAfter, isBefore, isInFuture, isInstant } from '../time.js';
import type { Command, Instant, ProcessEvent } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { hospitalStep } from './guards.js';
import { svuTables } from './tables.js';

export type NeedsAssessmentCommand =
  /** The doctor's assessment that needs exist, later than the opening of the case (SVU-5). */
  Command<'record-needs-assessment', { readonly needsAssessedAt: Instant }>;

export type NeedsAssessmentEvent = ProcessEvent<'NeedsAssessed', { readonly needsAssessedAt: Instant }>;

export const needsAssessment: Subject<SvuState, NeedsAssessmentCommand, NeedsAssessmentEvent> = {
  decide: { 'record-needs-assessment': decideRecordNeedsAssessment },
  evolve: { NeedsAssessed: evolveNeedsAssessed },
};

/** The key of the ward's to-do to publish the admission notice: a case is published for the first time once. */
export const publishAdmissionNoticeKey = 'publish-admission-notice';

/** SVU-5: 24 hours after the admission, or after the doctor's later assessment that needs exist. */
export function admissionNoticeDue(admittedAt: Instant, needsAssessedAt: Instant | undefined): Instant {
  const from =
    needsAssessedAt !== undefined && isBefore(admittedAt, needsAssessedAt) ? needsAssessedAt : admittedAt;
  return hoursAfter(from, 24);
}

/**
 * SVU-5: the ward is to publish the draft in time. Also where the time has passed already, as when the case is opened late:
 * the notice is still due, and the deadline shows that it is overdue.
 */
export function askToPublish(state: SvuState, event: { readonly at: Instant }): SvuState {
  return openTodo(
    svuTables.todos,
    state,
    {
      key: publishAdmissionNoticeKey,
      kind: 'publish-admission-notice',
      unit: state.ward,
    },
    event.at,
  );
}

/** SVU-5: the doctor assesses after the case was opened that needs exist, or the time of it is put right. */
function decideRecordNeedsAssessment(
  command: NeedsAssessmentCommand,
  state: SvuState,
): Decision<NeedsAssessmentEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-publishes'));
  if (rejected !== undefined) return rejected;
  const { needsAssessedAt } = command.data;
  const field = 'needsAssessedAt';
  if (!isInstant(needsAssessedAt)) return reject('time-not-understood', { field });
  if (isInFuture(needsAssessedAt, command.at)) return reject('assessment-of-needs-in-the-future', { field });
  if (needsAssessedAt === state.needsAssessedAt) return accept();
  if (state.phase !== 'draft') return reject('already-published');
  return accept(happened(command, 'NeedsAssessed', { needsAssessedAt }));
}

/** The due time moves, and with it the deadline of the to-do, whose row names it (todo-kinds.ts). */
function evolveNeedsAssessed(state: SvuState, event: NeedsAssessmentEvent): SvuState {
  const { needsAssessedAt } = event.data;
  const due = admissionNoticeDue(state.admittedAt, needsAssessedAt);
  return { ...state, needsAssessedAt, admissionNoticeDue: due };
}
