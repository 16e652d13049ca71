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
  overview: {
    rules: ['VIEW-2', 'VIEW-3', 'VIEW-12'],
    sv: 'Visa ärendets steg för den egna enheten och rollen: färg, sedan när, vad som ska göras, vem som väntas på och vem som har kvitterat.',
    en: 'Shows the steps of the case for the own unit and role: colour, since when, what is to be done, who is waited for, and who acknowledged.',
    returns: 'Parameters',
    returned:
      'For each step a parameter `step` with parts step, state, colour (red: my role must act; yellow: others must; green: done; grey: not begun), since, todo (each to-do of the own unit that the role may do), waitsFor (each other open one) and done (who did what, and when). A parameter `todo` for each to-do of the own unit that belongs to no step.',
  },
} as const;

export type ReadingOperationName = keyof typeof readingOperations;

/** Whether an operation of that name, without `$`, reads. */
export function isReadingOperation(name: string): name is ReadingOperationName {
  return Object.hasOwn(readingOperations, name);
}
