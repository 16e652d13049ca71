import type { StayFact } from '../../messaging/contracts/facts.js';
import type { Fact } from '../../messaging/inbox/fact.js';
import type { CasesDependencies } from '../dependencies.js';

/**
 * A stay fact as the hub understands it. `wardUnknown`: it names a ward, and nobody here knows which. `otherCare`: the source has the visit
 * as other care than a stay in hospital.
 */
export type HeardStay = StayFact & { readonly wardUnknown?: true; readonly otherCare?: true };

/** What a message tells. A unit that is no ward is not where the patient lies, and must not be shown that she does (ACC-1). */
export function hearStay({ directory }: Pick<CasesDependencies, 'directory'>, { event }: Fact): HeardStay {
  const told = event.data as StayFact;
  const fact: HeardStay = event.sending?.otherCare === true ? { ...told, otherCare: true } : told;
  const unit = fact.ward === undefined ? undefined : directory.unit(fact.ward);
  if (unit !== undefined && unit.side !== 'hospital') {
    const { ward: _noWard, ...rest } = fact;
    return { ...rest, wardUnknown: true };
  }
  return fact.ward === undefined && event.sending?.wardUnknown === true
    ? { ...fact, wardUnknown: true }
    : fact;
}
