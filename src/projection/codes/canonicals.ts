/** Every canonical URL and identifier system that the hub writes or reads. */

/**
 * The root of the project's own canonical URLs. A constant, not configuration: a canonical names the definition, not the
 * server that happens to serve it, so two deployments must write the same one. The domain is reserved (RFC 2606); why
 * stands in docs/decisions/0010-canonical-urls.md.
 */
export const canonicalBase = 'https://hemgang.example/fhir';

/** A profile or extension of the project. */
const structureDefinition = (name: string): string => `${canonicalBase}/StructureDefinition/${name}`;

/** Systems of business identifiers (reference: HL7 Sweden base profiles 1.1.0, `Aliases.fsh`). */
export const identifierSystems = {
  personnummer: 'http://electronichealth.se/identifier/personnummer',
  samordningsnummer: 'http://electronichealth.se/identifier/samordningsnummer',
  nationalReserveNumber: 'http://electronichealth.se/identifier/nationelltReservnummer',
  hsa: 'urn:oid:1.2.752.29.4.19',
  organisationNumber: 'urn:oid:2.5.4.97',
  /** The hub's own name of a case, stay or person: the UUID that is also the resource's id. */
  uri: 'urn:ietf:rfc:3986',
} as const;

/** Systems whose values are persons' numbers: never in a URL, a log line or a search token. */
export const personNumberSystems: readonly string[] = [
  identifierSystems.personnummer,
  identifierSystems.samordningsnummer,
  identifierSystems.nationalReserveNumber,
];

/** Extensions and profiles of others. */
export const foreignCanonicals = {
  seBasePatient: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient',
  seBaseOrganization: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseOrganization',
  seBasePractitioner: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePractitioner',
  seBaseMiddleName: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseMiddleNameExtension',
  seBaseAddressPerson: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseAddressPersonExtension',
  nameQualifier: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier',
  /** R5's Encounter.plannedEndDate, by the pattern of https://hl7.org/fhir/R5/versions.html#extensions. */
  plannedEndDate: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate',
  /** R5's Task.performer, by the same pattern. */
  taskPerformer: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Task.performer',
} as const;

/** The project's own extensions. */
export const extensions = {
  stepState: structureDefinition('step-state'),
  patientInformation: structureDefinition('patient-information'),
  ready: structureDefinition('ready'),
  discharge: structureDefinition('discharge'),
  shortStay: structureDefinition('short-stay'),
  coordinatedCarePlan: structureDefinition('coordinated-care-plan'),
  placingMunicipality: structureDefinition('placing-municipality'),
  admissionNoticeDue: structureDefinition('admission-notice-due'),
  needsAssessed: structureDefinition('needs-assessed'),
  participantSide: structureDefinition('participant-side'),
  participantAddedBy: structureDefinition('participant-added-by'),
  participantSecrecy: structureDefinition('participant-secrecy'),
  contactResponsibility: structureDefinition('contact-responsibility'),
  notAddressed: structureDefinition('not-addressed'),
  registeredBy: structureDefinition('registered-by'),
  decisionForm: structureDefinition('decision-form'),
  decisionGivenBy: structureDefinition('decision-given-by'),
  replaces: structureDefinition('replaces'),
  replacedBy: structureDefinition('replaced-by'),
  acknowledgedBy: structureDefinition('acknowledged-by'),
  annulledBy: structureDefinition('annulled-by'),
  leftBefore: structureDefinition('left-before'),
  consentGivenAt: structureDefinition('consent-given-at'),
  consentWithdrawnBy: structureDefinition('consent-withdrawn-by'),
  homeVisitOrder: structureDefinition('home-visit-order'),
  activeRole: structureDefinition('active-role'),
  /** Of an issue of an OperationOutcome: the resource that stands in the way. */
  inTheWay: structureDefinition('in-the-way'),
  /** Of a field of a form: who wrote what it says, when, and from which version of the form it says so. */
  written: structureDefinition('written'),
  /** Of an issue of an OperationOutcome: what a field of a form says now, which somebody else has changed. */
  saysNow: structureDefinition('says-now'),
  /** Of a question: which sides write here by default. */
  writtenBy: structureDefinition('written-by'),
  /** The track that the planning basis of a case gives (PLB-3), of a case and of the form. */
  track: structureDefinition('track'),
  /** That a printed copy of the patient information is handed over (SVU-26). */
  informationHandedOver: structureDefinition('information-handed-over'),
  /** Of a heading of a form: its questions are answered together. */
  together: structureDefinition('answered-together'),
  /** Of a form that each unit has for itself: whose it is. */
  formOfUnit: structureDefinition('form-of-unit'),
  /** Of a Questionnaire: the sides whose units open a form of it. */
  openedBySide: structureDefinition('opened-by-side'),
  /** Of a heading of a form: the side whose part it is. */
  partOfForm: structureDefinition('part-of-form'),
  /** Of a question: a no hands the form back to the hospital. */
  agreesWithHospital: structureDefinition('agrees-with-hospital'),
} as const;

/** What every case shows, of any kind. A kind may have profiles of its own, which have these as their parents. */
export const caseProfiles = {
  CareTeam: structureDefinition('case-care-team'),
  Communication: structureDefinition('case-notice'),
  Consent: structureDefinition('case-decision'),
} as const;

/** Which profiles the resources of a kind of case claim. */
export type ProfilesOfCase = Readonly<Record<keyof typeof caseProfiles, string>> & {
  /** Left out: its CarePlans claim none. */
  readonly CarePlan?: string;
};

/** What coordination at discharge claims. */
export const svuProfiles = {
  CarePlan: structureDefinition('svu-care-plan'),
  CareTeam: structureDefinition('svu-care-team'),
  Communication: structureDefinition('svu-notice'),
  Consent: structureDefinition('svu-decision'),
} as const satisfies ProfilesOfCase;

/** The project's own profiles of what is of no case. */
export const profiles = {
  Encounter: structureDefinition('hospital-stay'),
  PractitionerRole: structureDefinition('staff-role'),
  Task: structureDefinition('unit-todo'),
} as const;

/** The profile of what units write to each other (MSG-1), which are Communications as the hub's own notices are. */
export const messageProfile = structureDefinition('unit-message');

/** What units write together in a form under a case. */
export const formProfile = structureDefinition('case-form');

/** The profile of what they write outside every case (MSG-5). */
export const outsideMessageProfile = structureDefinition('outside-message');

/** The project's own profiles of what a client sends, where it is another thing than what is shown. */
export const submittedProfiles = {
  CarePlan: structureDefinition('svu-care-plan-submitted'),
  Communication: structureDefinition('unit-message-submitted'),
  OutsideMessage: structureDefinition('outside-message-submitted'),
  Consent: structureDefinition('svu-decision-submitted'),
  QuestionnaireResponse: structureDefinition('harm-assessment-answers-submitted'),
} as const;

/** The questions of a harm assessment (CON-4). */
export const harmAssessmentQuestionnaire = `${canonicalBase}/Questionnaire/harm-assessment`;
