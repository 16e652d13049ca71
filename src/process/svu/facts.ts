import { accept, reject } from '../rejection.js';
import type { Decision } from '../rejection.js';
import { isInstant } from '../time.js';
import type { TodoKind } from '../vocabulary.js';
import { addressByHandKey } from './addressing.js';
import type { RegisterChange } from './commands.js';
import { happened } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from './events.js';
import { fromOutside } from './guards.js';
import { isOpen } from './questions.js';
import type { SvuState } from './state.js';
import { endTodos, isHospitalsOwn, openTodo } from './todos.js';

/** A case that is over or frozen takes no facts: they show in the stay, and a frozen case takes no new data (PAT-6). */
const listens = (state: SvuState): boolean => isOpen(state) && !state.frozen;

/**
 * SVU-25, from A02: the case follows the ward; it is not a discharge. The new ward joins and the old one leaves (ADR-11). A
 * ward outside the configuration cannot be followed: the case stays where it is, and its ward is asked to address it by hand.
 */
export function decideChangeWard(command: CommandOf<'change-ward'>, state: SvuState): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  if (!listens(state)) return accept();
  const { ward, known } = command.data;
  if (!known) {
    return state.notAddressed.hospital === undefined
      ? accept(happened(command, 'AddressingFailed', { side: 'hospital', cause: 'ward-unknown' }))
      : accept();
  }
  const changed = happened(command, 'WardChanged', { ward });
  if (ward === state.ward) {
    const newer = state.journalDischargedAt !== undefined || state.notAddressed.hospital !== undefined;
    return newer ? accept(changed) : accept();
  }
  return accept(
    ...(state.participants[ward] === undefined
      ? [happened(command, 'ParticipantAdded', { unit: ward, side: 'hospital', ground: 'ward-change' })]
      : []),
    changed,
    ...(state.participants[state.ward] === undefined
      ? []
      : [happened(command, 'ParticipantRemoved', { unit: state.ward })]),
  );
}

/** What the ward had to do is now the new ward's; a patient who is at a ward has not gone home. */
export function evolveWardChanged(state: SvuState, event: EventOf<'WardChanged'>): SvuState {
  const { ward } = event.data;
  const { journalDischargedAt: _superseded, ...rest } = state;
  const { hospital: _found, ...notAddressed } = state.notAddressed;
  const todos = Object.fromEntries(
    Object.entries(state.todos).map(([key, todo]) => [
      key,
      todo.state === 'requested' && isHospitalsOwn(todo) && todo.unit === state.ward
        ? { ...todo, unit: ward }
        : todo,
    ]),
  );
  const moved = { ...rest, ward, notAddressed, todos };
  const stays = endTodos(moved, (todo) => todo.kind === 'publish-discharge', 'cancelled', event);
  return endTodos(stays, (todo) => todo.key === addressByHandKey('hospital'), 'completed', event);
}

/** From A03: a to-do to publish the discharge with the date filled in. Never a discharge: SVU-21 needs human answers. */
export function decideNoteJournalDischarge(
  command: CommandOf<'note-journal-discharge'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const { dischargedAt } = command.data;
  if (!isInstant(dischargedAt)) return reject('time-not-understood', { field: 'dischargedAt' });
  if (!listens(state) || state.journalDischargedAt === dischargedAt) return accept();
  return accept(happened(command, 'JournalDischargeNoted', { dischargedAt }));
}

export function evolveJournalDischargeNoted(
  state: SvuState,
  event: EventOf<'JournalDischargeNoted'>,
): SvuState {
  const { dischargedAt } = event.data;
  return askWard(
    { ...state, journalDischargedAt: dischargedAt },
    'publish-discharge',
    { dischargedAt },
    event,
  );
}

/** PAT-7: a change in a register reaches the open case. */
export function decideNoteRegisterChange(
  command: CommandOf<'note-register-change'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const changed = [...new Set(command.data.changed)].toSorted();
  return listens(state) && changed.length > 0
    ? accept(happened(command, 'RegisterChangeNoted', { changed }))
    : accept();
}

/** Changes that may ask for another addressee or another plan. A new name or address just shows. */
const toReview: ReadonlySet<RegisterChange> = new Set<RegisterChange>([
  'municipality',
  'listing',
  'deceased',
  'deregistered',
]);

export function evolveRegisterChangeNoted(state: SvuState, event: EventOf<'RegisterChangeNoted'>): SvuState {
  const changed: readonly string[] = event.data.changed.filter((each) => toReview.has(each));
  if (changed.length === 0) return state;
  const waiting = openOfKind(state, 'review-register-change')?.input?.['changed']?.split(',') ?? [];
  const all = [...new Set([...waiting, ...changed])].toSorted().join(',');
  return askWard(state, 'review-register-change', { changed: all }, event);
}

/**
 * From A01 at another ward while this case is open: the ward of the case is asked whether it is to be ended or handed over.
 * The admitting ward does not take part and learns nothing of the case from this (ACC-1).
 */
export function decideNoteAdmissionElsewhere(
  command: CommandOf<'note-admission-elsewhere'>,
  state: SvuState,
): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  const { ward } = command.data;
  const asked = openOfKind(state, 'review-open-case-elsewhere')?.input?.['ward'] === ward;
  if (!listens(state) || state.participants[ward] !== undefined || asked) return accept();
  return accept(happened(command, 'AdmissionElsewhereNoted', { ward }));
}

export function evolveAdmissionElsewhereNoted(
  state: SvuState,
  event: EventOf<'AdmissionElsewhereNoted'>,
): SvuState {
  return askWard(state, 'review-open-case-elsewhere', { ward: event.data.ward }, event);
}

function openOfKind(state: SvuState, kind: TodoKind) {
  return Object.values(state.todos).find((todo) => todo.kind === kind && todo.state === 'requested');
}

/** Gives the ward a to-do; one of the same kind that is still open gets the news instead. */
function askWard(
  state: SvuState,
  kind: TodoKind,
  input: Readonly<Record<string, string>>,
  event: SvuEvent,
): SvuState {
  const waiting = openOfKind(state, kind);
  const number = Object.values(state.todos).filter((todo) => todo.kind === kind).length + 1;
  return openTodo(
    state,
    {
      key: waiting?.key ?? `${kind}:${number}`,
      kind,
      unit: state.ward,
      responsibility: 'write',
      input,
    },
    waiting?.openedAt ?? event.at,
  );
}
