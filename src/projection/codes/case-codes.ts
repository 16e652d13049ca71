import { own } from './own-system.js';

/** Cases, their steps and what stands in them. */
export const caseCodeSystems = {
  caseKind: own('case-kind', 'Kind of case', {
    svu: { sv: 'Samverkan vid utskrivning', en: 'Coordination at discharge' },
  }),
  step: own('svu-step', 'Step of coordination at discharge', {
    'admission-notice': { sv: 'Inskrivningsmeddelande', en: 'Admission notice' },
    statement: { sv: 'Ställningstagande', en: 'Statement' },
    'planned-discharge': { sv: 'Beräknad utskrivning', en: 'Planned discharge' },
    ready: { sv: 'Utskrivningsklar', en: 'Ready for discharge' },
    discharge: { sv: 'Utskrivning', en: 'Discharge' },
  }),
  stepState: own('step-state', 'State of a step', {
    'not-begun': { sv: 'Ej påbörjat', en: 'Not begun' },
    awaiting: { sv: 'Väntar på kvittens', en: 'Awaiting acknowledgement' },
    partly: { sv: 'Delvis kvitterat', en: 'Partly acknowledged' },
    'awaiting-signature': { sv: 'Väntar på justering', en: 'Awaiting signature' },
    'partly-signed': { sv: 'Delvis justerat', en: 'Partly signed' },
    done: { sv: 'Klart', en: 'Done' },
  }),
  /** VIEW-2 also has blue, for an assessment that is begun. */
  stepColour: own('step-colour', 'Colour of a step for the one who looks', {
    red: { sv: 'Min roll ska agera', en: 'My role must act' },
    yellow: { sv: 'Andra ska agera', en: 'Others must act' },
    green: { sv: 'Klart', en: 'Done' },
    grey: { sv: 'Ej påbörjat', en: 'Not begun' },
  }),
  trackColour: own('track-colour', 'Track colour of a planning basis', {
    red: { sv: 'Rött spår', en: 'Red track' },
    yellow: { sv: 'Gult spår', en: 'Yellow track' },
    green: { sv: 'Grönt spår', en: 'Green track' },
    blue: { sv: 'Blått spår', en: 'Blue track' },
  }),
  copyTaker: own('copy-taker', 'Who takes the printed copy of the patient information', {
    patient: { sv: 'Patienten', en: 'The patient' },
    relative: { sv: 'Närstående', en: 'A relative' },
    'legal-representative': { sv: 'Legal företrädare', en: 'A legal representative' },
  }),
  trackStep: own('track-step', 'What a track says of the planning that follows', {
    'home-within-a-day': {
      sv: 'Hemgång senast dagen efter utskrivningsklar',
      en: 'Home at the latest the day after ready',
    },
    'no-invitation-to-sip': { sv: 'Ingen kallelse till SIP', en: 'No invitation to a SIP' },
    'outpatient-decides-on-sip': {
      sv: 'Öppenvården tar med patienten ställning till om SIP ska upprättas eller uppdateras',
      en: 'Outpatient care decides with the patient whether to make or update a SIP',
    },
    'invite-to-sip': {
      sv: 'Öppenvården kallar till SIP senast på dagen för utskrivningsklar; SIP inom 4 veckor efter utskrivningen',
      en: 'Outpatient care invites to the SIP at the latest on the day of ready; SIP within 4 weeks of discharge',
    },
    'consider-pre-meeting': { sv: 'Överväg förmöte', en: 'Consider a pre-meeting' },
    'pre-meeting-required': { sv: 'Förmöte krävs', en: 'A pre-meeting is required' },
    'decide-when-sip': {
      sv: 'Fast vårdkontakt beslutar om SIP före eller efter utskrivningsklar',
      en: 'The contact decides whether the SIP is before or after ready',
    },
  }),
  paymentModel: own('payment-model', 'How liability for payment is counted', {
    statutory: { sv: 'Lagens modell', en: 'Statutory model' },
    average: { sv: 'Genomsnittsmodell', en: 'Average model' },
    none: { sv: 'Räknas inte här', en: 'Not counted here' },
  }),
  paymentCondition: own('payment-condition', 'What liability for payment depends on', {
    'admission-notice-in-time': {
      sv: 'Inskrivningsmeddelande inom 24 timmar',
      en: 'Admission notice within 24 hours',
    },
    'ready-sent': { sv: 'Utskrivningsklar meddelad', en: 'Ready sent' },
    'contact-named': { sv: 'Fast vårdkontakt utsedd', en: 'Contact (fast vårdkontakt) named' },
    'sip-invitation': {
      sv: 'Kallelse till SIP inom tre dagar, avböjd SIP eller samordnad vårdplan',
      en: 'Invited to a SIP within three days, SIP declined, or a coordinated care plan',
    },
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
  /** VIEW-6 */
  versionMark: own('version-mark', 'What a version of a resource is marked as', {
    'not-current': { sv: 'Inte aktuell version', en: 'Not the current version' },
  }),
  planMaker: own('plan-maker', 'Who made a coordinated care plan', {
    'chief-psychiatrist': { sv: 'Chefsöverläkare', en: 'Chief psychiatrist' },
    'delegated-senior-physician': { sv: 'Överläkare på delegation', en: 'Senior physician by delegation' },
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
} as const;
