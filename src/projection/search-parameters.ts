import {
  canonicalBase,
  codeSystems,
  consentScope,
  foreignSystems,
  identifierSystems,
} from './codes/codes.js';
import { requiredCodes } from './codes/value-sets.js';
import type { RequiredCodes } from './codes/value-sets.js';

/**
 * The searches that the facade offers and the projections index: one table, read by search, by the CapabilityStatement
 * and by the projections' tests. `_id` and `_lastUpdated` hold for every type and are not listed.
 *
 * `how` says where the answer stands:
 * - `tokens`: an entry of the resource's `tokens`, formed by `search-tokens.ts` (`referenceToken`, `codeToken`, `systemToken`;
 *   references to units also by `:identifier`);
 * - `code`: an entry `codeToken` of an element of datatype code, which takes the codes of its value set alone;
 * - `canonical`: an entry `canonicalTokens`, a URL with its version or without;
 * - `boolean`: an entry `codeToken`, true or false;
 * - `prefixes`: the same, formed by `stringToken` (and `exactStringToken` for `:exact`);
 * - `period`: overlap with `periodStart` to `periodEnd` (a moment is a period of no length; no end: still going on);
 * - `deadline`: the moment `deadline`;
 * - `person-identity`: the keyed hash of a person's number, never the index (POST _search only).
 */
export type SearchParameter = { readonly definition: string; readonly documentation: string } & (
  | { readonly kind: 'token'; readonly how: 'person-identity' | 'boolean' }
  | {
      readonly kind: 'token';
      readonly how: 'tokens';
      /** Of an identifier: the systems it can have; of another nothing is ever found. */
      readonly systems?: readonly string[];
      /** Of a code: the code systems it can be of. Absent: any. */
      readonly codings?: readonly SearchedSystem[];
    }
  | { readonly kind: 'token'; readonly how: 'code'; readonly codes: RequiredCodes }
  | { readonly kind: 'reference'; readonly how: 'tokens'; readonly targets: readonly string[] }
  | { readonly kind: 'reference'; readonly how: 'canonical'; readonly targets: readonly string[] }
  | { readonly kind: 'date'; readonly how: 'period' | 'deadline' }
  | { readonly kind: 'string'; readonly how: 'prefixes' }
);

/** A code system of values that are searched. With `concepts` it has these codes alone; of another nothing is ever found. */
export type SearchedSystem = {
  readonly system: string;
  readonly concepts?: Readonly<Record<string, object>>;
  /** The kinds of case bring its codes. */
  readonly ofKinds?: true;
};

/** A system whose codes each kind of case adds to: which of them there are the facade knows, which has the kinds. */
const byKind = ({ system }: SearchedSystem): SearchedSystem => ({ system, ofKinds: true });

const standard = (name: string) => `http://hl7.org/fhir/SearchParameter/${name}`;

const token = (
  name: string,
  documentation: string,
  codings?: readonly SearchedSystem[],
): SearchParameter => ({
  kind: 'token',
  how: 'tokens',
  ...(codings === undefined ? {} : { codings }),
  definition: standard(name),
  documentation,
});
const identifier = (
  name: string,
  documentation: string,
  systems: readonly string[] = [identifierSystems.hsa],
): SearchParameter => ({ kind: 'token', how: 'tokens', systems, definition: standard(name), documentation });
const code = (element: keyof typeof requiredCodes, documentation: string): SearchParameter => ({
  kind: 'token',
  how: 'code',
  codes: requiredCodes[element],
  definition: standard(element.replace('.', '-')),
  documentation,
});
const active = (type: string): SearchParameter => ({
  kind: 'token',
  how: 'boolean',
  definition: standard(`${type}-active`),
  documentation: 'true, false.',
});
const reference = (name: string, targets: readonly string[], documentation: string): SearchParameter => ({
  kind: 'reference',
  how: 'tokens',
  targets,
  definition: standard(name),
  documentation,
});
const date = (name: string, documentation: string): SearchParameter => ({
  kind: 'date',
  how: 'period',
  definition: standard(name),
  documentation,
});
const string = (name: string, documentation: string): SearchParameter => ({
  kind: 'string',
  how: 'prefixes',
  definition: standard(name),
  documentation,
});

const staffOrganisation = (type: string): SearchParameter => ({
  kind: 'token',
  how: 'tokens',
  systems: [identifierSystems.organisationNumber],
  definition: `${canonicalBase}/SearchParameter/${type}-organisation`,
  documentation:
    'Organisation number of the care provider of a unit where the person works. A search that names neither a person nor a unit is kept to the own organisation unless this says otherwise.',
});

const patient = (name: string) =>
  reference(
    name,
    ['Patient'],
    "The person, by the hub's own id. Never by number: that is POST Patient/_search.",
  );
const actors = ['Organization', 'Practitioner', 'PractitionerRole'];

export const searchParameters = {
  CarePlan: {
    patient: patient('clinical-patient'),
    subject: patient('CarePlan-subject'),
    // Each kind of case brings a code, and may bring a system, of its own.
    category: token(
      'CarePlan-category',
      'Kind of case: a code of the hub, or SPU in the code system of Inera.',
    ),
    status: code('CarePlan.status', 'draft, active, on-hold (frozen), completed, revoked (annulled).'),
    encounter: reference('CarePlan-encounter', ['Encounter'], 'The hospital stay.'),
    'care-team': reference('CarePlan-care-team', ['CareTeam'], 'The participants.'),
    date: date('clinical-date', 'Admission to planned discharge.'),
  },
  CareTeam: {
    patient: patient('clinical-patient'),
    subject: patient('CareTeam-subject'),
    participant: reference('CareTeam-participant', actors, 'A unit that takes part, or a contact.'),
    status: code('CareTeam.status', 'proposed, active, suspended (frozen), inactive.'),
    encounter: reference('CareTeam-encounter', ['Encounter'], 'The hospital stay.'),
  },
  Communication: {
    'based-on': reference('Communication-based-on', ['CarePlan'], 'The case.'),
    category: token('Communication-category', 'Kind of notice.', [byKind(codeSystems.notice)]),
    recipient: reference('Communication-recipient', actors, 'A unit that was told.'),
    sender: reference('Communication-sender', actors, 'Who sent it.'),
    status: code('Communication.status', 'completed.'),
    patient: patient('Communication-patient'),
    subject: patient('Communication-subject'),
    sent: date('Communication-sent', 'When it was sent.'),
  },
  Consent: {
    patient: patient('clinical-patient'),
    status: code(
      'Consent.status',
      'active, inactive (deregistered or replaced), entered-in-error (registered by mistake).',
    ),
    category: token('Consent-category', 'Kind of decision.', [codeSystems.decision]),
    scope: token('Consent-scope', 'patient-privacy.', [consentScope]),
    data: reference('Consent-data', ['CarePlan'], 'The case it is about.'),
    consentor: reference(
      'Consent-consentor',
      ['Patient', 'Practitioner', 'PractitionerRole'],
      'Who decided: the patient, or who made the harm assessment.',
    ),
    'source-reference': reference(
      'Consent-source-reference',
      ['QuestionnaireResponse'],
      'The answers of a harm assessment.',
    ),
    date: date('clinical-date', 'When it was registered.'),
  },
  Encounter: {
    patient: patient('clinical-patient'),
    subject: patient('Encounter-subject'),
    status: code('Encounter.status', 'in-progress, finished.'),
    class: token('Encounter-class', 'IMP.', [{ system: foreignSystems.actCode }]),
    location: reference('Encounter-location', ['Location'], 'A ward of the stay.'),
    'service-provider': reference('Encounter-service-provider', ['Organization'], 'The present ward.'),
    date: date('clinical-date', 'Admission to discharge.'),
  },
  Location: {
    identifier: identifier('Location-identifier', 'HSA-id.'),
    name: string('Location-name', 'Name.'),
    status: code('Location.status', 'active, inactive.'),
    organization: reference('Location-organization', ['Organization'], 'The unit whose place it is.'),
  },
  Organization: {
    identifier: identifier('Organization-identifier', 'HSA-id, or organisation number of a provider.', [
      identifierSystems.hsa,
      identifierSystems.organisationNumber,
    ]),
    name: string('Organization-name', 'Name.'),
    active: active('Organization'),
    partof: reference('Organization-partof', ['Organization'], 'The unit or provider it is part of.'),
    type: token(
      'Organization-type',
      'Side: hospital, outpatient, municipality, other; of a receiving unit the kinds of service it answers for; weaker: bound by weaker secrecy.',
      [codeSystems.side, codeSystems.service, codeSystems.secrecy],
    ),
  },
  Patient: {
    identifier: {
      kind: 'token',
      how: 'person-identity',
      definition: standard('Patient-identifier'),
      documentation: 'Personnummer or samordningsnummer, system and value. POST _search only.',
    },
  },
  Practitioner: {
    identifier: identifier('Practitioner-identifier', 'HSA-id.'),
    name: string('Practitioner-name', 'Any part of the name, at least three letters (SVU-8).'),
    family: string('individual-family', 'Surname, at least three letters.'),
    given: string('individual-given', 'Given name, at least three letters.'),
    active: active('Practitioner'),
    organisation: staffOrganisation('Practitioner'),
  },
  PractitionerRole: {
    identifier: identifier('PractitionerRole-identifier', 'HSA-id of the assignment (medarbetaruppdrag).'),
    practitioner: reference('PractitionerRole-practitioner', ['Practitioner'], 'The person.'),
    organization: reference('PractitionerRole-organization', ['Organization'], 'The unit.'),
    role: token('PractitionerRole-role', 'Role of the directory, or title code (befattning).', [
      // Roles are configuration, and titles are of the authority.
      { system: codeSystems.role.system },
      { system: foreignSystems.title },
    ]),
    active: active('PractitionerRole'),
    organisation: staffOrganisation('PractitionerRole'),
  },
  QuestionnaireResponse: {
    'based-on': reference('QuestionnaireResponse-based-on', ['CarePlan'], 'The case.'),
    patient: patient('QuestionnaireResponse-patient'),
    subject: patient('QuestionnaireResponse-subject'),
    status: code('QuestionnaireResponse.status', 'in-progress (a form), completed (a harm assessment).'),
    questionnaire: {
      kind: 'reference',
      how: 'canonical',
      targets: [],
      definition: standard('QuestionnaireResponse-questionnaire'),
      documentation: 'The questions of a form: its canonical URL, with |version or without.',
    },
    authored: date('QuestionnaireResponse-authored', 'When it was answered.'),
  },
  Task: {
    owner: reference(
      'Task-owner',
      actors,
      'The unit whose to-do it is; `owner:identifier` takes its HSA-id.',
    ),
    status: code(
      'Task.status',
      'Still to do: requested, received, accepted, in-progress; over: completed, cancelled.',
    ),
    requester: reference('Task-requester', actors, 'The unit that asks; the hub itself is no resource.'),
    code: token('Task-code', 'Kind of to-do.', [byKind(codeSystems.todo)]),
    'based-on': reference('Task-based-on', ['CarePlan'], 'The case.'),
    focus: reference('Task-focus', ['Communication', 'CarePlan'], 'What it is about.'),
    patient: patient('Task-patient'),
    subject: patient('Task-subject'),
    'business-status': token(
      'Task-business-status',
      'How far it came: delivered (in the unit’s list), shown, acknowledged; and of an open one how it stands to its deadline: due, overdue.',
      [codeSystems.delivery, codeSystems.todoDeadline],
    ),
    performer: token('Task-performer', 'The responsibility that is asked for, e.g. acknowledge.', [
      codeSystems.responsibility,
    ]),
    intent: code('Task.intent', 'order.'),
    'authored-on': date('Task-authored-on', 'Since when.'),
    deadline: {
      kind: 'date',
      how: 'deadline',
      definition: `${canonicalBase}/SearchParameter/Task-deadline`,
      documentation: 'When it is due (Task.restriction.period.end).',
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, SearchParameter>>>>;

/** The resource types that the facade serves from the store. */
export type ServedType = keyof typeof searchParameters;

/** One parameter of a type, or undefined where the type is not served or has none of that name. */
export function searchParameter(type: string, name: string): SearchParameter | undefined {
  const table: Readonly<Record<string, Readonly<Record<string, SearchParameter>>>> = searchParameters;
  if (!Object.hasOwn(table, type)) return undefined;
  const parameters = table[type];
  return parameters && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}
