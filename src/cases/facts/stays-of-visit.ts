import type { Session } from '../../log/log.js';
import { RetryableFailure } from '../../messaging/inbox/failure.js';
import { isAfter } from '../../process/stay/source-order.js';
import type { SourceOrder, StayFact, StayState } from '../../process/stay/stay.js';
import type { Uuid } from '../../process/vocabulary.js';
import { stayIdOf } from '../deterministic-id.js';
import { systemActor } from '../dependencies.js';
import { stayStream } from '../streams/of-no-case.js';

/** A stay as one person's. */
type StayOf = { readonly id: Uuid; readonly state: StayState };

/** Runs work that may find a visit to be others' too, whose locks it needs, once more with them. */
export async function withOthers<T>(work: (others: readonly Uuid[]) => Promise<T>): Promise<T> {
  try {
    return await work([]);
  } catch (error) {
    if (!(error instanceof OtherPersonsVisit)) throw error;
    return work(error.persons);
  }
}

/** A visit has been told of persons whose locks are not held: the work starts over with them. */
class OtherPersonsVisit extends RetryableFailure {
  constructor(readonly persons: readonly Uuid[]) {
    super('visit-of-another-person', 'hub');
  }
}

/**
 * What the source calls one visit is one stay, until it tells of it as another person's (PAT-13): each person has a stay of his or her own
 * then, under an id of its own, so that no version of either holds anything of the other. The first has the id that the visit's
 * name gives, and knows the others.
 */
export async function staysOfVisit(
  session: Session,
  sender: string,
  visit: string,
): Promise<readonly StayOf[]> {
  const first = stayIdOf(sender, visit);
  const { state } = await session.load(stayStream, first);
  if (state === undefined) return [];
  const others: StayOf[] = [];
  for (const id of state.others ?? []) {
    const other = (await session.load(stayStream, id)).state;
    if (other !== undefined) others.push({ id, state: other });
  }
  return [{ id: first, state }, ...others];
}

/**
 * The id of the stay of this person: the one told of last, should two be his or hers after a merge (PAT-12), or a new one.
 * @throws OtherPersonsVisit when somebody whose lock is not held has a stay of the visit
 */
export function stayOfPerson(
  stays: readonly StayOf[],
  personId: Uuid,
  { sender, visit }: { readonly sender: string; readonly visit: string },
  locked: readonly Uuid[],
): Uuid {
  const others = stays.map(({ state }) => state.personId).filter((id) => id !== personId);
  if (others.some((id) => !locked.includes(id))) throw new OtherPersonsVisit(others);
  const own = stays.filter(({ state }) => state.personId === personId);
  return newest(own)?.id ?? own[0]?.id ?? stayIdOf(sender, visit, stays.length === 0 ? undefined : personId);
}

/**
 * The visit is the person's of whom the source told last; the stays of all others are given up, also where the fact that came last is an
 * older one. What is cancelled says nothing about whose it is now.
 * @returns those that were given up now
 */
export async function settleVisit(
  session: Session,
  sender: string,
  visit: string,
  at: string,
): Promise<readonly StayOf[]> {
  const stays = await staysOfVisit(session, sender, visit);
  const last = newest(stays);
  const claim = last && claimOf(last);
  if (last === undefined || claim === undefined) return [];
  const givenUp: StayOf[] = [];
  for (const { id, state } of stays) {
    const owned = state.status !== 'cancelled' && claimOf({ id, state }) !== undefined;
    if (!owned || state.personId === last.state.personId) continue;
    const { decision, state: now } = await session.execute(stayStream, id, {
      type: 'give-up',
      at,
      by: systemActor('journal'),
      data: { personId: state.personId, order: claim.order },
    });
    if ((decision.events?.length ?? 0) > 0 && now !== undefined) givenUp.push({ id, state: now });
  }
  return givenUp;
}

/**
 * The visit is now somebody's of whom nothing may be kept (PAT-5): the stays of all others are given up, unless a newer fact says that the
 * visit is theirs.
 * @throws OtherPersonsVisit when the lock of one of them is not held
 * @returns those that were given up now
 */
export async function giveUpVisit(
  session: Session,
  { sender, visit }: { readonly sender: string; readonly visit: string },
  to: { readonly persons: readonly Uuid[]; readonly order: SourceOrder; readonly at: string },
  locked: readonly Uuid[],
): Promise<readonly StayOf[]> {
  const stays = (await staysOfVisit(session, sender, visit)).filter((each) => {
    const claim = claimOf(each);
    const other = each.state.status !== 'cancelled' && !to.persons.includes(each.state.personId);
    return other && claim !== undefined && isAfter({ kind: 'of-another-person', order: to.order }, claim);
  });
  const persons = stays.map(({ state }) => state.personId);
  if (persons.some((id) => !locked.includes(id))) throw new OtherPersonsVisit(persons);
  for (const { id, state } of stays) {
    const data = { personId: state.personId, order: to.order };
    await session.execute(stayStream, id, { type: 'give-up', at: to.at, by: systemActor('journal'), data });
  }
  return stays;
}

/**
 * The stay of the person of whom the visit was told last.
 * @throws OtherPersonsVisit when that one's lock is not held
 */
export function ownStay(stays: readonly StayOf[], locked: readonly Uuid[]): StayOf | undefined {
  const own = newest(stays);
  if (own !== undefined && !locked.includes(own.state.personId))
    throw new OtherPersonsVisit([own.state.personId]);
  return own;
}

/** The newest fact that says that the stay is this person's. */
function claimOf({ state }: StayOf): StayFact | undefined {
  return state.facts.findLast(({ kind }) => kind !== 'admission-cancelled' && kind !== 'of-another-person');
}

function newest(stays: readonly StayOf[]): StayOf | undefined {
  let found: StayOf | undefined;
  for (const each of stays) {
    const [claim, best] = [claimOf(each), found && claimOf(found)];
    if (claim !== undefined && (best === undefined || isAfter(claim, best))) found = each;
  }
  return found;
}
