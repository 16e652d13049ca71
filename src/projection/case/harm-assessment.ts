import type { QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4.js';
import type { RegisteredDecision } from '../../process/case/state.js';
import { harmAssessmentQuestionnaire } from '../codes/codes.js';
import { answersId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { patientReference, referenceTo } from '../references.js';
import { codeToken, referenceTokens } from '../search-tokens.js';
import { isPublished, rendered, type CaseView } from './case-view.js';
import { assessorReference } from './consent.js';

/** The questions of a harm assessment, by linkId of the Questionnaire. */
export const harmAssessmentQuestions = {
  reasonConsentUnavailable: {
    linkId: 'reason-consent-unavailable',
    sv: 'Varför kan samtycke inte inhämtas?',
    en: 'Why can consent not be given?',
  },
  mayHarm: {
    linkId: 'may-harm',
    sv: 'Kan uppgifterna vara till men för patienten eller någon närstående?',
    en: 'May the information harm the patient or a relative?',
  },
  necessary: {
    linkId: 'necessary',
    sv: 'Är uppgifterna nödvändiga för en god och säker vård?',
    en: 'Is the information necessary for good and safe care?',
  },
} as const;

/** The answers behind a harm assessment (CON-3, CON-4, CON-13); none for any other decision. */
export function renderAnswers(of: CaseView, decision: RegisteredDecision): RenderedResource[] {
  const { data } = decision;
  if (data.kind !== 'harm-assessment') return [];
  const subject = patientReference(of.state.personId);
  const carePlan = referenceTo('CarePlan', of.id);
  const { reasonConsentUnavailable, mayHarm, necessary } = harmAssessmentQuestions;
  const content: QuestionnaireResponse & { id: string } = {
    resourceType: 'QuestionnaireResponse',
    id: answersId(decision.id),
    basedOn: [carePlan],
    questionnaire: harmAssessmentQuestionnaire,
    status: 'completed',
    subject,
    authored: decision.registeredAt,
    author: assessorReference(data, decision.registeredBy),
    item: [
      // Forgotten when a refusal was registered later (CON-5).
      item(
        reasonConsentUnavailable,
        data.reasonConsentUnavailable === '' ? undefined : { valueString: data.reasonConsentUnavailable },
      ),
      ...(data.mayHarm === undefined ? [] : [item(mayHarm, { valueBoolean: data.mayHarm })]),
      ...(data.necessary === undefined ? [] : [item(necessary, { valueBoolean: data.necessary })]),
    ],
  };
  return [
    {
      ...rendered(of, content, {
        needs: 'minimum',
        periodStart: decision.registeredAt,
        periodEnd: decision.registeredAt,
        tokens: [
          codeToken('status', 'completed'),
          ...referenceTokens('based-on', carePlan),
          ...referenceTokens('patient', subject),
          ...referenceTokens('subject', subject),
        ],
      }),
      // No minimum holds it (CON-5): the hospital's own until all is shared again.
      draft: !isPublished(of.state) || of.shared.level !== 'full',
    },
  ];
}

function item(
  question: { readonly linkId: string; readonly sv: string },
  answer: { valueString: string } | { valueBoolean: boolean } | undefined,
): QuestionnaireResponseItem {
  return { linkId: question.linkId, text: question.sv, ...(answer ? { answer: [answer] } : {}) };
}
