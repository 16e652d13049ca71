import { table } from '../rejections/rejection-text.js';

/** What hinders the admission notice: patient information, needs, publishing. */
export const publishingRejections = table({
  'information-not-both-ways': {
    rule: 'CON-1',
    sv: 'Ja betyder att patienten har fått både muntlig och skriftlig information. Ange annars nej och en orsak.',
    en: 'Yes means that the patient was informed both orally and in writing. Otherwise say no, with a reason.',
  },
  'information-reason-required': {
    rule: 'CON-1',
    sv: 'Ange orsaken till att patienten inte har informerats muntligt och skriftligt.',
    en: 'State why the patient was not informed orally and in writing.',
  },
  'only-hospital-records-information': {
    rule: 'CON-1',
    side: 'hospital',
    sv: 'Information till patienten registreras av slutenvården.',
    en: 'The information to the patient is recorded by the hospital.',
  },
  'reason-required': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet kräver en inskrivningsorsak.',
    en: 'The admission notice requires a reason for admission.',
  },
  'already-published': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet är redan publicerat.',
    en: 'The admission notice has already been published.',
  },
  'not-published': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet är inte publicerat än.',
    en: 'The admission notice has not been published yet.',
  },
  'only-hospital-publishes': {
    rule: 'SVU-3',
    side: 'hospital',
    sv: 'Inskrivningsmeddelandet publiceras av slutenvården.',
    en: 'The admission notice is published by the hospital.',
  },
  'primary-care-missing': {
    rule: 'SVU-40',
    sv: 'Kommunen får inskrivningsmeddelandet, men ingen enhet i öppenvården deltar i ärendet. Lägg till vårdcentralen, eller kontakta den per telefon och bekräfta.',
    en: 'The municipality gets the admission notice, but no unit of outpatient care takes part in the case. Add the health centre, or call it and confirm.',
  },
  'short-stay-not-here': {
    rule: 'SVU-28',
    sv: 'I er region anges inte kort vårdtid. Skicka inskrivningsmeddelandet utan det.',
    en: 'Under the policy of the case no short stay is stated. Send the notice without it.',
  },
  'stay-not-short': {
    rule: 'SVU-28',
    sv: 'Patienten har varit inskriven i mer än 24 timmar. Skicka inskrivningsmeddelandet utan kort vårdtid.',
    en: 'The patient was admitted more than 24 hours ago. Send the notice without a short stay.',
  },
  'information-missing': {
    rule: 'SVU-4',
    sv: 'Registrera först information till patienten.',
    en: 'Record the information to the patient first.',
  },
  'assessment-of-needs-in-the-future': {
    rule: 'SVU-5',
    sv: 'Tiden för läkarens bedömning kan inte ligga i framtiden.',
    en: "The time of the doctor's assessment cannot lie in the future.",
  },
  'publish-in-full-first': {
    rule: 'CON-5',
    sv: 'Ärendet visar bara det minimum som gällde vid nekat samtycke. Publicera inskrivningsmeddelandet på nytt först.',
    en: 'The case shows only the minimum of the refusal before. Publish the admission notice anew first.',
  },
});
