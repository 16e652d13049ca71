import { own } from './own-system.js';

/** Decisions on sharing information. */
export const decisionCodeSystems = {
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
  /** Of the trail (ACC-5): `participant` also where the unit is asked to do something about a person in no case of its own. */
  accessGround: own('access-ground', 'Ground on which a person’s information was read or changed', {
    participant: { sv: 'Enheten deltar i ärendet', en: 'The unit takes part in the case' },
    message: {
      sv: 'Enheten har skickat eller fått ett meddelande utanför ärenden',
      en: 'The unit sent or got a message outside every case',
    },
    review: { sv: 'Granskning av loggen', en: 'Review of the trail' },
  }),
} as const;
