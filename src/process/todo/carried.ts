/** What a to-do carries beside what it says: what that is called where staff read it, and of which type its value is. */
export type Carried = { readonly sv: string; readonly en: string } & (
  | { readonly as: 'text' | 'instant' | 'date' | 'boolean' | 'unit' }
  /** Codes of one of the hub's own code systems, by its name; several stand with commas between them. */
  | { readonly as: 'codes'; readonly of: string }
);

/** What is called so in several kinds of to-do, or once. A name stands for one row in all kinds. The name of a unit stands beside it as `...Name`. */
export const carried = {
  dischargedAt: {
    as: 'instant',
    sv: 'Utskriven enligt journalsystemet',
    en: 'Discharged according to the journal system',
  },
  expectedDischarge: {
    as: 'date',
    sv: 'Beräknat utskrivningsdatum enligt journalsystemet',
    en: 'Planned discharge according to the journal system',
  },
  expectedDischargeRemoved: {
    as: 'boolean',
    sv: 'Beräknat utskrivningsdatum är borttaget i journalsystemet',
    en: 'The journal system has removed the planned discharge',
  },
  cause: { as: 'codes', of: 'addressing-failure', sv: 'Orsak', en: 'Cause' },
  changed: { as: 'codes', of: 'register-change', sv: 'Ändrade uppgifter', en: 'Changed data' },
  ward: { as: 'unit', sv: 'Avdelning', en: 'Ward' },
  reference: { as: 'text', sv: 'Meddelandets nummer hos avsändaren', en: "The sender's message id" },
  visit: {
    as: 'text',
    sv: 'Vårdtillfällets nummer i journalsystemet',
    en: "The journal system's id of the stay",
  },
  side: { as: 'codes', of: 'side', sv: 'Sida', en: 'Side' },
  unit: { as: 'unit', sv: 'Enhet', en: 'Unit' },
} as const satisfies Readonly<Record<string, Carried>>;
