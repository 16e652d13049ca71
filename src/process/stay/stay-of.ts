import { contentOf } from './source-order.js';
import type { HsaId, Instant, Uuid } from '../vocabulary.js';
import type { StayFact, StayState } from './stay.js';

/** A stay from its facts in the source's order, whatever the order they came in. The last says where it is now; the others add what it lacks. */
export function stayOf(personId: Uuid, all: readonly StayFact[]): StayState {
  const facts = telling(all);
  const status = isGivenUp(all) ? 'cancelled' : statusOf(facts);
  const placing = placingOf(facts);
  const placedAt = placing.at(-1) ?? facts.findLast((fact) => fact.ward !== undefined);
  const admittedAt = admissionOf(facts);
  const left = status === 'finished' ? facts.findLast((fact) => fact.kind === 'discharged') : undefined;
  const expected = facts.findLast(saysExpectedDischarge)?.expectedDischarge;
  return {
    kind: 'stay',
    personId,
    status,
    ...(placedAt?.ward === undefined ? {} : { ward: placedAt.ward, wardOrder: placedAt.order }),
    ...(admittedAt === undefined ? {} : { admittedAt }),
    ...(left?.dischargedAt === undefined ? {} : { dischargedAt: left.dischargedAt }),
    ...(expected === undefined ? {} : { expectedDischarge: expected }),
    ...(facts.findLast(saysCare)?.otherCare === true ? { otherCare: true } : {}),
    wards: wardsOf(placing),
    lastOrder: all.at(-1)?.order ?? { time: '' },
    facts: all,
  };
}

/**
 * Without admissions that were told before in the same words: an old message that is sent again under another id, hours later perhaps,
 * with a time to the minute lands at the end of its minute and admits nobody again. After what takes the first back it counts.
 */
function withoutRepeats(all: readonly StayFact[]): readonly StayFact[] {
  let told = new Set<string>();
  return all.filter((fact) => {
    const takesBack = fact.kind === 'admission-cancelled' && fact.otherCare !== true;
    if (takesBack || fact.kind === 'of-another-person') told = new Set();
    if (fact.kind !== 'admitted') return true;
    const words = `${Date.parse(fact.order.time)} ${contentOf(fact)}`;
    if (told.has(words)) return false;
    told.add(words);
    return true;
  });
}

/** What a fact makes of a stay. Changed data leaves it as it is: what is written after the discharge ends no discharge. */
const statusAfter = {
  admitted: 'in-progress',
  transferred: 'in-progress',
  changed: undefined,
  discharged: 'finished',
  'admission-cancelled': 'cancelled',
  'discharge-cancelled': 'in-progress',
  'of-another-person': 'cancelled',
} as const satisfies Record<StayFact['kind'], StayState['status'] | undefined>;

/**
 * The facts by which the stay is what it is: without what is said of the visit in other care when the stay is over, for the patient may
 * have come back as an outpatient under the same visit (decision 116; SVU-21, SVU-24). While it goes on, an admission that is taken back in
 * other care says but that the visit is other care. Whose the visit is, any fact says (`isGivenUp`).
 */
function telling(all: readonly StayFact[]): readonly StayFact[] {
  let status: StayState['status'] = 'in-progress';
  return withoutRepeats(all).flatMap((fact): readonly StayFact[] => {
    if (fact.kind === 'of-another-person' || (fact.otherCare === true && status !== 'in-progress')) return [];
    if (fact.otherCare === true && fact.kind === 'admission-cancelled')
      return [{ kind: 'changed', order: fact.order, otherCare: true }];
    status = statusAfter[fact.kind] ?? status;
    return [fact];
  });
}

/** PAT-13: the source said last that the visit is another person's. */
export function isGivenUp(facts: readonly StayFact[]): boolean {
  return facts.findLast(({ kind }) => kind !== 'admission-cancelled')?.kind === 'of-another-person';
}

/** A stay of which nothing but changed data is known is under way: the journal would not write about it otherwise. */
function statusOf(facts: readonly StayFact[]): StayState['status'] {
  return facts.reduce(statusWith, 'in-progress');
}

function statusWith(before: StayState['status'], { kind }: StayFact): StayState['status'] {
  return statusAfter[kind] ?? before;
}

/** A fact after which the visit goes on says as what care; its end, or that it never was, says nothing of that. */
const saysCare = ({ kind }: StayFact): boolean => kind === 'changed' || statusAfter[kind] === 'in-progress';

/** Whether what the stay says last of its status is that the patient was moved. */
export function isLastMoved({ facts }: StayState): boolean {
  return telling(facts).findLast(({ kind }) => statusAfter[kind] !== undefined)?.kind === 'transferred';
}

const saysExpectedDischarge = (fact: StayFact): boolean =>
  fact.expectedDischarge !== undefined || fact.expectedDischargeRemoved === true;

/**
 * The facts that say at which ward the patient is; a stay that is over is at none. An admission or a transfer says so also when it
 * names no ward, and any other that names one that nobody here knows: the patient is then there, and no longer where she was.
 */
function placingOf(facts: readonly StayFact[]): readonly StayFact[] {
  let status = statusOf([]);
  return facts.filter((fact) => {
    status = statusWith(status, fact);
    const names = fact.ward !== undefined || fact.wardUnknown === true;
    const places = names || fact.kind === 'admitted' || fact.kind === 'transferred';
    return places && status === 'in-progress';
  });
}

/** Where a patient is who is at a ward that nobody here knows; no HSA-id. */
export const nowhere = 'nowhere';

/** The ward where the stay says that the patient is, or was last, or `nowhere`; undefined: it has not said. */
export function placeOf(stay: StayState | undefined): HsaId | undefined {
  return stay?.ward ?? (lastPlacing(stay) === undefined ? undefined : nowhere);
}

/** Since when, by the source; undefined: it has not said where. */
export function placedSince(stay: StayState): Instant | undefined {
  return lastPlacing(stay)?.order.time;
}

function lastPlacing(stay: StayState | undefined): StayFact | undefined {
  return placingOf(telling(stay?.facts ?? [])).at(-1);
}

/** What the newest admission, or change of its data, says; without one, what the newest transfer says. */
function admissionOf(facts: readonly StayFact[]): string | undefined {
  const told = (...kinds: readonly StayFact['kind'][]) =>
    facts.findLast((fact) => kinds.includes(fact.kind) && fact.admittedAt !== undefined)?.admittedAt;
  return told('admitted', 'changed') ?? told('transferred');
}

/** The wards one after the other. A ward told twice in a row is one time there. */
function wardsOf(placing: readonly StayFact[]): StayState['wards'] {
  const wards: { ward: string; from: string; until?: string }[] = [];
  for (const fact of placing) {
    const last = wards.at(-1);
    const here = last?.until === undefined ? last : undefined;
    if (fact.ward === undefined && here) here.until = fact.order.time;
    if (fact.ward === undefined || here?.ward === fact.ward) continue;
    const from = fact.kind === 'admitted' ? (fact.admittedAt ?? fact.order.time) : fact.order.time;
    wards.push({ ward: fact.ward, from });
  }
  return wards;
}
