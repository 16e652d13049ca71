/** Who takes the printed copy. Where it cannot be the patient, it is where possible a relative or a legal representative. */
export const copyTakers = ['patient', 'relative', 'legal-representative'] as const;
export type CopyTaker = (typeof copyTakers)[number];
