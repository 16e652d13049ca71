import type { StayFact } from './stay.js';

/**
 * Where a source gives two facts the same place, the course of a stay decides: in, moved, out, and what is cancelled after
 * what it cancels. Never arrival.
 */
const course: Readonly<Record<StayFact['kind'], number>> = {
  admitted: 0,
  transferred: 1,
  changed: 2,
  discharged: 3,
  'discharge-cancelled': 4,
  'admission-cancelled': 5,
};

/** A total order of a stay's facts: the source's time, its sequence, the course of a stay, and last the content. */
function compare(one: StayFact, other: StayFact): number {
  return (
    Date.parse(one.order.time) - Date.parse(other.order.time) ||
    (one.order.sequence ?? -1) - (other.order.sequence ?? -1) ||
    course[one.kind] - course[other.kind] ||
    compareText(contentOf(one), contentOf(other))
  );
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
