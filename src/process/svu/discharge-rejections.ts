import { table } from '../rejections/rejection-text.js';

/** What hinders an end of the case, and the way back from it. */
export const dischargeRejections = table({
  'receivers-not-contacted': {
    rule: 'SVU-28',
    sv: 'Kort vårdtid: alla har inte kvitterat utskrivningsklar som skickats före brytpunkten samma dag. Kontakta de mottagande enheterna, och bekräfta om utskrivningen ska publiceras ändå.',
    en: 'Short stay: not all have acknowledged ready that was sent by the cut-off the same day. Contact the receiving units, and confirm to discharge all the same.',
  },
  'only-hospital-annuls': {
    rule: 'SVU-6',
    side: 'hospital',
    sv: 'Ärendet makuleras av slutenvården.',
    en: 'The case is annulled by the hospital.',
  },
  'annulment-reason-required': {
    rule: 'SVU-6',
    sv: 'Ange varför ärendet makuleras.',
    en: 'State why the case is annulled.',
  },
  'working-document-begun': {
    rule: 'SVU-6',
    sv: 'Ett arbetsdokument är påbörjat, så ärendet kan bara avslutas genom utskrivning. Ett ärende som öppnades på fel patient makuleras ändå: ange det i stället för en orsak.',
    en: 'A working document has begun, so the case ends by discharge alone. One that was opened on the wrong patient is annulled all the same: say that instead of a reason.',
  },
  'wrong-patient-without-words': {
    rule: 'PAT-13',
    sv: 'Att ärendet öppnades på fel patient sägs utan egna ord, som kunde röja den andra patienten. Lämna orsaken tom.',
    en: 'That the case was opened on the wrong patient is said without words, which could give away the other patient. Leave the reason out.',
  },
  'no-receiver-of-side': {
    rule: 'ADR-13',
    sv: 'Ingen enhet i {side} deltar i ärendet, så ingen där får veta att vårdtillfället är slut. Lägg till enheten, eller kontakta den per telefon och bekräfta.',
    en: 'No unit of {side} takes part in the case, so nobody there learns that the stay has ended. Add the unit, or call it and confirm.',
  },
  'only-municipality-states-homecoming': {
    rule: 'SVU-37',
    side: 'municipality',
    sv: 'Tiden för hemgång anges av kommunen.',
    en: 'The time of going home is stated by the municipality.',
  },
  'homecoming-passed': {
    rule: 'SVU-37',
    sv: 'Dagen för hemgång har redan varit.',
    en: 'The day of going home has passed.',
  },
  'discharged-to-not-listed': {
    rule: 'SVU-21',
    sv: 'Välj vart patienten skrivs ut: {places}.',
    en: 'Choose where the patient is discharged to: {places}.',
  },
  'only-hospital-discharges': {
    rule: 'SVU-21',
    side: 'hospital',
    sv: 'Utskrivningen publiceras av slutenvården.',
    en: 'The discharge is published by the hospital.',
  },
  'discharge-in-the-future': {
    rule: 'SVU-21',
    sv: 'Utskrivningen kan inte ligga i framtiden.',
    en: 'The discharge cannot lie in the future.',
  },
  'discharged-before-admission': {
    rule: 'SVU-21',
    sv: 'Utskrivningen kan inte ligga före inskrivningen.',
    en: 'The discharge cannot come before the admission.',
  },
  'discharged-to-required': {
    rule: 'SVU-21',
    sv: 'Ange vart patienten skrivs ut.',
    en: 'State where the patient is discharged to.',
  },
  'discharged-to-of-early-end': {
    rule: 'SVU-21',
    sv: 'Vart patienten skrivs ut anges bara vid en utskrivning. Vid avslut i förtid kan det stå i kommentaren.',
    en: 'Where the patient is discharged to is stated of a discharge alone. Of an early end the comment may say it.',
  },
  'no-contact-calls-to-sip': {
    rule: 'SVU-21',
    sv: 'Ingen fast vårdkontakt med kallelseansvar är utsedd. Bekräfta om utskrivningen ska publiceras ändå.',
    en: 'No contact who calls to the SIP has been named. Confirm to discharge all the same.',
  },
  'only-hospital-undoes-discharge': {
    rule: 'SVU-24',
    side: 'hospital',
    sv: 'Bara slutenvården kan ångra utskrivningen.',
    en: 'The discharge is undone by the hospital.',
  },
  'not-discharged': {
    rule: 'SVU-24',
    sv: 'Ärendet har ingen utskrivning att ångra.',
    en: 'The case has no discharge to undo.',
  },
  'undo-too-late': {
    rule: 'SVU-24',
    sv: 'Utskrivningen kan bara ångras inom {hours} timmar.',
    en: 'The discharge can be undone while the case is on the list, {hours} hours.',
  },
});
