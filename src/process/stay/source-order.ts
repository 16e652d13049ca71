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

/** A total order of a stay's facts: when it happened, when it was sent, the source's sequence, and the order of receipt. */
function compare(one: StayFact, other: StayFact): number {
  return (
    happened(one.order) - happened(other.order) ||
    sent(one.order) - sent(other.order) ||
    (one.order.sequence ?? -1) - (other.order.sequence ?? -1) ||
    (one.order.received ?? -1) - (other.order.received ?? -1) ||
    course[one.kind] - course[other.kind] ||
    compareText(contentOf(one), contentOf(other))
  );
}

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
  const { ward, admittedAt, dischargedAt, expectedDischarge, expectedDischargeRemoved } = fact;
  const removed = expectedDischargeRemoved === true ? 'removed' : undefined;
  return [ward, admittedAt, dischargedAt, expectedDischarge, removed].map((each) => each ?? '').join(' ');
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Whether the source says that one fact is newer than another. */
export function isAfter(one: StayFact, other: StayFact): boolean {
  return compare(one, other) > 0;
}

/** The facts with one more at its place. */
export function placed(facts: readonly StayFact[], fact: StayFact): readonly StayFact[] {
  return [...facts, fact].toSorted(compare);
}
