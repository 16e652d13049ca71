import type { Uuid } from '../vocabulary.js';
import type { StayFact, StayState } from './stay.js';

/**
 * A stay from its facts in the source's order. The last fact says where the stay is now; what is missing is taken from the
 * others, so facts that arrive in another order make the same stay in the end.
 */
export function stayOf(personId: Uuid, facts: readonly StayFact[]): StayState {
  const last = facts.at(-1);
  const finished = last?.kind === 'discharged';
  const placedAt =
    facts.findLast((fact) => fact.ward !== undefined && fact.kind !== 'discharged') ??
    facts.findLast((fact) => fact.ward !== undefined);
  const admittedAt = admissionOf(facts);
  return {
    kind: 'stay',
    personId,
    status: finished ? 'finished' : 'in-progress',
    ...(placedAt?.ward === undefined ? {} : { ward: placedAt.ward, wardOrder: placedAt.order }),
    ...(admittedAt === undefined ? {} : { admittedAt }),
    ...(finished && last.dischargedAt !== undefined ? { dischargedAt: last.dischargedAt } : {}),
    wards: wardsOf(facts),
    lastOrder: last?.order ?? { time: '' },
    facts,
  };
}

/** What the newest admission says; without one, what the newest transfer says. */
function admissionOf(facts: readonly StayFact[]): string | undefined {
  const told = (kind: StayFact['kind']) =>
    facts.findLast((fact) => fact.kind === kind && fact.admittedAt !== undefined)?.admittedAt;
  return told('admitted') ?? told('transferred');
}

/** The wards one after the other. A ward told twice in a row is one time there. */
function wardsOf(facts: readonly StayFact[]): StayState['wards'] {
  const wards: { ward: string; from: string }[] = [];
  for (const fact of facts) {
    if (fact.ward === undefined || fact.kind === 'discharged' || wards.at(-1)?.ward === fact.ward) continue;
    const from = fact.kind === 'admitted' ? (fact.admittedAt ?? fact.order.time) : fact.order.time;
    wards.push({ ward: fact.ward, from });
  }
  return wards;
}
