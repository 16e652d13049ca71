import type { CodeableConcept } from 'fhir/r4.js';

/** The region's own code for its kind of case. */
export const followUpCodes = {
  system: 'http://region.test/CodeSystem/case-kind',
  concepts: { 'follow-up': { sv: 'Uppföljning', en: 'Follow-up' } },
} as const;

export const category: CodeableConcept = {
  coding: [{ system: followUpCodes.system, code: 'follow-up', display: 'Uppföljning' }],
};
