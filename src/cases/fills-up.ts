import type { AnyStep } from '../process/case/kind-of-case.js';
import { sharedAlwaysTaken } from '../process/case/shared-subjects.js';
import type { CaseState } from '../process/case/state.js';
import type { Instant, UserActor } from '../process/vocabulary.js';
import type { CaseKind } from './kinds/case-kind.js';
import { hasSentItsShare } from './share-of-case.js';

/**
 * Whether the step would send one more notice of a case that is full, and goes on. Some steps are always taken, and so is the end of a
 * case. A case is full for a unit when it has sent as many notices as it may, and that unit its share of them: one that fills it
 * stops itself and nobody else (decision 103).
 *
 * @param most how many notices a case may send; with the shares of units that had not used theirs, twice as many at most
 */
export function fillsUp(
  { stream, alwaysTaken }: CaseKind,
  state: CaseState,
  command: AnyStep & { readonly at: Instant; readonly by: UserActor },
  most: number,
): boolean {
  if (sharedAlwaysTaken.has(command.type) || alwaysTaken?.has(command.type) === true) return false;
  const sent = Object.keys(state.notices).length;
  if (!stream.isOpen(state)) return false;
  if (!hasSentItsShare(command.by.unit, most, { senders: sendersOf(state), sent })) return false;
  const events = stream.decider.decide(command, state).events ?? [];
  const after = events.reduce((each, event) => stream.decider.evolve(each, event), state);
  return stream.isOpen(after) && Object.keys(after.notices).length > sent;
}

/** The unit of each notice that a unit sent. */
const sendersOf = ({ notices }: CaseState): readonly string[] =>
  Object.values(notices).flatMap(({ sentBy }) => (sentBy.kind === 'user' ? [sentBy.unit] : []));
