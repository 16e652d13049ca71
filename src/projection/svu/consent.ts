import type { Consent, Extension, Reference } from 'fhir/r4.js';
import type { RegisteredDecision } from '../../process/svu/state.js';
import { codeSystems, coding, concept, extensions, foreignSystems, profiles } from '../codes.js';
import { answersId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import {
  actorReference,
  organizationReference,
  patientReference,
  practitionerReference,
  practitionerRoleReference,
  referenceTo,
} from '../references.js';
import { codeToken, conceptTokens, referenceTokens } from '../tokens.js';
import { rendered, type SvuCase } from './case-view.js';

/**
 * One decision of a case (CON-2, CON-12): `active` until it is deregistered or replaced. `provision.type` says whether
 * information may be shared; `provision.data` (meaning related) points to the case; `policyRule` names the method the case
 * runs under and, for a secrecy-breaking rule, the law.
 */
export function renderConsent(of: SvuCase, decision: RegisteredDecision): RenderedResource {
  const subject = patientReference(of.state.personId);
  const carePlan = referenceTo('CarePlan', of.id);
  const category = concept(codeSystems.decision, decision.data.kind);
  const performer = performerOf(of, decision);
  const { endedAt } = decision;
  const source =
    decision.data.kind === 'harm-assessment'
      ? referenceTo('QuestionnaireResponse', answersId(decision.id))
      : undefined;
  const extension = extensionsOf(decision);
  const status = endedAt === undefined ? 'active' : 'inactive';
  const content: Consent & { id: string } = {
    resourceType: 'Consent',
    id: decision.id,
    meta: { profile: [profiles.Consent] },
    ...(extension.length > 0 ? { extension } : {}),
    status,
    scope: { coding: [{ system: foreignSystems.consentScope, code: 'patient-privacy' }] },
    category: [category],
    patient: subject,
    dateTime: decision.registeredAt,
    ...(performer ? { performer: [performer] } : {}),
    ...(decision.registeredBy.kind === 'user'
      ? { organization: [organizationReference(decision.registeredBy.unit)] }
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
    personal: true,
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
function performerOf(of: SvuCase, { data, registeredBy }: RegisteredDecision): Reference | undefined {
  if (data.kind === 'harm-assessment') return assessorReference(data, registeredBy);
  if (data.kind === 'secrecy-breaking-rule') return actorReference(registeredBy);
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

function extensionsOf({ data, registeredBy }: RegisteredDecision): Extension[] {
  const by = actorReference(registeredBy);
  return [
    ...(by ? [{ url: extensions.registeredBy, valueReference: by }] : []),
    ...(data.kind === 'consent' || data.kind === 'refusal'
      ? [
          { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, data.form) },
          { url: extensions.decisionGivenBy, valueCoding: coding(codeSystems.decisionGivenBy, data.givenBy) },
        ]
      : []),
  ];
}

function policyRuleOf(of: SvuCase, { data }: RegisteredDecision): Consent['policyRule'] {
  const { name, version } = of.state.policy;
  return {
    coding: [
      { ...coding(codeSystems.policy, name), version: String(version) },
      ...(data.kind === 'secrecy-breaking-rule' ? [coding(codeSystems.secrecyLaw, data.law)] : []),
    ],
  };
}
