import type { Consent, QuestionnaireResponse } from 'fhir/r4.js';
import {
  codeSystems,
  coding,
  harmAssessmentQuestionnaire,
  identifierSystems,
} from '../../src/projection/codes/codes.js';
import { consent, staff } from './svu.js';

/** The answers of a harm assessment, in the questionnaire's own words. */
export const answersOf = (changes: Partial<QuestionnaireResponse> = {}): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  id: 'answers',
  status: 'completed',
  questionnaire: harmAssessmentQuestionnaire,
  item: [
    {
      linkId: 'reason-consent-unavailable',
      text: 'Varför kan samtycke inte inhämtas?',
      answer: [{ valueString: 'Medvetslös' }],
    },
  ],
  ...changes,
});

/** The Consent of a harm assessment on a case. */
export const assessment = (
  caseId: string,
  answers = answersOf(),
  changes: Partial<Consent> = {},
): Consent => {
  const { extension: _form, ...rest } = consent(caseId);
  return {
    ...rest,
    category: [{ coding: [coding(codeSystems.decision, 'harm-assessment')] }],
    performer: [{ identifier: { system: identifierSystems.hsa, value: staff.doctor.user } }],
    contained: [answers],
    sourceReference: { reference: '#answers' },
    ...changes,
  };
};
