import type { Actor, Instant } from '../vocabulary.js';

/** How the patient agrees or does not, and who said it for her. */
export const npoForms = ['oral', 'written'] as const;
export const npoGivers = ['patient', 'guardian', 'legal-representative'] as const;

/** What the patient said of being looked up in NPÖ, the national patient overview: another decision than that on sharing (CON-9). */
export type NpoDecision = {
  readonly agrees: boolean;
  readonly form: (typeof npoForms)[number];
  readonly givenBy: (typeof npoGivers)[number];
};

/** As it was recorded. */
export type RecordedNpoDecision = NpoDecision & { readonly at: Instant; readonly by: Actor };
