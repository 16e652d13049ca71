import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, ProcessEvent } from '../vocabulary.js';
import type { AddressedSide, AddressingFailureCause, AddressingResult } from './addressing-result.js';
import { endHandOver } from './ask-leader.js';
import { happened } from './event.js';
import type { Moment, OfType } from './event.js';
import { fromOutside } from './guards.js';
import type { ParticipantAdded } from './participant-events.js';
import { isOpen, unitsOf } from './questions.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import { endTodos, openTodo } from './todos.js';

export type AddressingCommand = Command<'address', Results>;

export type AddressingEvent =
  | ProcessEvent<'AddressingFailed', { readonly side: AddressedSide; readonly cause: AddressingFailureCause }>
  /** A lookup that was down has answered, and the units it would address take part already (ADR-13). */
  | ProcessEvent<'AddressingSettled', { readonly side: AddressedSide }>;

/** Addressing by lookups (ADR-1, ADR-2, ADR-13), in a case of any kind. */
export function addressing<State extends CaseState>(
  rules: RulesOfKind<State>,
): Subject<State, AddressingCommand, AddressingEvent, AddressingEvent | ParticipantAdded> {
  return {
    decide: { address: decideAddress },
    evolve: {
      AddressingFailed: (state, event) => evolveFailed(rules, state, event),
      AddressingSettled: evolveSettled,
    },
  };
}

type Results = { readonly outpatient?: AddressingResult; readonly municipality?: AddressingResult };

/** On what ground a unit takes part that a register named. */
export const grounds = { outpatient: 'listing', municipality: 'register' } as const;

/** A lookup that finds no unit at all has failed as one that finds an unknown unit. */
export const nobody: Readonly<Record<'outpatient' | 'municipality', AddressingFailureCause>> = {
  outpatient: 'listed-unit-unknown',
  municipality: 'municipality-unknown',
};

/**
 * The events that put the results of lookups into a case: the listed unit (ADR-1), the receiving units of the municipality
 * (ADR-2), or that a side could not be addressed and why (ADR-13).
 *
 * @param present units that take part already; a unit takes part once
 */
export function addressed(
  command: Moment,
  results: Results,
  present: readonly HsaId[],
): (AddressingEvent | ParticipantAdded)[] {
  const taken = new Set(present);
  return (['outpatient', 'municipality'] as const).flatMap((side): (AddressingEvent | ParticipantAdded)[] => {
    const result = results[side];
    if (result === undefined) return [];
    if (!result.found) return [happened(command, 'AddressingFailed', { side, cause: result.cause })];
    const units = [...new Set(result.units)].filter((unit) => !taken.has(unit));
    if (units.length === 0) return [happened(command, 'AddressingFailed', { side, cause: nobody[side] })];
    return units.map((unit) => {
      taken.add(unit);
      const unitName = result.unitNames?.[unit];
      const distributesIn = result.distributing?.[unit];
      return happened(command, 'ParticipantAdded', {
        unit,
        ...(unitName === undefined ? {} : { unitName }),
        side,
        ground: grounds[side],
        ...(distributesIn === undefined ? {} : { distributesIn }),
      });
    });
  });
}

/**
 * ADR-13: a lookup tried again. Only a side that the lookup has not answered for, or that is without a unit, listens. A unit
 * added by hand while the service was down stands, but it need not be the listed one (ADR-1), so that one still joins. The
 * same failure again says nothing new.
 */
function decideAddress(
  command: AddressingCommand,
  state: CaseState,
): Decision<AddressingEvent | ParticipantAdded> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (!isOpen(state) || state.frozen) return accept();
  const events = (['outpatient', 'municipality'] as const).flatMap(
    (side): (AddressingEvent | ParticipantAdded)[] => {
      const result = command.data[side];
      if (result === undefined || state.notAddressed[side] === undefined) return [];
      const present = unitsOf(state, side);
      const missing = result.found && result.units.some((unit) => !present.includes(unit));
      const unanswered = !result.found && result.cause === 'service-unavailable';
      if (present.length > 0 && !missing) {
        return unanswered ? [] : [happened(command, 'AddressingSettled', { side })];
      }
      return addressed(command, { [side]: result }, Object.keys(state.participants));
    },
  );
  return accept(...events.filter((event) => !isKnownFailure(event, state)));
}

function isKnownFailure(event: AddressingEvent | ParticipantAdded, state: CaseState): boolean {
  return event.type === 'AddressingFailed' && state.notAddressed[event.data.side] === event.data.cause;
}

/** The key of the to-do to address a side by hand. */
export function addressByHandKey(side: AddressedSide): string {
  return `address-by-hand:${side}`;
}

/** ADR-13: the case is marked as not addressed, and the ward has a to-do to address it by hand. */
function evolveFailed<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: OfType<AddressingEvent, 'AddressingFailed'>,
): State {
  const { side, cause } = event.data;
  const failed = { ...state, notAddressed: { ...state.notAddressed, [side]: cause } };
  return askToAddress(rules, cause === 'ward-unknown' ? endHandOver(failed, event) : failed, side, event);
}

/** Gives the unit that leads the case its to-do for a side that is marked as not addressed. */
export function askToAddress<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  side: AddressedSide,
  event: Moment,
): State {
  const cause = state.notAddressed[side];
  if (cause === undefined) return state;
  const key = addressByHandKey(side);
  const before = state.todos[key];
  return openTodo(
    rules.tables.todos,
    state,
    {
      key,
      kind: 'address-by-hand',
      unit: rules.leaderOf(state),
      input: { side, cause },
    },
    before?.state === 'requested' ? before.openedAt : event.at,
  );
}

function evolveSettled<State extends CaseState>(
  state: State,
  event: OfType<AddressingEvent, 'AddressingSettled'>,
): State {
  const { [event.data.side]: _settled, ...notAddressed } = state.notAddressed;
  return addressByHandDone({ ...state, notAddressed }, event.data.side, event);
}

/**
 * A unit of the side has joined, so the ward has addressed it. While the lookup has not answered, the mark stays and it is
 * tried again.
 */
export function markAddressed<State extends CaseState>(
  state: State,
  side: AddressedSide,
  event: ParticipantAdded,
): State {
  if (state.notAddressed[side] === undefined) return state;
  const waits = state.notAddressed[side] === 'service-unavailable' && event.data.ground === 'by-hand';
  const { [side]: _cause, ...notAddressed } = state.notAddressed;
  return addressByHandDone(waits ? state : { ...state, notAddressed }, side, event);
}

function addressByHandDone<State extends CaseState>(state: State, side: AddressedSide, event: Moment): State {
  return endTodos(state, (todo) => todo.key === addressByHandKey(side), 'completed', event);
}
