import { openOfKind } from '../case/ask-leader.js';
import { happened } from '../case/event.js';
import type { Moment, OfType } from '../case/event.js';
import { fromOutside, listens } from '../case/guards.js';
import { endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, ProcessEvent, Uuid } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import type { SvuState } from './state.js';

/** `stayId`: left out in older logs. */
type Elsewhere = { readonly ward?: HsaId; readonly wardName?: string; readonly stayId?: Uuid };

export type OtherStayCommand =
  /** Another stay has begun. The ward is left out where it is of another organisation than the case (ORG-3). */
  | Command<'note-admission-elsewhere', Elsewhere>
  /** That one has ended, or never was. */
  | Command<'note-elsewhere-ended', { readonly stayId: Uuid }>;

export type OtherStayEvent =
  | ProcessEvent<'AdmissionElsewhereNoted', Elsewhere>
  | ProcessEvent<'AdmissionElsewhereEnded', { readonly stayId: Uuid }>;

/** Stays of the patient that are not the one of the case (CON-14). */
export const otherStay: Subject<SvuState, OtherStayCommand, OtherStayEvent> = {
  decide: {
    'note-admission-elsewhere': decideNoteAdmissionElsewhere,
    'note-elsewhere-ended': decideNoteElsewhereEnded,
  },
  evolve: {
    AdmissionElsewhereNoted: evolveAdmissionElsewhereNoted,
    AdmissionElsewhereEnded: evolveAdmissionElsewhereEnded,
  },
};

/**
 * From A01 of another stay while this case is open, also at the same ward: a decision covers one stay (CON-14), so the ward
 * of the case is asked whether it is to be ended or handed over. The admitting ward learns nothing of the case from this
 * (ACC-1), and the ward of the case nothing of where in another organisation the patient is (ORG-3).
 */
function decideNoteAdmissionElsewhere(
  command: OfType<OtherStayCommand, 'note-admission-elsewhere'>,
  state: SvuState,
): Decision<OtherStayEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const asked = openOfKind(state, 'review-open-case-elsewhere');
  const { ward, stayId } = command.data;
  const others = state.admittedElsewhere ?? [];
  const known =
    asked?.input?.['ward'] === ward &&
    (stayId === undefined || others.some((each) => each.stayId === stayId));
  if (!listens(state) || (asked !== undefined && known)) return accept();
  return accept(happened(command, 'AdmissionElsewhereNoted', { ...command.data }));
}

function evolveAdmissionElsewhereNoted(
  state: SvuState,
  event: OfType<OtherStayEvent, 'AdmissionElsewhereNoted'>,
): SvuState {
  const { stayId, ...where } = event.data;
  if (stayId === undefined) return askWard(state, 'review-open-case-elsewhere', where, event);
  // What the ward has reviewed is not asked about again.
  const isAsked = openOfKind(state, 'review-open-case-elsewhere') !== undefined;
  const { admittedElsewhere: others = [] } = isAsked ? withoutStay(state, stayId) : {};
  const noted = { ...state, admittedElsewhere: [...others, { stayId, ...where }] };
  return askWard(noted, 'review-open-case-elsewhere', where, event);
}

/** The other stays that the ward was asked about, without one of them. */
export function withoutStay({ admittedElsewhere }: SvuState, id: Uuid): Pick<SvuState, 'admittedElsewhere'> {
  return admittedElsewhere === undefined
    ? {}
    : { admittedElsewhere: admittedElsewhere.filter(({ stayId }) => stayId !== id) };
}

/** CON-14: the patient is no longer, or never was, in another stay that the ward was asked about. */
function decideNoteElsewhereEnded(
  command: OfType<OtherStayCommand, 'note-elsewhere-ended'>,
  state: SvuState,
): Decision<OtherStayEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  const { stayId } = command.data;
  const asked =
    openOfKind(state, 'review-open-case-elsewhere') !== undefined &&
    state.admittedElsewhere?.some((each) => each.stayId === stayId) === true;
  return listens(state) && asked
    ? accept(happened(command, 'AdmissionElsewhereEnded', { stayId }))
    : accept();
}

function evolveAdmissionElsewhereEnded(
  state: SvuState,
  event: OfType<OtherStayEvent, 'AdmissionElsewhereEnded'>,
): SvuState {
  return askOfLast({ ...state, ...withoutStay(state, event.data.stayId) }, event);
}

/** The ward is asked about the one that came last of the other stays that go on, or about none. */
export function askOfLast(left: SvuState, event: Moment): SvuState {
  const last = left.admittedElsewhere?.at(-1);
  if (last === undefined)
    return endTodos(left, ({ kind }) => kind === 'review-open-case-elsewhere', 'cancelled', event);
  const { stayId: _of, ...where } = last;
  return askWard(left, 'review-open-case-elsewhere', where, event);
}
