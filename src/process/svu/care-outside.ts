import type { HsaId, LocalDate } from '../vocabulary.js';

/** Under which law the care goes on outside the hospital. */
export const compulsoryCareLaws = ['LPT', 'LRV'] as const;

/** Who makes the plan, as the ward says: the catalogue does not tell who is chief, nor to whom the chief delegated. */
export const planMakers = ['chief-psychiatrist', 'delegated-senior-physician'] as const;

/** The coordinated care plan (samordnad vårdplan): when it was made, by whom, under which law. */
export type CoordinatedCarePlan = {
  readonly date: LocalDate;
  readonly doctor: HsaId;
  readonly doctorName: string;
  readonly madeBy: (typeof planMakers)[number];
  readonly law: (typeof compulsoryCareLaws)[number];
};

/** The municipality that placed the patient in another, by its code; one that the hub does not know has no name here. */
export type PlacingMunicipality = { readonly municipality: string; readonly municipalityName?: string };

/** What of care outside is told by a notice of its own, by the kind of that notice. */
export type ForgottenFact = 'coordinated-care-plan' | 'placing-municipality';
