import type { Instant } from '../vocabulary.js';
import type { SourceOrder, StayFact } from './stay.js';

/**
 * Facts of before 2026-12 have nothing but a time, or a sequence: two of the same place are in the course of a stay, what is cancelled
 * after what it cancels, and last by their text. Of later facts two never have the same place.
 */
const course: Readonly<Record<StayFact['kind'], number>> = {
  admitted: 0,
  transferred: 1,
  changed: 2,
  discharged: 3,
  'discharge-cancelled': 4,
  'admission-cancelled': 5,
  'of-another-person': 6,
};

const milliseconds = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 } as const;

/**
 * When it happened. Of a time that is known by the minute alone the moment of sending tells where in that minute: at it, or at the
 * minute's end when it was sent later. So a source that writes seconds in some messages and not in others keeps its order.
 */
function happened({ time, precision, sentAt }: SourceOrder): number {
  const from = Date.parse(time);
  if (precision === undefined || sentAt === undefined) return from;
  return Math.min(Math.max(Date.parse(sentAt), from), from + milliseconds[precision] - 1);
}

function sent({ sentAt }: SourceOrder): number {
  return sentAt === undefined ? 0 : Date.parse(sentAt);
}

/** What the fact says, as one text. */
export function contentOf(fact: StayFact): string {
  const {
    ward,
    wardUnknown,
    admittedAt,
    dischargedAt,
    expectedDischarge,
    expectedDischargeRemoved,
    otherCare,
  } = fact;
  const removed = expectedDischargeRemoved === true ? 'removed' : undefined;
  const where = wardUnknown === true ? 'unknown' : ward;
  const said = [where, admittedAt, dischargedAt, expectedDischarge, removed];
  return [...said, ...(otherCare === true ? ['other care'] : [])].map((each) => each ?? '').join(' ');
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Whether the source says that one fact is newer than another. */
export function isAfter(one: StayFact, other: StayFact): boolean {
  return placed([one], other).at(-1) === one;
}

/** The facts with one more at its place; where two cannot be told apart, it is the later one. */
export function placed(facts: readonly StayFact[], fact: StayFact): readonly StayFact[] {
  const all = [...facts, fact];
  const certain = new Map(withCertainTimes(all).map((each, place) => [each, all[place] ?? fact]));
  return inOrder([...certain.keys()]).map((each) => certain.get(each) ?? each);
}

/**
 * The facts as they can have happened: of those told without a zone in the hour that comes twice, one that was received after another
 * and shows an earlier time happened an hour after what it shows. A source tells what happens as it happens.
 */
function withCertainTimes(facts: readonly StayFact[]): readonly StayFact[] {
  const uncertain = facts
    .filter(({ order: { ambiguous, received } }) => ambiguous === true && received !== undefined)
    .toSorted((one, other) => (one.order.received ?? 0) - (other.order.received ?? 0));
  let latest = -Infinity;
  const later = new Map<StayFact, StayFact>();
  for (const fact of uncertain) {
    const shown = Date.parse(fact.order.time);
    if (shown < latest) later.set(fact, anHourLater(fact));
    latest = Math.max(latest, Date.parse(later.get(fact)?.order.time ?? fact.order.time));
  }
  return facts.map((fact) => later.get(fact) ?? fact);
}

/** The moment of sending is read by the same clock, unless it says another hour already. */
function anHourLater(fact: StayFact): StayFact {
  const { time, sentAt } = fact.order;
  const shift = (moment: Instant): Instant => new Date(Date.parse(moment) + milliseconds.hour).toISOString();
  const moved = shift(time);
  const sent =
    sentAt === undefined ? {} : { sentAt: Date.parse(sentAt) < Date.parse(moved) ? shift(sentAt) : sentAt };
  return { ...fact, order: { ...fact.order, time: moved, ...sent } };
}

function inOrder(facts: readonly StayFact[]): readonly StayFact[] {
  const minuteOf = ({ order }: StayFact): number => Math.floor(happened(order) / minute);
  return groups(facts, (one, other) => minuteOf(one) - minuteOf(other)).flatMap(withinMinute);
}

/**
 * The facts of one minute: when each happened, then when it was sent. Where both are known of one to the minute alone, that minute is
 * taken in the order of sending as a whole: when in it that one happened nobody can tell.
 */
function withinMinute(facts: readonly StayFact[]): readonly StayFact[] {
  const bySending = facts.some(isVague) && facts.every(({ order }) => order.sentAt !== undefined);
  const sentMinute = ({ order }: StayFact): number => Math.floor(sent(order) / minute);
  const compare: Compare = bySending
    ? (one, other) => sentMinute(one) - sentMinute(other)
    : (one, other) => happened(one.order) - happened(other.order) || sent(one.order) - sent(other.order);
  return groups(facts, compare).flatMap(asTold);
}

/** Whether the moment of sending, on a whole minute as one that is written without seconds, is all that says when in its minute. */
function isVague({ order }: StayFact): boolean {
  const { precision, sentAt } = order;
  if (precision === undefined || precision === 'second' || sentAt === undefined) return false;
  return Date.parse(sentAt) % minute === 0 && happened(order) === Date.parse(sentAt);
}

/**
 * Facts that were sent at once: by the source's numbers where each has one and they follow each other, else by receipt. A number that
 * is left out, or a counter that began again, says nothing.
 */
function asTold(facts: readonly StayFact[]): readonly StayFact[] {
  const numbers = facts.flatMap(({ order }) => order.sequence ?? []);
  const counted =
    numbers.length === facts.length && Math.max(...numbers) - Math.min(...numbers) < followingNumbers;
  const received = facts.every(({ order }) => order.received !== undefined);
  const sequenceOf = ({ order }: StayFact): number => (counted || !received ? (order.sequence ?? -1) : 0);
  return facts.toSorted(
    (one, other) =>
      sequenceOf(one) - sequenceOf(other) ||
      (one.order.received ?? -1) - (other.order.received ?? -1) ||
      course[one.kind] - course[other.kind] ||
      compareText(contentOf(one), contentOf(other)),
  );
}

/** The numbers of one stay's messages of one moment lie nearer to each other than this, unless the counter began again. */
const followingNumbers = 100;
const minute = milliseconds.minute;

type Compare = (one: StayFact, other: StayFact) => number;

/** In order, those that are equal together. */
function groups(facts: readonly StayFact[], compare: Compare): readonly (readonly StayFact[])[] {
  const together: StayFact[][] = [];
  for (const fact of facts.toSorted(compare)) {
    const last = together.at(-1);
    if (last?.[0] !== undefined && compare(last[0], fact) === 0) last.push(fact);
    else together.push([fact]);
  }
  return together;
}
