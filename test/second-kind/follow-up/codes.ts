import type { CodeableConcept } from 'fhir/r4.js';

/** The region's own code for its kind of case. */
export const followUpCodes = {
  system: 'http://region.test/CodeSystem/case-kind',
  concepts: { 'follow-up': { sv: 'Uppföljning', en: 'Follow-up' } },
} as const;

/** How the patient is met, and the region's own extension that says it. */
export const followUpWays = {
  system: 'http://region.test/CodeSystem/follow-up-way',
  concepts: {
    'home-visit': { sv: 'Hembesök', en: 'Home visit' },
    telephone: { sv: 'Telefon', en: 'Telephone' },
  },
} as const;
export const wayExtension = 'http://region.test/StructureDefinition/follow-up-way';

export const category: CodeableConcept = {
  coding: [{ system: followUpCodes.system, code: 'follow-up', display: 'Uppföljning' }],
};
