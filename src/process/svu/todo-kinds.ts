import type { KindOfTodo } from '../todo/kind-of-todo.js';
import { carried } from '../todo/carried.js';
import type { MomentsOfSvu } from './moments.js';
import { handledOn, review, sipBeforeReady } from '../todo/questions.js';
import type { StepName } from './step-names.js';

/**
 * `aboutReady`: it tells that the patient is or was ready, and is hidden where a refusal hides that (CON-5, SVU-33). `deadline`: any moment
 * that the case says.
 */
type SvuTodo = KindOfTodo & {
  readonly step?: StepName;
  readonly aboutReady?: true;
  readonly deadline?: keyof MomentsOfSvu;
};

const rows = {
  // Due half of a working shift before its time, so that those at work can still do it.
  'publish-admission-notice': {
    step: 'admission-notice',
    rules: ['SVU-5'],
    responsibility: 'write',
    openersOwn: true,
    endsByItsStep: true,
    deadline: 'admissionNoticeDue',
    leadMinutes: 4 * 60,
    sv: 'Publicera inskrivningsmeddelande',
    en: 'Publish the admission notice',
  },
  'acknowledge-admission-notice': {
    step: 'admission-notice',
    rules: ['SVU-7'],
    responsibility: 'acknowledge',
    acknowledges: true,
    sv: 'Kvittera inskrivningsmeddelande',
    en: 'Acknowledge the admission notice',
  },
  'acknowledge-planned-discharge': {
    step: 'planned-discharge',
    rules: ['SVU-9'],
    responsibility: 'acknowledge',
    acknowledges: true,
    sv: 'Kvittera ändrat beräknat utskrivningsdatum',
    en: 'Acknowledge the changed planned discharge',
  },
  'acknowledge-ready': {
    step: 'ready',
    rules: ['SVU-13', 'SVU-34'],
    responsibility: 'acknowledge',
    acknowledges: true,
    aboutReady: true,
    // SVU-34. It ends with a day: told while those who work by day are still there.
    leadMinutes: 8 * 60,
    sv: 'Kvittera meddelande om utskrivningsklar',
    en: 'Acknowledge ready for discharge',
  },
  // What was stated has lost its ground
  'state-homecoming': {
    rules: ['SVU-37'],
    responsibility: 'write',
    endsByItsStep: true,
    sv: 'Ange tid för hemgång på nytt',
    en: 'State the time of going home anew',
  },
  'report-planning-done': {
    rules: ['SVU-27'],
    responsibility: 'write',
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    sv: 'Ange att den egna planeringen är klar',
    en: 'Say that the own planning is done',
  },
  'send-planning-basis': {
    rules: ['PLB-1'],
    responsibility: 'write',
    openersOwn: true,
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    // Due half of a working shift before its time, so that those at work can still do it.
    leadMinutes: 4 * 60,
    sv: 'Fyll i och skicka planeringsunderlaget',
    en: 'Fill in the planning basis and send it',
  },
  'answer-admission-notice': {
    rules: ['SVU-7'],
    responsibility: 'write',
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    sv: 'Besvara frågorna i inskrivningsmeddelandet',
    en: 'Answer the questions of the admission notice',
  },
  'write-patient-information': {
    rules: ['SVU-26'],
    responsibility: 'write',
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    sv: 'Skriv enhetens del av patientinformationen',
    en: "Write the unit's part of the patient information",
  },
  'hand-over-patient-information': {
    rules: ['SVU-26'],
    responsibility: 'write',
    openersOwn: true,
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    sv: 'Lämna ett utskrivet exemplar av patientinformationen',
    en: 'Hand over a printed copy of the patient information',
  },
  // What the track asks (src/process/svu/track.ts). What concerns the SIP is said by hand.
  'receive-at-home': {
    rules: ['PLB-4'],
    responsibility: 'write',
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    aboutReady: true,
    // It ends with a day: told while those who work by day are still there.
    leadMinutes: 8 * 60,
    sv: 'Ta emot patienten hemma senast dagen efter utskrivningsklar',
    en: 'Receive the patient at home at the latest the day after ready',
  },
  'decide-on-sip': {
    rules: ['PLB-4'],
    responsibility: 'write',
    hiddenUnderRefusal: true,
    asks: { 'handled-on': handledOn },
    sv: 'Ta med patienten ställning till om SIP ska upprättas eller uppdateras',
    en: 'Decide with the patient whether to make or update a SIP',
  },
  'invite-to-sip': {
    rules: ['PLB-4'],
    responsibility: 'write',
    hiddenUnderRefusal: true,
    asks: { 'handled-on': handledOn },
    leadMinutes: 8 * 60,
    sv: 'Kalla till SIP senast på dagen för utskrivningsklar; mötet hålls inom 4 veckor efter utskrivningen',
    en: 'Invite to the SIP at the latest on the day of ready; it is held within 4 weeks of discharge',
  },
  'hold-pre-meeting': {
    rules: ['PLB-4'],
    responsibility: 'write',
    hiddenUnderRefusal: true,
    asks: { 'handled-on': handledOn },
    sv: 'Håll förmöte',
    en: 'Hold the pre-meeting',
  },
  'decide-when-sip': {
    rules: ['PLB-4'],
    responsibility: 'write',
    hiddenUnderRefusal: true,
    asks: { 'sip-before-ready': sipBeforeReady },
    sv: 'Besluta om SIP ska hållas före eller efter utskrivningsklar',
    en: 'Decide whether the SIP is held before or after ready',
  },
  // Of a short stay, unless all have acknowledged ready in time
  'contact-receivers': {
    step: 'discharge',
    rules: ['SVU-28'],
    responsibility: 'write',
    openersOwn: true,
    hiddenUnderRefusal: true,
    asks: { 'handled-on': handledOn },
    sv: 'Kort vårdtid: kontakta de mottagande enheterna före hemgången, om inte alla har kvitterat utskrivningsklar som skickats före brytpunkten',
    en: 'Short stay: contact the receiving units before the patient goes home, unless all have acknowledged ready that was sent by the cut-off',
  },
  'complete-statement': {
    step: 'statement',
    rules: ['SVU-16', 'SVU-17'],
    responsibility: 'write',
    openersOwn: true,
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    sv: 'Klarmarkera slutenvårdens del av ställningstagandet',
    en: 'Mark the part of the hospital in the statement complete',
  },
  'sign-statement': {
    step: 'statement',
    rules: ['SVU-19', 'SVU-20'],
    responsibility: 'sign',
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    sv: 'Justera ställningstagandet',
    en: 'Sign the statement',
  },
  // From A03
  'publish-discharge': {
    step: 'discharge',
    rules: ['SVU-21'],
    responsibility: 'write',
    carries: { dischargedAt: carried.dischargedAt },
    openersOwn: true,
    endsByItsStep: true,
    sv: 'Publicera utskrivningsmeddelande',
    en: 'Publish the discharge notice',
  },
  // Also where the day of discharge has passed: it is named before she goes.
  'appoint-contact': {
    rules: ['SVU-8'],
    responsibility: 'write',
    endsByItsStep: true,
    hiddenUnderRefusal: true,
    // It ends with a day: told while those who work by day are still there.
    leadMinutes: 8 * 60,
    sv: 'Utse fast vårdkontakt före utskrivningen',
    en: 'Name a contact before the discharge',
  },
  // From A08
  'review-expected-discharge': {
    step: 'planned-discharge',
    rules: ['SVU-9'],
    responsibility: 'write',
    carries: {
      expectedDischarge: carried.expectedDischarge,
      expectedDischargeRemoved: carried.expectedDischargeRemoved,
    },
    openersOwn: true,
    asks: { 'handled-on': handledOn },
    sv: 'Journalsystemet har ändrat beräknat utskrivningsdatum: granska ärendets datum',
    en: 'The journal system has changed the planned discharge: review the date of the case',
  },
  // From A11
  'annul-case': {
    rules: ['SVU-6'],
    responsibility: 'write',
    openersOwn: true,
    sv: 'Inskrivningen är återtagen i journalsystemet: makulera ärendet',
    en: 'The admission is cancelled in the journal system: annul the case',
  },
  // from A11, where the case can no longer be annulled
  'review-cancelled-admission': {
    rules: ['SVU-6'],
    responsibility: 'write',
    ...review,
    afterEnd: true,
    sv: 'Inskrivningen är återtagen i journalsystemet, men ärendet kan inte längre makuleras: granska det',
    en: 'The admission is cancelled in the journal system, but the case can no longer be annulled: review it',
  },
  // From A13
  'undo-discharge': {
    step: 'discharge',
    rules: ['SVU-24'],
    responsibility: 'write',
    openersOwn: true,
    afterEnd: true,
    sv: 'Journalsystemet har patienten kvar efter utskrivningen: kontrollera, och ångra utskrivningen om patienten är kvar',
    en: 'The journal system has the patient there after the discharge: check, and undo the discharge if so',
  },
  // SVU-24, from A02 after the end of the case: she may wait in a discharge lounge
  'review-move-after-end': {
    step: 'discharge',
    rules: ['SVU-24'],
    responsibility: 'write',
    ...review,
    afterEnd: true,
    sv: 'Journalsystemet har flyttat patienten efter att ärendet avslutades: granska om vården fortsätter, och ångra i så fall utskrivningen',
    en: 'The journal system has moved the patient after the end of the case: review whether the care goes on, and if so undo the discharge',
  },
  // A01 while a case is open elsewhere; or the case was opened while the journal had the patient in another stay
  'review-open-case-elsewhere': {
    rules: ['CON-14'],
    responsibility: 'write',
    carries: { ward: carried.ward },
    ...review,
    sv: 'Journalsystemet har patienten inskriven i ett annat vårdtillfälle: granska det öppna ärendet',
    en: 'The journal system has the patient admitted in another stay: review the open case',
  },
  // From another patient class (PV1-2) or class of Encounter, which says neither that she has left nor that she never was there
  'review-other-care': {
    rules: ['SVU-21'],
    responsibility: 'write',
    ...review,
    sv: 'Journalsystemet har vårdtillfället som annan vård än slutenvård: granska om patienten är kvar, och avsluta annars ärendet',
    en: 'The journal system has the visit as other care than a stay in hospital: review whether the patient is there, and else end the case',
  },
} as const satisfies Readonly<Record<string, SvuTodo>>;

/** The to-dos of coordination at discharge. */
export const svuTodoKinds: Readonly<Record<keyof typeof rows, SvuTodo>> = rows;
