import type { CodeableConcept, Coding } from 'fhir/r4.js';

/**
 * Every code system, canonical URL and identifier system that the hub writes or reads, in one place. The hub's own code
 * systems are published from `fhir-profiles`; a test compares the two.
 */

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
  admissionNoticeDue: structureDefinition('admission-notice-due'),
  needsAssessed: structureDefinition('needs-assessed'),
  participantSide: structureDefinition('participant-side'),
  contactResponsibility: structureDefinition('contact-responsibility'),
  notAddressed: structureDefinition('not-addressed'),
  registeredBy: structureDefinition('registered-by'),
  decisionForm: structureDefinition('decision-form'),
  decisionGivenBy: structureDefinition('decision-given-by'),
  replaces: structureDefinition('replaces'),
  replacedBy: structureDefinition('replaced-by'),
  activeRole: structureDefinition('active-role'),
} as const;

/** The project's own profiles. */
export const profiles = {
  CarePlan: structureDefinition('svu-care-plan'),
  CareTeam: structureDefinition('svu-care-team'),
  Communication: structureDefinition('svu-notice'),
  Consent: structureDefinition('svu-decision'),
  Encounter: structureDefinition('hospital-stay'),
  PractitionerRole: structureDefinition('staff-role'),
  Task: structureDefinition('unit-todo'),
} as const;

/** The project's own profiles of what a client sends, where it is another thing than what is shown. */
export const submittedProfiles = {
  CarePlan: structureDefinition('svu-care-plan-submitted'),
  Consent: structureDefinition('svu-decision-submitted'),
  QuestionnaireResponse: structureDefinition('harm-assessment-answers-submitted'),
} as const;

/** The questions of a harm assessment (CON-4). */
export const harmAssessmentQuestionnaire = `${canonicalBase}/Questionnaire/harm-assessment`;

/** A concept in the two languages of the hub. */
export type Concept = { readonly sv: string; readonly en: string };

const own = <Code extends string>(
  name: string,
  title: string,
  concepts: Readonly<Record<Code, Concept>>,
) => ({
  system: `${canonicalBase}/CodeSystem/${name}`,
  name,
  title,
  concepts,
});

/** The project's own code systems: code → Swedish and English. */
export const codeSystems = {
  caseKind: own('case-kind', 'Kind of case', {
    svu: { sv: 'Samverkan vid utskrivning', en: 'Coordination at discharge' },
  }),
  step: own('svu-step', 'Step of coordination at discharge', {
    'admission-notice': { sv: 'Inskrivningsmeddelande', en: 'Admission notice' },
    'planned-discharge': { sv: 'Beräknad utskrivning', en: 'Planned discharge' },
    ready: { sv: 'Utskrivningsklar', en: 'Ready for discharge' },
    discharge: { sv: 'Utskrivning', en: 'Discharge' },
  }),
  stepState: own('step-state', 'State of a step', {
    'not-begun': { sv: 'Ej påbörjat', en: 'Not begun' },
    awaiting: { sv: 'Väntar på kvittens', en: 'Awaiting acknowledgement' },
    partly: { sv: 'Delvis kvitterat', en: 'Partly acknowledged' },
    done: { sv: 'Klart', en: 'Done' },
  }),
  todo: own('todo', 'To-do of a unit', {
    'publish-admission-notice': {
      sv: 'Publicera inskrivningsmeddelande',
      en: 'Publish the admission notice',
    },
    'acknowledge-admission-notice': {
      sv: 'Kvittera inskrivningsmeddelande',
      en: 'Acknowledge the admission notice',
    },
    'acknowledge-planned-discharge': {
      sv: 'Kvittera ändrat beräknat utskrivningsdatum',
      en: 'Acknowledge the changed planned discharge',
    },
    'acknowledge-ready': {
      sv: 'Kvittera meddelande om utskrivningsklar',
      en: 'Acknowledge ready for discharge',
    },
    'acknowledge-message': {
      sv: 'Kvittera generellt meddelande',
      en: 'Acknowledge a general message',
    },
    'address-by-hand': {
      sv: 'Ärendet kunde inte adresseras: lägg till enheten manuellt',
      en: 'Address the case by hand',
    },
    'publish-discharge': {
      sv: 'Publicera utskrivningsmeddelande',
      en: 'Publish the discharge notice',
    },
    'review-expected-discharge': {
      sv: 'Journalsystemet har ändrat beräknat utskrivningsdatum: granska ärendets datum',
      en: 'The journal system has changed the planned discharge: review the date of the case',
    },
    'annul-case': {
      sv: 'Inskrivningen är återtagen i journalsystemet: makulera ärendet',
      en: 'The admission is cancelled in the journal system: annul the case',
    },
    'review-cancelled-admission': {
      sv: 'Inskrivningen är återtagen i journalsystemet, men ärendet kan inte längre makuleras: granska det',
      en: 'The admission is cancelled in the journal system, but the case can no longer be annulled: review it',
    },
    'undo-discharge': {
      sv: 'Utskrivningen är återtagen i journalsystemet: ångra utskrivningen',
      en: 'The discharge is cancelled in the journal system: undo the discharge',
    },
    'review-register-change': {
      sv: 'Granska ändrade folkbokförings- eller listningsuppgifter',
      en: 'Review changed register data',
    },
    'forward-to-new-health-centre': {
      sv: 'Patienten har listats om: lägg till den nya vårdcentralen i ärendet',
      en: 'The patient is listed elsewhere now: forward the case to the new health centre',
    },
    'review-open-case-elsewhere': {
      sv: 'Patienten är inskriven på nytt: granska det öppna ärendet',
      en: 'Admitted anew: review the open case',
    },
    'review-double-case': {
      sv: 'Patienten har ett öppet ärende också under ett annat personnummer: avsluta eller makulera ett av dem',
      en: 'The patient has an open case under another number as well: end or annul one of them',
    },
    'check-identity': {
      sv: 'Journalsystemet säger något annat om vem patienten är än ärendet och folkbokföringen: kontrollera patientens identitet',
      en: 'The journal system says something else of who the patient is than the case and the population register: check it',
    },
    'hand-over-case': {
      sv: 'Patienten har flyttats till en avdelning hos en annan vårdgivare: lämna över ärendet dit eller avsluta det',
      en: 'The patient was moved to a ward of another organisation: hand the case over or end it',
    },
    'agree-on-planning': {
      sv: 'Patienten har flyttats hit från en annan vårdgivare: kom överens med avdelningen där om vem som planerar utskrivningen',
      en: 'The patient was moved here from another organisation: agree with the ward there who plans the discharge',
    },
    'continue-by-telephone': {
      sv: 'Fortsätt planeringen per telefon',
      en: 'Continue by telephone',
    },
    'plan-by-telephone': {
      sv: 'Planera per telefon enligt manuell rutin',
      en: 'Plan by telephone, by the manual routine',
    },
  }),
  todoInput: own('todo-input', 'What a to-do carries', {
    dischargedAt: {
      sv: 'Utskriven enligt journalsystemet',
      en: 'Discharged according to the journal system',
    },
    expectedDischarge: {
      sv: 'Beräknat utskrivningsdatum enligt journalsystemet',
      en: 'Planned discharge according to the journal system',
    },
    expectedDischargeRemoved: {
      sv: 'Beräknat utskrivningsdatum är borttaget i journalsystemet',
      en: 'The journal system has removed the planned discharge',
    },
    cause: { sv: 'Orsak', en: 'Cause' },
    changed: { sv: 'Ändrade uppgifter', en: 'Changed data' },
    ward: { sv: 'Avdelning', en: 'Ward' },
    reference: { sv: 'Meddelandets nummer hos avsändaren', en: "The sender's message id" },
    visit: { sv: 'Vårdtillfällets nummer i journalsystemet', en: "The journal system's id of the stay" },
    side: { sv: 'Sida', en: 'Side' },
    unit: { sv: 'Enhet', en: 'Unit' },
  }),
  todoOutput: own('todo-output', 'What a to-do asks', {
    'case-goes-on': { sv: 'Ärendet fortsätter', en: 'The case goes on' },
    'identity-confirmed': { sv: 'Patientens identitet är bekräftad', en: 'The identity is confirmed' },
    'handled-on': { sv: 'Hanterad den', en: 'Handled on' },
  }),
  todoStatusReason: own('todo-status-reason', 'Why a to-do stands where it stands', {
    'awaits-information': { sv: 'Väntar på uppgifter', en: 'Awaits information' },
    'awaits-another-unit': { sv: 'Väntar på en annan enhet', en: 'Awaits another unit' },
    'awaits-assessment': { sv: 'Väntar på bedömning', en: 'Awaits an assessment' },
    'done-by-telephone': { sv: 'Gjort per telefon', en: 'Done by telephone' },
    'patient-gone': {
      sv: 'Patienten är inte kvar på avdelningen',
      en: 'The patient is not at the ward any more',
    },
    'planning-ended': {
      sv: 'Det finns inte längre något att komma överens om',
      en: 'There is nothing left to agree on',
    },
    'identity-known': {
      sv: 'Patienten finns nu i tjänsten',
      en: 'The patient is in the service now',
    },
  }),
  notice: own('notice', 'Notice of the hub', {
    'admission-notice': { sv: 'Inskrivningsmeddelande', en: 'Admission notice' },
    'planned-discharge-changed': {
      sv: 'Ändrat beräknat utskrivningsdatum',
      en: 'Planned discharge changed',
    },
    ready: { sv: 'Meddelande om utskrivningsklar', en: 'Ready for discharge' },
    'ready-withdrawn': {
      sv: 'Återtaget meddelande om utskrivningsklar',
      en: 'Ready for discharge withdrawn',
    },
    discharge: { sv: 'Utskrivningsmeddelande', en: 'Discharge notice' },
    'discharge-undone': { sv: 'Utskrivningen ångrad', en: 'Discharge undone' },
    annulled: { sv: 'Ärendet makulerat', en: 'Case annulled' },
    'participant-added': { sv: 'Enhet tillagd', en: 'Unit added' },
    'participant-removed': { sv: 'Enhet borttagen', en: 'Unit removed' },
    'ward-changed': { sv: 'Avdelningsbyte', en: 'Change of ward' },
    frozen: { sv: 'Fortsätt per telefon', en: 'Continue by telephone' },
    // Beside the kind, where the policy has a step told as a message (SVU-12, SVU-24).
    'general-message': { sv: 'Generellt meddelande', en: 'General message' },
    // Beside the kind, where it says something else than the notice that it replaces.
    changed: { sv: 'Ändring', en: 'Change' },
    // Not sent: what a unit wrote to itself of a to-do.
    'todo-note': { sv: 'Anteckning om uppgift', en: 'Note on a to-do' },
  }),
  decision: own('decision', 'Decision on sharing information', {
    consent: { sv: 'Samtycke', en: 'Consent' },
    refusal: { sv: 'Nekat samtycke', en: 'Refusal' },
    'harm-assessment': { sv: 'Menprövning', en: 'Harm assessment' },
    'secrecy-breaking-rule': {
      sv: 'Sekretessbrytande regel (LPT/LRV)',
      en: 'Secrecy-breaking rule (LPT/LRV)',
    },
  }),
  decisionForm: own('decision-form', 'How a decision was given', {
    oral: { sv: 'Muntligt', en: 'Orally' },
    written: { sv: 'Skriftligt', en: 'In writing' },
  }),
  decisionGivenBy: own('decision-given-by', 'Who gave a decision', {
    patient: { sv: 'Patienten', en: 'The patient' },
    guardian: { sv: 'Vårdnadshavare', en: 'Guardian' },
    'legal-representative': { sv: 'Legal företrädare', en: 'Legal representative' },
  }),
  secrecyLaw: own('secrecy-law', 'Law of compulsory care behind a secrecy-breaking rule', {
    LPT: { sv: 'Lagen om psykiatrisk tvångsvård', en: 'Compulsory Psychiatric Care Act' },
    LRV: { sv: 'Lagen om rättspsykiatrisk vård', en: 'Forensic Psychiatric Care Act' },
  }),
  /** Policies are configuration (`policies/`): listed are those that come with the hub, and a region may have others. */
  policy: {
    ...own<string>('policy', 'Method of a region', {
      skane: { sv: 'Skåne', en: 'Skåne' },
      norrbotten: { sv: 'Norrbotten', en: 'Norrbotten' },
      vasterbotten: { sv: 'Västerbotten', en: 'Västerbotten' },
    }),
    isFragment: true,
  },
  delivery: own('delivery', 'How far a thing came', {
    delivered: { sv: 'Levererat', en: 'Delivered' },
    shown: { sv: 'Visat', en: 'Shown' },
    acknowledged: { sv: 'Kvitterat', en: 'Acknowledged' },
  }),
  todoDeadline: own('todo-deadline', 'How an open to-do stands to its deadline', {
    due: { sv: 'Tiden är snart ute', en: 'Due soon' },
    overdue: { sv: 'Försenad', en: 'Overdue' },
  }),
  responsibility: own('responsibility', 'What a role may do for its unit', {
    read: { sv: 'Läsa', en: 'Read' },
    write: { sv: 'Skriva', en: 'Write' },
    acknowledge: { sv: 'Kvittera', en: 'Acknowledge' },
    sign: { sv: 'Justera', en: 'Sign' },
    approve: { sv: 'Godkänna', en: 'Approve' },
  }),
  side: own('side', 'Side of the law 2017:612', {
    hospital: { sv: 'Slutenvård', en: 'Hospital' },
    outpatient: { sv: 'Öppenvård', en: 'Outpatient care' },
    municipality: { sv: 'Kommun', en: 'Municipality' },
    other: { sv: 'Annan part', en: 'Other party' },
  }),
  participantRole: own('participant-role', 'Part in a case', {
    unit: { sv: 'Deltagande enhet', en: 'Participating unit' },
    contact: { sv: 'Fast vårdkontakt', en: 'Contact (fast vårdkontakt)' },
    'calls-to-sip': { sv: 'Kallelseansvarig för SIP', en: 'Calls to the SIP' },
  }),
  registerChange: own('register-change', 'What changed in a register', {
    name: { sv: 'Namn', en: 'Name' },
    address: { sv: 'Adress', en: 'Address' },
    municipality: { sv: 'Folkbokföringskommun', en: 'Municipality of registration' },
    deceased: { sv: 'Avliden', en: 'Deceased' },
    deregistered: { sv: 'Avregistrerad ur folkbokföringen', en: 'Deregistered' },
    listing: { sv: 'Listning', en: 'Listing' },
    'unit-closed': {
      sv: 'En deltagande enhet är stängd i HSA-katalogen',
      en: 'A participating unit is closed in the HSA catalogue',
    },
  }),
  addressingFailure: own('addressing-failure', 'Why a side could not be addressed', {
    'no-listing': { sv: 'Ingen giltig listning', en: 'No valid listing' },
    'listed-unit-unknown': {
      sv: 'Listad vid en enhet som inte finns i Hemgång',
      en: 'Listed at a unit outside the hub',
    },
    'no-municipality': { sv: 'Ingen folkbokföringskommun', en: 'No municipality of registration' },
    'municipality-unknown': { sv: 'Kommunen finns inte i Hemgång', en: 'Municipality outside the hub' },
    'service-unavailable': { sv: 'Registret svarar inte', en: 'The register does not answer' },
    'ward-unknown': { sv: 'Avdelningen finns inte i Hemgång', en: 'Ward outside the hub' },
  }),
  dischargeForm: own('discharge-form', 'Form of a discharge', {
    discharge: { sv: 'Utskrivning', en: 'Discharge' },
    'early-end': { sv: 'Avslut i förtid', en: 'Early end' },
  }),
  /** Roles of the directory are configuration, so their codes are not listed here. */
  role: own<never>('role', 'Role of the directory', {}),
} as const;

/** Code systems of others that the hub writes. */
export const foreignSystems = {
  /** Inera, type of care plan (SPU: samordnad plan vid utskrivning). */
  careplanType: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  physicalType: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
  snomed: 'http://snomed.info/sct',
  title: 'urn:oid:1.2.752.129.2.2.1.4',
} as const;

/** Inera's type of care plan, of which one is a case of the hub. Inera publishes the words in Swedish alone. */
export const careplanType = {
  system: foreignSystems.careplanType,
  concepts: { SPU: { sv: 'Samordnad plan vid utskrivning', en: 'Samordnad plan vid utskrivning' } },
} as const;

/** HL7's scope of a consent, of which one is that of a decision; the words are HL7's. */
export const consentScope = {
  system: foreignSystems.consentScope,
  concepts: { 'patient-privacy': { sv: 'Privacy Consent', en: 'Privacy Consent' } },
} as const;

type System = { readonly system: string; readonly concepts: Readonly<Record<string, Concept>> };

/** A coding of one of the hub's own systems, with its Swedish display. */
export function coding<Of extends System>(of: Of, code: keyof Of['concepts'] & string): Coding {
  const concept = of.concepts[code];
  return { system: of.system, code, ...(concept ? { display: concept.sv } : {}) };
}

/** A concept with one coding of the hub's own and the Swedish text staff read. */
export function concept<Of extends System>(
  of: Of,
  code: keyof Of['concepts'] & string,
): CodeableConcept & { coding: Coding[] } {
  const text = of.concepts[code]?.sv;
  return { coding: [coding(of, code)], ...(text === undefined ? {} : { text }) };
}
