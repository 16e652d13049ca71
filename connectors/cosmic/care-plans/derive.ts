import { isDeepStrictEqual } from 'node:util';
import type { CarePlanFact, PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { isSamePerson } from '../is-same-person.js';
import type { Remembered, Source } from '../kind.js';
import { present } from '../present.js';
import { earliest, latest } from '../times.js';
import type { Description, ObservedPlan } from './translate.js';

/** What was told last of a CarePlan, as it is kept between polls. */
export type ReportedPlan = Remembered & {
  /** What was said, to be said again in the same words; forgotten with the person. */
  readonly content?: Said;
  /** Of the last fact; the next has a higher one. */
  readonly sequence: number;
  /** `occurredAt` of the last fact; no later fact has an earlier one. */
  readonly at?: string;
  /** When it was said last, by our own clock. */
  readonly toldAt?: string;
  /** How often that has been said again. */
  readonly repeats?: number;
};

type Said = { readonly description: Description } & Pick<
  CarePlanFact,
  'occurredAt' | 'sequence' | 'messageId'
>;

/** A fact without what only the sender knows. `repeat` counts how often the same was told again; 0 for what is new. */
export type PlanStep = { readonly fact: Omit<CarePlanFact, 'plan' | 'sender'>; readonly repeat: number };

export type DerivedPlan = { readonly steps: readonly PlanStep[]; readonly told: ReportedPlan };

const nothing: ReportedPlan = { status: 'none', sequence: 0 };

/**
 * The facts about a plan between what was reported last and what is observed now. Pure.
 *
 * The order of the facts is the connector's own count, which begins at the time and is never behind it, so that it is higher also
 * than what was told before the database was lost. An open plan that has not changed is told again in the same words after
 * `tellAgainMilliseconds`.
 * @param now our own time
 */
export function derivePlan(
  before: ReportedPlan | undefined,
  seen: ObservedPlan,
  source: Source,
  now: Date,
  tellAgainMilliseconds: number,
): DerivedPlan {
  const told = before ?? nothing;
  const steps: PlanStep[] = [];
  const occurredAt = latest(told.at, earliest(seen.updatedAt, now.toISOString()));
  let { sequence } = told;
  const next = (person: PersonIdentifier, rest: Partial<CarePlanFact>) => {
    sequence = Math.max(sequence + 1, now.getTime());
    const fact = {
      person,
      ...rest,
      occurredAt,
      sequence,
      messageId: `${source.id}/${source.version}#${sequence}`,
    };
    steps.push({ fact, repeat: 0 });
    return fact;
  };

  const left = isNoLongerOf(told, seen);
  if (left) next(left, { gone: true });
  const { person, patient, description, status } = seen;
  if (status !== 'none' && person === undefined && !left && told.status !== 'none') return { steps, told };
  if (status === 'none' || person === undefined || description === undefined)
    return {
      steps,
      told: {
        status: 'none',
        sequence,
        ...present({ at: sequence === told.sequence ? told.at : occurredAt }),
      },
    };

  const state = { status, person, ...present({ patient }) };
  const said = left || told.status === 'none' ? undefined : told.content;
  if (said && isDeepStrictEqual(said.description, description)) {
    const repeats = told.repeats ?? 0;
    if (!isDue({ ...told, status }, now, tellAgainMilliseconds))
      return { steps, told: { ...told, ...state } };
    const { description: same, ...order } = said;
    steps.push({ fact: { person, ...same, ...order }, repeat: repeats + 1 });
    return { steps, told: { ...told, ...state, toldAt: now.toISOString(), repeats: repeats + 1 } };
  }
  const { messageId } = next(person, description);
  const content = { description, occurredAt, sequence, messageId };
  return { steps, told: { ...state, content, sequence, at: occurredAt, toldAt: now.toISOString() } };
}

/** True for an open plan that was said last so long ago that it is to be said again. */
export function isDue({ status, toldAt }: ReportedPlan, now: Date, tellAgainMilliseconds: number): boolean {
  return (
    status === 'open' && toldAt !== undefined && now.getTime() >= Date.parse(toldAt) + tellAgainMilliseconds
  );
}

/** A plan that had ended long before it was first observed: kept as known, and not reported. */
export function planEndedBefore({ status, person, patient }: ObservedPlan): ReportedPlan {
  return { ...nothing, status, ...present({ person, patient }) };
}

/** From whom the plan is to be taken back; undefined when from nobody, or from somebody who is forgotten. */
function isNoLongerOf(told: ReportedPlan, seen: ObservedPlan): PersonIdentifier | undefined {
  const { status, person, content } = told;
  if (status === 'none' || person === undefined || content === undefined) return undefined;
  if (seen.status === 'none') return person;
  if (seen.person !== undefined) return isSamePerson(person, seen.person) ? undefined : person;
  // It leads to nobody now: to nobody else while it is of the same Patient.
  return seen.patient !== undefined && seen.patient === told.patient ? undefined : person;
}
