import type { Command, HsaId, ProcessEvent } from '../vocabulary.js';
import type { AddressingResult } from './addressing-result.js';
import { grounds, nobody } from './addressing.js';
import type { AddressingEvent } from './addressing.js';
import { openOfKind } from './ask-leader.js';
import { happened } from './event.js';
import type { Moment } from './event.js';
import type { ParticipantAdded, ParticipantRemoved } from './participant-events.js';
import { currentDecision, isRefused, policyOfCase, unitsOf } from './questions.js';
import type { RegisterChange } from './register-change.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import { endTodos, openTodo } from './todos.js';
import { without } from './without.js';

/**
 * `listed`: where the listing service says now that the patient is listed, told whether it changed or not (ADR-7). `registered`: the
 * inboxes of the municipality of registration, told when that has changed (ADR-2).
 */
export type Relisting = Command<
  'note-register-change',
  {
    readonly changed: readonly RegisterChange[];
    readonly listed?: AddressingResult;
    readonly registered?: AddressingResult;
  }
>;

/** ADR-7: the patient is listed at another unit; without one: at none that the case could be forwarded to. */
export type ListedUnitChanged = ProcessEvent<
  'ListedUnitChanged',
  { readonly unit?: HsaId; readonly unitName?: string }
>;

export type FollowingEvent = ListedUnitChanged | ParticipantAdded | ParticipantRemoved | AddressingEvent;

/** What a case makes of where the patient is listed now. `followed`: nobody else has to look at the new listing. */
export type Followed = { readonly events: readonly FollowingEvent[]; readonly followed: boolean };

const nothing: Followed = { events: [], followed: false };

/**
 * ADR-7: a patient who is listed at another unit. A published case stays with the health centre it was addressed to, which
 * forwards it; a draft, which nobody outside the hospital has seen (ACC-2), is addressed again. While the listing service has
 * not answered for the case at all, addressing it is the retry's (ADR-13).
 */
export function followListing(command: Relisting, state: CaseState): Followed {
  const { listed } = command.data;
  if (listed === undefined || state.notAddressed.outpatient === 'service-unavailable') return nothing;
  if (state.phase === 'draft') return readdress(command, state, 'outpatient', firstOf(listed));
  return forward(command, state, listed);
}

/**
 * ADR-2: a patient who is registered in another municipality. A draft, which nobody outside the hospital has seen (ACC-2), is addressed
 * again, so that it is not published to the one she has left. Of a published case the ward looks at it (PAT-7).
 */
export function followRegistration(command: Relisting, state: CaseState): Followed {
  const { registered } = command.data;
  if (registered === undefined || state.phase !== 'draft') return nothing;
  if (state.notAddressed.municipality === 'service-unavailable') return nothing;
  return readdress(command, state, 'municipality', registered);
}

/**
 * The units that the register names now in the place of those that it named before; who was added by hand stays (ADR-1, ADR-2), and who was
 * taken out by hand stays out (ADR-10).
 */
function readdress(
  command: Relisting,
  state: CaseState,
  side: 'outpatient' | 'municipality',
  result: AddressingResult,
): Followed {
  const units = result.found ? result.units : [];
  const present = unitsOf(state, side);
  const stale = present.filter(
    (each) => !units.includes(each) && state.participants[each]?.ground === grounds[side],
  );
  const left = stale.map((each) => happened(command, 'ParticipantRemoved', { unit: each }));
  if (result.found && units.length > 0) {
    const joined = units
      .filter((unit) => state.participants[unit] === undefined && state.takenOut?.includes(unit) !== true)
      .map((unit) =>
        happened(command, 'ParticipantAdded', { ...joining(result, unit), side, ground: grounds[side] }),
      );
    return { events: [...joined, ...left], followed: joined.length + left.length > 0 };
  }
  if (stale.length === 0 || stale.length < present.length) return { events: left, followed: false };
  const cause = result.found ? nobody[side] : result.cause;
  return { events: [...left, happened(command, 'AddressingFailed', { side, cause })], followed: true };
}

/** Of several listings the first is the one (ADR-1). */
const firstOf = (listed: AddressingResult): AddressingResult =>
  listed.found ? { ...listed, units: listed.units.slice(0, 1) } : listed;

function forward(command: Relisting, state: CaseState, listed: AddressingResult): Followed {
  const addressed = addressedUnit(state);
  if (addressed === undefined) return nothing;
  const unit = unitOf(listed);
  if (unit === (state.listed ?? addressed)) return nothing;
  const tellable = unit !== undefined && (state.participants[unit] !== undefined || mayTellListing(state));
  if (tellable) {
    return { events: [happened(command, 'ListedUnitChanged', named(listed, unit))], followed: true };
  }
  // Nowhere to forward it to: what asked for it before no longer holds, and the ward looks at the new listing.
  const asked = openOfKind(state, 'forward-to-new-health-centre') !== undefined;
  return { events: asked ? [happened(command, 'ListedUnitChanged', {})] : [], followed: false };
}

const unitOf = (listed: AddressingResult): HsaId | undefined => (listed.found ? listed.units[0] : undefined);

function named(listed: AddressingResult, unit: HsaId): { unit: HsaId; unitName?: string } {
  const unitName = listed.found ? listed.unitNames?.[unit] : undefined;
  return { unit, ...(unitName === undefined ? {} : { unitName }) };
}

/** ADR-14: the same of a unit that joins, and whether it passes its cases on. */
function joining(
  result: AddressingResult,
  unit: HsaId,
): ReturnType<typeof named> & { distributesIn?: string } {
  const distributesIn = result.found ? result.distributing?.[unit] : undefined;
  return { ...named(result, unit), ...(distributesIn === undefined ? {} : { distributesIn }) };
}

/** The health centre that has the case: the listed one, else the one that was, else one that was added by hand. */
const addressedUnit = (state: CaseState): HsaId | undefined =>
  listedUnit(state) ?? unitsOf(state, 'outpatient')[0];

/** The health centre that has the case because the patient is listed there, or was when it was addressed. */
export function listedUnit(state: CaseState): HsaId | undefined {
  const units = unitsOf(state, 'outpatient');
  return (
    units.find((unit) => unit === state.listed) ??
    units.find((unit) => state.participants[unit]?.ground === 'listing')
  );
}

/** Where somebody is listed is register data: under refusal the policy says (CON-5); without a decision nothing new (CON-8). */
function mayTellListing(state: CaseState): boolean {
  if (currentDecision(state) === undefined) return false;
  return !isRefused(state) || policyOfCase(state).minimumUnderRefusal.includes('register-data');
}

/** The addressed health centre has one to-do to forward the case, to where the patient is listed now; none where that unit is. */
export function evolveListedUnitChanged<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: ListedUnitChanged,
): State {
  const { unit, unitName } = event.data;
  const rest = without(endTodos(state, isForwarding, 'cancelled', event), 'listed');
  if (unit === undefined) return rest;
  const relisted: State = { ...rest, listed: unit };
  const addressed = addressedUnit(state);
  if (addressed === undefined || state.participants[unit] !== undefined) return relisted;
  const number = Object.values(state.todos).filter(isForwarding).length + 1;
  return openTodo(
    rules.tables.todos,
    relisted,
    {
      key: `forward-to-new-health-centre:${number}`,
      kind: 'forward-to-new-health-centre',
      unit: addressed,
      input: { unit, ...(unitName === undefined ? {} : { unitName }) },
    },
    event.at,
  );
}

/** The new health centre takes part: the case is forwarded, whoever added it. */
export function forwarded<State extends CaseState>(state: State, event: ParticipantAdded): State {
  const { unit } = event.data;
  return endTodos(state, (todo) => isForwarding(todo) && todo.input?.['unit'] === unit, 'completed', event);
}

/**
 * The listing may have changed while nobody was to know it (PAT-6): nobody is asked to forward the case until the listing
 * service says again where the patient is listed.
 */
export function forgetListing<State extends CaseState>(state: State): State {
  const { listed } = state;
  const stays = listed !== undefined && state.participants[listed] !== undefined;
  const interrupted = state.interrupted.filter((key) => !isForwarding(state.todos[key]));
  return { ...(stays ? state : without(state, 'listed')), interrupted };
}

/** CON-5: under a refusal that shares no register data nobody outside the hospital is told where the patient is listed. */
export function hideListing<State extends CaseState>(state: State, event: Moment): State {
  if (mayTellListing(state)) return state;
  const ended = endTodos(forgetListing(state), isForwarding, 'cancelled', event);
  const todos = Object.entries(ended.todos).map(([key, todo]) => {
    if (!isForwarding(todo)) return [key, todo] as const;
    const { input: _forgotten, ...bare } = todo;
    return [key, bare] as const;
  });
  return { ...ended, todos: Object.fromEntries(todos) };
}

function isForwarding(todo: CaseState['todos'][string] | undefined): boolean {
  return todo?.kind === 'forward-to-new-health-centre';
}
