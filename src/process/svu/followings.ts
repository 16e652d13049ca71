import type { Moment } from '../case/event.js';
import { followGround } from './homecoming-ground.js';
import { countAgain } from './resumed-acknowledgements.js';
import type { SvuState } from './state.js';

type Happened = Moment & { readonly type: string };

/** What follows from an event beside what the event itself changes: seen from the case before it, and the case as it is now. */
type FollowingOfEvent = (before: SvuState, now: SvuState, event: Happened) => SvuState;

/**
 * The one place where it is derived what follows from an event, in this order. Each is looked at after every event, so that no step
 * has to think of it; each sees what those before it did. None may refuse, because the log is read again with it.
 */
const followings: readonly FollowingOfEvent[] = [followGround, countAgain];

/** The case with everything that follows from an event. */
export function followEvent(before: SvuState, now: SvuState, event: Happened): SvuState {
  return followings.reduce((state, follow) => follow(before, state, event), now);
}
