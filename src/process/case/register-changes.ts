import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { ProcessEvent } from '../vocabulary.js';
import { askLeader, openOfKind } from './ask-leader.js';
import { happened } from './event.js';
import { fromOutside, listens } from './guards.js';
import type { RegisterChange } from './register-change.js';
import { evolveListedUnitChanged, followListing, followRegistration } from './relisting.js';
import type { FollowingEvent, ListedUnitChanged, Relisting } from './relisting.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';

type RegisterChangeNoted = ProcessEvent<
  'RegisterChangeNoted',
  { readonly changed: readonly RegisterChange[] }
>;

export type RegisterChangeEvent = RegisterChangeNoted | ListedUnitChanged;

/** What registers say again of the person of a case of any kind (PAT-7, ADR-7). */
export function registerChanges<State extends CaseState>(
  rules: RulesOfKind<State>,
): Subject<State, Relisting, RegisterChangeEvent, RegisterChangeNoted | FollowingEvent> {
  return {
    decide: { 'note-register-change': decideNote },
    evolve: {
      RegisterChangeNoted: (state, event) => evolveNoted(rules, state, event),
      ListedUnitChanged: (state, event) => evolveListedUnitChanged(rules, state, event),
    },
  };
}

/** PAT-7: a change in a register reaches the open case; a new listing or municipality that it follows (ADR-7, ADR-2) is nothing to look at. */
function decideNote(command: Relisting, state: CaseState): Decision<RegisterChangeNoted | FollowingEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  if (!listens(state)) return accept();
  const listing = followListing(command, state);
  const municipality = followRegistration(command, state);
  const followed = { listing: listing.followed, municipality: municipality.followed };
  const changed = [...new Set(command.data.changed)]
    .filter((each) => !((each === 'listing' || each === 'municipality') && followed[each]))
    .toSorted();
  return accept<RegisterChangeNoted | FollowingEvent>(
    ...listing.events,
    ...municipality.events,
    ...(changed.length > 0 ? [happened(command, 'RegisterChangeNoted', { changed })] : []),
  );
}

/** Changes that may ask for another addressee or another plan. A new name or address just shows. */
const toReview: ReadonlySet<RegisterChange> = new Set<RegisterChange>([
  'municipality',
  'listing',
  'deceased',
  'deregistered',
  'unit-closed',
]);

function evolveNoted<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: RegisterChangeNoted,
): State {
  const changed: readonly string[] = event.data.changed.filter((each) => toReview.has(each));
  if (changed.length === 0) return state;
  const waiting = openOfKind(state, 'review-register-change')?.input?.['changed']?.split(',') ?? [];
  const all = [...new Set([...waiting, ...changed])].toSorted().join(',');
  return askLeader(
    rules.tables.todos,
    state,
    rules.leaderOf(state),
    'review-register-change',
    { changed: all },
    event,
  );
}
