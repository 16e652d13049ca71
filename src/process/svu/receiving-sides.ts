/** The sides that receive what the hospital publishes. */
export const receivingSides = ['outpatient', 'municipality', 'other'] as const;
