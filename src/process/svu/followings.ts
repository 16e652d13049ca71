import type { Moment } from '../case/event.js';
import { followDistribution } from '../case/distributing.js';
import { followContact } from './ask-contact.js';
import { followBegun } from './cancellations.js';
import { followDocuments } from './documents-asked.js';
import { followGround } from './homecoming-ground.js';
import { followPlanning } from './planning-ground.js';
import { countAgain } from './resumed-acknowledgements.js';
import { followShortStay } from './short-stay.js';
import type { SvuState } from './state.js';
import { followTrack } from './track.js';
import { svuTables } from './tables.js';
import { followStatement } from './statement-ground.js';

type Happened = Moment & { readonly type: string };

/** What follows from an event beside what the event itself changes: seen from the case before it, and the case as it is now. */
type FollowingOfEvent = (before: SvuState, now: SvuState, event: Happened) => SvuState;

/** `since`: the rules of the case (`rules` of its opening) from which it holds; a case that was opened before gets no to-do that nobody was told of. */
type Following = { readonly follow: FollowingOfEvent; readonly since: number };

/**
 * The one place where it is derived what follows from an event, in this order. Each is looked at after every event, so that no step
 * has to think of it; each sees what those before it did. None may refuse, because the log is read again with it.
 */
const followings: readonly Following[] = [
  { follow: followGround, since: 0 },
  { follow: countAgain, since: 0 },
  { follow: followContact, since: 1 },
  // An older case never heard of its forms.
  { follow: followBegun, since: 0 },
  // Held by its setting.
  { follow: followPlanning, since: 0 },
  { follow: followDocuments, since: 2 },
  // An older case never heard what its planning basis says.
  { follow: followTrack, since: 0 },
  // Held by what the case keeps of its inboxes.
  { follow: (before, now, event) => followDistribution(svuTables.todos, before, now, event), since: 0 },
  // Held by its setting.
  { follow: followShortStay, since: 0 },
  // No older case has a statement that anybody has written in.
  { follow: followStatement, since: 0 },
];

/** The case with everything that follows from an event. */
export function followEvent(before: SvuState, now: SvuState, event: Happened): SvuState {
  const { rules = 0 } = now;
  return followings.reduce(
    (state, { follow, since }) => (rules < since ? state : follow(before, state, event)),
    now,
  );
}
