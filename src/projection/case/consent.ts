import type { Consent, Extension, Reference } from 'fhir/r4.js';
import { draftSide, sideOf } from '../../process/case/questions.js';
import type { RegisteredDecision } from '../../process/case/state.js';
import { codeSystems, coding, concept, extensions, foreignSystems } from '../codes/codes.js';
import { answersId, communicationId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import {
  patientReference,
  practitionerReference,
  practitionerRoleReference,
  referenceTo,
} from '../references.js';
import { codeToken, conceptTokens, referenceTokens } from '../search-tokens.js';
import { actorReference, rendered, unitReference, type CaseView } from './case-view.js';

/**
 * One decision of a case (CON-2, CON-12): `active` until it is deregistered or replaced, `entered-in-error` once it was registered by mistake (CON-6).
 * `provision.data` points to the case; `policyRule` names its method and, for a secrecy-breaking rule, the law. Under refusal it names no staff of
 * the hospital, and the unit where the ward is in the minimum (CON-5); the log and the trail keep who registered it (CON-12, ACC-5).
 */
export function renderConsent(of: CaseView, decision: RegisteredDecision): RenderedResource {
  const subject = patientReference(of.state.personId);
  const carePlan = referenceTo('CarePlan', of.id);
  const category = concept(codeSystems.decision, decision.data.kind);
  const performer = performerOf(of, decision);
  const { endedAt, mistake } = decision;
  const source =
    decision.data.kind === 'harm-assessment' && of.shared.namesHospitalStaff
      ? referenceTo('QuestionnaireResponse', answersId(decision.id))
      : undefined;
  const extension = extensionsOf(of, decision);
  const ended = mistake === true ? 'entered-in-error' : 'inactive';
  const status = endedAt === undefined ? 'active' : ended;
  const content: Consent & { id: string } = {
    resourceType: 'Consent',
    id: decision.id,
    meta: { profile: [of.profiles.Consent] },
    ...(extension.length > 0 ? { extension } : {}),
    status,
    scope: { coding: [{ system: foreignSystems.consentScope, code: 'patient-privacy' }] },
    category: [category],
    patient: subject,
    dateTime: decision.registeredAt,
    ...(performer ? { performer: [performer] } : {}),
    ...(decision.registeredBy.kind === 'user'
      ? { organization: [unitReference(of, decision.registeredBy.unit)] }
      : {}),
    ...(source ? { sourceReference: source } : {}),
    policyRule: policyRuleOf(of, decision),
    provision: {
      type: decision.data.kind === 'refusal' ? 'deny' : 'permit',
      period: { start: decision.registeredAt, ...(endedAt === undefined ? {} : { end: endedAt }) },
      data: [{ meaning: 'related', reference: carePlan }],
    },
  };
  return rendered(of, content, {
    needs: 'minimum',
    periodStart: decision.registeredAt,
    periodEnd: decision.registeredAt,
    tokens: [
      codeToken('status', status),
      ...conceptTokens('category', category),
      ...conceptTokens('scope', content.scope),
      ...referenceTokens('patient', subject),
      ...referenceTokens('data', carePlan),
      ...(performer ? referenceTokens('consentor', performer) : []),
      ...(source ? referenceTokens('source-reference', source) : []),
    ],
  });
}

/** Who decided: the patient; a guardian or representative, who is no resource of the hub; or who assessed the harm. */
function performerOf(of: CaseView, { data, registeredBy }: RegisteredDecision): Reference | undefined {
  if (data.kind === 'harm-assessment' || data.kind === 'secrecy-breaking-rule') {
    if (!of.shared.namesHospitalStaff) return undefined;
    return data.kind === 'harm-assessment'
      ? assessorReference(data, registeredBy)
      : actorReference(of, registeredBy);
  }
  return data.givenBy === 'patient'
    ? patientReference(of.state.personId)
    : { type: 'RelatedPerson', display: codeSystems.decisionGivenBy.concepts[data.givenBy].sv };
}

type HarmAssessment = Extract<RegisteredDecision['data'], { kind: 'harm-assessment' }>;

/** Name and title are kept as they were when the assessment was made (CON-3); the name is withheld while the person is protected. */
export function assessorReference(
  data: HarmAssessment,
  registeredBy: RegisteredDecision['registeredBy'],
): Reference {
  const display = { name: data.assessorName, title: data.assessorTitle };
  return registeredBy.kind === 'user' && registeredBy.user === data.assessor
    ? practitionerRoleReference(data.assessor, registeredBy.unit, display)
    : practitionerReference(data.assessor, display);
}

function extensionsOf(of: CaseView, decision: RegisteredDecision): Extension[] {
  const { data, registeredBy } = decision;
  const by = of.shared.namesHospitalStaff ? actorReference(of, registeredBy) : undefined;
  return [
    ...(by ? [{ url: extensions.registeredBy, valueReference: by }] : []),
    ...(data.kind === 'consent' || data.kind === 'refusal'
      ? [
          { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, data.form) },
          { url: extensions.decisionGivenBy, valueCoding: coding(codeSystems.decisionGivenBy, data.givenBy) },
        ]
      : []),
    ...leftBefore(of, decision),
  ];
}

/**
 * CON-8: what had left for units of other sides while the decision stood, when it has ended: the notices, by the unit that got them. Where a
 * refusal lets a minimum alone be shared, it is not told (CON-5).
 */
function leftBefore(of: CaseView, { data, registeredAt, endedAt }: RegisteredDecision): Extension[] {
  if (endedAt === undefined || data.kind === 'refusal' || of.shared.level !== 'full') return [];
  const notices = Object.values(of.shared.notices).filter(
    ({ personal, sentAt }) => personal && sentAt >= registeredAt && sentAt <= endedAt,
  );
  const units = [...new Set(notices.flatMap(({ recipients }) => recipients))].toSorted();
  return units
    .filter((unit) => sideOf(of.state, unit) !== draftSide(of.state))
    .map((unit) => ({
      url: extensions.leftBefore,
      extension: [
        { url: 'unit', valueReference: unitReference(of, unit) },
        ...notices
          .filter(({ recipients }) => recipients.includes(unit))
          .map(({ key }) => ({
            url: 'notice',
            valueReference: referenceTo('Communication', communicationId(of.id, key)),
          })),
      ],
    }));
}

function policyRuleOf(of: CaseView, { data }: RegisteredDecision): Consent['policyRule'] {
  const { name, version, title } = of.state.policy;
  return {
    coding: [
      {
        ...coding(codeSystems.policy, name),
        ...(title === undefined ? {} : { display: title }),
        version: String(version),
      },
      ...(data.kind === 'secrecy-breaking-rule' ? [coding(codeSystems.secrecyLaw, data.law)] : []),
    ],
  };
}
