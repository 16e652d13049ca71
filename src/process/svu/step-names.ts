/** The steps whose state every reader sees alike (the ground for VIEW-2). Every SVU has them. */
type EveryStep = 'admission-notice' | 'planned-discharge' | 'ready' | 'discharge';

/** Steps that are working documents, by the name of their questionnaire: those that the policy of the case has (SVU-32). */
export const documentSteps = ['statement'] as const;
export type DocumentStep = (typeof documentSteps)[number];

export type StepName = EveryStep | DocumentStep;

/** By step. Of a document that the policy of the case lacks there is none. */
export type Steps<State> = Readonly<Record<EveryStep, State>> &
  Readonly<Partial<Record<DocumentStep, State>>>;
