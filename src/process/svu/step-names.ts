/** The steps whose state every reader sees alike (the ground for VIEW-2). */
export type StepName = 'admission-notice' | 'planned-discharge' | 'ready' | 'discharge';
