import type { AddressingEvent } from '../case/addressing.js';
import { openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { Moment } from '../case/event.js';
import type { CancellationEvent } from './cancellations.js';
import type { JournalFactEvent } from './facts.js';
import type { SvuState } from './state.js';
import { moving, wardQuestionEnded } from './ward.js';
import type { WardEvent } from './ward.js';

/** What may follow when the discharge of a case is undone. */
export type Following = WardEvent | AddressingEvent | CancellationEvent | JournalFactEvent;

/**
 * A case that is open again goes where the journal has moved the patient since; its ward is then asked what the journal says of one who
 * has left all the same, or never was there.
 */
export function following(command: Moment, ended: SvuState, reopened: SvuState): readonly Following[] {
  const { journalDischargedAt: dischargedAt, movedSince: move } = ended;
  const isCancelled = openOfKind(ended, 'review-cancelled-admission') !== undefined;
  const isAsked = openOfKind(reopened, 'annul-case') !== undefined;
  const isThere = dischargedAt === undefined && !isCancelled && !isAsked;
  const follows = move !== undefined && (isThere || (move.known && move.elsewhere !== true));
  const moved = follows ? moving({ ...command, data: move }, reopened) : [];
  if (isThere) return moved;
  const asked = moved.length > 0 ? [] : wardQuestionEnded(command, reopened);
  if (isCancelled) return [...moved, ...asked, happened(command, 'AdmissionCancellationNoted', {})];
  // Without a move what is asked stands already.
  const again = moved.length > 0 && dischargedAt !== undefined;
  return [
    ...moved,
    ...asked,
    ...(again ? [happened(command, 'JournalDischargeNoted', { dischargedAt })] : []),
  ];
}
