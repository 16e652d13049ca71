import { openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { OfType } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { endTodos } from '../case/todos.js';
import type { StayChange } from '../case/told-of-stay.js';
import type { Moment } from '../case/event.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { StayState } from '../stay/stay.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import type { SvuState } from './state.js';

export type OtherCareCommand =
  /** The journal has the visit of the case as other care than a stay in hospital. */
  | Command<'note-other-care', Record<string, never>>
  /** It has it as a stay in hospital again, or as over. */
  | Command<'note-other-care-ended', Record<string, never>>;

export type OtherCareEvent =
  | ProcessEvent<'OtherCareNoted', Record<string, never>>
  | ProcessEvent<'OtherCareEnded', Record<string, never>>;

/** SVU-21: a visit that the journal makes other care may be over as a stay. That is no discharge: its ward is asked. */
export const otherCare: Subject<SvuState, OtherCareCommand, OtherCareEvent> = {
  decide: {
    'note-other-care': decideNoteOtherCare,
    'note-other-care-ended': decideNoteOtherCareEnded,
  },
  evolve: {
    OtherCareNoted: (state, event) => askWard(state, asked, {}, event),
    OtherCareEnded: (state, event) => endTodos(state, ({ kind }) => kind === asked, 'cancelled', event),
  },
};

const asked = 'review-other-care';

function decideNoteOtherCare(
  command: OfType<OtherCareCommand, 'note-other-care'>,
  state: SvuState,
): Decision<OtherCareEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (!listens(state) || openOfKind(state, asked) !== undefined) return accept();
  return accept(happened(command, 'OtherCareNoted', {}));
}

function decideNoteOtherCareEnded(
  command: OfType<OtherCareCommand, 'note-other-care-ended'>,
  state: SvuState,
): Decision<OtherCareEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (!listens(state) || openOfKind(state, asked) === undefined) return accept();
  return accept(happened(command, 'OtherCareEnded', {}));
}

const isOther = (stay: StayState | undefined): boolean =>
  stay?.status === 'in-progress' && stay.otherCare === true;

/**
 * What its own stay makes of the question to the ward of an open case. What the ward has reviewed is asked again only when the journal has
 * called the visit a stay in between.
 * @param anew the case hears of this stay for the first time
 */
export function otherCareOf(
  state: SvuState,
  { before, now }: Pick<StayChange, 'before' | 'now'>,
  { at, by }: Moment,
  anew = false,
): readonly OtherCareCommand[] {
  if (isOther(now)) return isOther(before) && !anew ? [] : [{ type: 'note-other-care', at, by, data: {} }];
  const isAsked = openOfKind(state, asked) !== undefined;
  return isAsked ? [{ type: 'note-other-care-ended', at, by, data: {} }] : [];
}
