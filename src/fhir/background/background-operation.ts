import type { ReadingOperation } from '../operations/reading-operation.js';
import { notForCaller } from '../operations/reading-operation.js';
import { backgroundBundle } from './background-bundle.js';
import { findBackground } from './find-background.js';

/** The care plans that journals have of the patient (docs/decisions/0029). */
export const backgroundOperation: ReadingOperation = {
  rules: ['ACC-1', 'CON-5', 'CON-8'],
  sv: 'Visa vilka vårdplaner journalsystemen har för patienten, som bakgrund till ärendet.',
  en: 'Shows which care plans the journal systems have of the patient, as background of the case.',
  returns: 'Bundle',
  returned:
    'A collection of CarePlans, read only, that are no resources of this server: meta.source names the journal, identifier its own id of the plan. Never what the plan says.',
  async read({ database, kinds, access, caseId, now }) {
    const found = await findBackground(database, kinds, access, caseId);
    if (found === undefined) return undefined;
    const { personId, seen, plans } = found;
    if (!seen) return notForCaller(personId);
    if (plans === undefined || personId === null) return { personId, fault: 'no-background', rule: 'CON-5' };
    return {
      personId,
      answer: backgroundBundle(caseId, personId, plans, now),
      detail: { plans: plans.length },
    };
  },
};
