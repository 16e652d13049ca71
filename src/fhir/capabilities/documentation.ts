import type { CapabilityStatementRestResourceSearchParam } from 'fhir/r4.js';

/** The canonical of one of FHIR's own search parameters. */
export const standard = (name: string): string => `http://hl7.org/fhir/SearchParameter/${name}`;

/** Parameters of AuditEvent, which is not in the store and has a search of its own. */
export const auditParameters: readonly CapabilityStatementRestResourceSearchParam[] = [
  {
    name: 'patient',
    type: 'reference',
    definition: standard('AuditEvent-patient'),
    documentation: 'Patient/[id].',
  },
  {
    name: 'agent',
    type: 'reference',
    definition: standard('AuditEvent-agent'),
    documentation: 'agent:identifier, HSA-id of a user.',
  },
  {
    name: 'date',
    type: 'date',
    definition: standard('AuditEvent-date'),
    documentation: 'When it was recorded.',
  },
];

/** Parameters of Questionnaire, which is the configuration's and not in the store. */
export const questionnaireParameters: readonly CapabilityStatementRestResourceSearchParam[] = [
  { name: 'url', type: 'uri', definition: standard('conformance-url') },
  { name: 'version', type: 'token', definition: standard('conformance-version') },
];

/** What the table of interactions cannot say. */
export const documentation: Readonly<Record<string, string>> = {
  AuditEvent:
    'For log reviewers of their own organisation; a search names patient or agent:identifier. Without _include and _sort.',
  CarePlan:
    'Create opens a case of the kind that its category says, as a draft; everything after that is an operation. $overview and $background read, by GET or POST; the plans of $background are no resources of this server.',
  CodeSystem:
    'The codes that the hub sends, those of OperationOutcomes (refusal, rule) among them, in Swedish with English designations. Without a token.',
  Communication:
    'The hub writes one for each step. Create writes a message to others of a case (category message): basedOn the case, recipient the units, or nobody named for all; inResponseTo what it answers; one contentString, and one contentAttachment at most. Update takes status entered-in-error, by the unit that sent it, and no other change.',
  Consent:
    'Create registers the decision of a case and ends an earlier one; update takes status inactive (deregister) or entered-in-error (registered by mistake) and no other change.',
  Questionnaire: 'What the forms of the hub ask, every version; they are configuration. Without a token.',
  QuestionnaireResponse:
    'The answers behind a harm assessment, and the forms of cases: CarePlan $open-form opens one, $save-answers saves fields of it, each with the version in which it was seen; of a field that was changed meanwhile the later is 409, whose issue shows what it says now. $answer-history reads, by GET or POST.',
  Task: 'Update takes status (forward: received, accepted, in-progress, completed), statusReason, output and note; another element that differs is 422 that names it. Notes are read back as Communication, category todo-note, by the own unit alone.',
};
