import type { CarePlan, Consent, ParametersParameter, QuestionnaireResponse } from 'fhir/r4.js';
import {
  codeSystems,
  coding,
  extensions,
  foreignSystems,
  identifierSystems,
} from '../projection/codes/codes.js';
import { harmAssessmentQuestionnaire } from '../projection/codes/canonicals.js';
import { harmAssessmentQuestions } from '../projection/case/harm-assessment.js';

/** The case, as a ward's system opens it: the number goes in, a reference comes out. */
export function newCase(
  number: string,
  admittedAt: Date,
  expectedDischarge: string,
  reason = 'Höftfraktur efter fall i hemmet',
): CarePlan {
  return {
    resourceType: 'CarePlan',
    status: 'draft',
    intent: 'plan',
    category: [{ coding: [coding(codeSystems.caseKind, 'svu')] }],
    subject: { identifier: { system: identifierSystems.personnummer, value: number } },
    period: { start: admittedAt.toISOString(), end: expectedDischarge },
    description: reason,
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

/**
 * A harm assessment by a licensed person, for a patient who cannot consent now (CON-3). Both questions of CON-4 are answered so that
 * the case may be shared.
 * @param performer HSA-id of who made it
 */
export function harmAssessment(caseId: string, performer: string, reason: string): Consent {
  const answers: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    id: 'answers',
    status: 'completed',
    questionnaire: harmAssessmentQuestionnaire,
    item: [
      { linkId: harmAssessmentQuestions.reasonConsentUnavailable.linkId, answer: [{ valueString: reason }] },
      { linkId: harmAssessmentQuestions.mayHarm.linkId, answer: [{ valueBoolean: false }] },
      { linkId: harmAssessmentQuestions.necessary.linkId, answer: [{ valueBoolean: true }] },
    ],
  };
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: foreignSystems.consentScope, code: 'patient-privacy' }] },
    category: [{ coding: [coding(codeSystems.decision, 'harm-assessment')] }],
    performer: [{ identifier: { system: identifierSystems.hsa, value: performer } }],
    contained: [answers],
    sourceReference: { reference: '#answers' },
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
