import type { CarePlan, Consent, ParametersParameter } from 'fhir/r4.js';
import {
  codeSystems,
  coding,
  extensions,
  foreignSystems,
  identifierSystems,
} from '../projection/codes/codes.js';

/** The case, as a ward's system opens it: the number goes in, a reference comes out. */
export function newCase(number: string, admittedAt: Date, expectedDischarge: string): CarePlan {
  return {
    resourceType: 'CarePlan',
    status: 'draft',
    intent: 'plan',
    category: [{ coding: [coding(codeSystems.caseKind, 'svu')] }],
    subject: { identifier: { system: identifierSystems.personnummer, value: number } },
    period: { start: admittedAt.toISOString(), end: expectedDischarge },
    description: 'Höftfraktur efter fall i hemmet',
  };
}

/** Consent, given orally by the patient. */
export function oralConsent(caseId: string): Consent {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: foreignSystems.consentScope, code: 'patient-privacy' }] },
    category: [{ coding: [coding(codeSystems.decision, 'consent')] }],
    extension: [
      { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, 'oral') },
      { url: extensions.decisionGivenBy, valueCoding: coding(codeSystems.decisionGivenBy, 'patient') },
    ],
    policyRule: { text: 'Lag (2017:612)' },
    provision: {
      type: 'permit',
      data: [{ meaning: 'related', reference: { reference: `CarePlan/${caseId}` } }],
    },
  };
}

/** A person or unit of the catalogue as a parameter. */
export const catalogueParameter = (name: string, hsaId: string): ParametersParameter => ({
  name,
  valueReference: { identifier: { system: identifierSystems.hsa, value: hsaId } },
});
