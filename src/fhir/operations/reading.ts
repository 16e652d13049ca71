/**
 * The operations on one CarePlan that read and change nothing: by GET, or by POST without parameters, as clients call operations
 * that do not know better. Read by the facade and the CapabilityStatement, and published as OperationDefinitions
 * (`npm run docs`).
 * Reference: https://hl7.org/fhir/R4/operations.html#executing
 */
export const readingOperations = {
  background: {
    /** The rules it stands for. */
    rules: ['ACC-1', 'CON-5', 'CON-8'],
    sv: 'Visa vilka vårdplaner journalsystemen har för patienten, som bakgrund till ärendet.',
    en: 'Shows which care plans the journal systems have of the patient, as background of the case.',
    returns: 'Bundle',
    returned:
      'A collection of CarePlans, read only, that are no resources of this server: meta.source names the journal, identifier its own id of the plan. Never what the plan says.',
  },
} as const;

export type ReadingOperationName = keyof typeof readingOperations;

/** Whether an operation of that name, without `$`, reads. */
export function isReadingOperation(name: string): name is ReadingOperationName {
  return Object.hasOwn(readingOperations, name);
}
