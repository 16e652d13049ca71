import { table } from './rejection-text.js';

/** The refusals of the steps of coordination at discharge; the others are in `rejection-texts.ts`. */
export const svuRejectionTexts = table({
  // Coordination at discharge
  'not-a-hospital-unit': {
    rule: 'SVU-1',
    sv: 'Enbart slutenvården kan skapa en SVU.',
    en: 'Only a hospital unit creates an SVU.',
  },
  'svu-already-open': {
    rule: 'SVU-2',
    sv: 'Personen har redan en öppen SVU.',
    en: 'The person already has an open SVU: {case}.',
  },
  'svu-open-elsewhere': {
    rule: 'SVU-2',
    sv: 'Personen har redan en öppen SVU, där er enhet inte deltar.',
    en: 'The person already has an open SVU, in which your unit does not take part.',
  },
  'case-already-opened': {
    rule: 'SVU-2',
    sv: 'Ärendet är redan öppnat.',
    en: 'The case has already been opened.',
  },
  'time-not-understood': {
    rule: 'SVU-3',
    sv: 'Tiden eller datumet går inte att tolka.',
    en: 'The time or date cannot be understood.',
  },
  'admission-in-the-future': {
    rule: 'SVU-3',
    sv: 'Inskrivningen kan inte ligga i framtiden.',
    en: 'The admission cannot lie in the future.',
  },
  'discharge-before-admission': {
    rule: 'SVU-3',
    sv: 'Beräknad utskrivning kan inte ligga före inskrivningsdagen.',
    en: 'The expected discharge cannot come before the day of admission.',
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
    sv: 'Inskrivningsmeddelandet publiceras av slutenvården.',
    en: 'The admission notice is published by the hospital.',
  },
  'information-missing': {
    rule: 'SVU-4',
    sv: 'Registrera först information till patienten.',
    en: 'Record the information to the patient first.',
  },
  'decision-missing': {
    rule: 'SVU-4',
    sv: 'Registrera först samtycke, nekat samtycke eller menprövning.',
    en: 'Register consent, refusal or harm assessment first.',
  },
  'assessment-of-needs-in-the-future': {
    rule: 'SVU-5',
    sv: 'Tiden för läkarens bedömning kan inte ligga i framtiden.',
    en: "The time of the doctor's assessment cannot lie in the future.",
  },
  'only-hospital-annuls': {
    rule: 'SVU-6',
    sv: 'Ärendet makuleras av slutenvården.',
    en: 'The case is annulled by the hospital.',
  },
  'annulment-reason-required': {
    rule: 'SVU-6',
    sv: 'Ange varför ärendet makuleras.',
    en: 'State why the case is annulled.',
  },
  'case-annulled': {
    rule: 'SVU-6',
    sv: 'Ärendet är makulerat.',
    en: 'The case has been annulled.',
  },
  'only-outpatient-names-contact': {
    rule: 'SVU-8',
    sv: 'Fast vårdkontakt utses av öppenvården.',
    en: 'The contact is named by outpatient care.',
  },
  'contact-not-of-outpatient': {
    rule: 'SVU-8',
    sv: 'En fast vårdkontakt arbetar i öppenvården. Välj någon som är anställd på en öppenvårdsenhet.',
    en: 'A contact works in outpatient care. Choose somebody with an assignment at one of its units.',
  },
  'contact-not-identified': {
    rule: 'SVU-8',
    sv: 'Ange den fasta vårdkontakten ur katalogen, med namn och HSA-id.',
    en: 'Name the contact from the catalogue, with HSA-id and name.',
  },
  'contact-needs-responsibility': {
    rule: 'SVU-8',
    sv: 'En fast vårdkontakt som inte är kallelseansvarig ska ha ett angivet ansvar.',
    en: 'A contact who does not call to the SIP needs a stated responsibility.',
  },
  'contact-not-named': {
    rule: 'SVU-8',
    sv: 'Personen är inte utsedd till fast vårdkontakt i ärendet.',
    en: 'The person is not a contact of the case.',
  },
  'only-hospital-changes-planned-discharge': {
    rule: 'SVU-9',
    sv: 'Beräknad utskrivning ändras av slutenvården.',
    en: 'The expected discharge is changed by the hospital.',
  },
  'change-reason-required': {
    rule: 'SVU-9',
    sv: 'Ange orsaken till att beräknad utskrivning ändras.',
    en: 'State why the expected discharge changes.',
  },
  'draft-day-has-no-reason': {
    rule: 'SVU-9',
    sv: 'Ärendet är ett utkast. Ingen annan har fått dagen ännu, så den rättas utan orsak. Lämna orsaken tom.',
    en: 'The case is a draft. Nobody has been told the day yet, so it is corrected without a reason. Leave it out.',
  },
  'planned-discharge-unchanged': {
    rule: 'SVU-9',
    sv: 'Beräknad utskrivning är redan den dagen. Orsaken lämnas till de andra när dagen ändras.',
    en: 'That is the expected discharge already. The reason is shared when the day changes.',
  },
  'expected-discharge-passed': {
    rule: 'SVU-9',
    sv: 'Beräknad utskrivning kan inte ändras till en dag som har varit.',
    en: 'The expected discharge cannot be moved to a day that has passed.',
  },
  'only-hospital-reports-ready': {
    rule: 'SVU-10',
    sv: 'Utskrivningsklar meddelas av slutenvården.',
    en: 'Ready is reported by the hospital.',
  },
  'ready-date-not-today': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar ska vara dagens datum ({today}).',
    en: "The ready date must be today's ({today}).",
  },
  'ready-date-too-late': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar kan senast vara {last}. Ändra beräknad utskrivning om dagen är längre bort.',
    en: 'The ready date can be {last} at the latest. Change the expected discharge where the day is further away.',
  },
  'ready-date-too-early': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar kan tidigast vara {first}.',
    en: 'The ready date can be {first} at the earliest.',
  },
  'not-a-hospital-doctor': {
    rule: 'SVU-43',
    sv: 'Ansvarig läkare ska vara en läkare i slutenvården. Personen är inte det enligt katalogen.',
    en: 'The responsible doctor is a doctor of the hospital. By the catalogue this person is not.',
  },
  'ready-before-admission': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar kan inte ligga före inskrivningsdagen.',
    en: 'The ready date cannot come before the day of admission.',
  },
  'doctor-required': {
    rule: 'SVU-10',
    sv: 'Ange ansvarig läkare.',
    en: 'Name the responsible doctor.',
  },
  'only-hospital-withdraws-ready': {
    rule: 'SVU-12',
    sv: 'Utskrivningsklar återtas av slutenvården.',
    en: 'Ready is withdrawn by the hospital.',
  },
  'not-ready': {
    rule: 'SVU-12',
    sv: 'Det finns inget meddelande om utskrivningsklar att återta.',
    en: 'The patient has not been reported ready.',
  },
  'publish-in-full-first': {
    rule: 'CON-5',
    sv: 'Ärendet visar bara det minimum som gällde vid nekat samtycke. Publicera inskrivningsmeddelandet på nytt först.',
    en: 'The case shows only the minimum of the refusal before. Publish the admission notice anew first.',
  },
  'ready-stands': {
    rule: 'SVU-12',
    sv: 'Det finns ett meddelande om utskrivningsklar. Återta det och ange ett nytt datum för beräknad utskrivning.',
    en: 'The patient has been reported ready. Withdraw that, which sets a new expected date.',
  },
  'only-hospital-discharges': {
    rule: 'SVU-21',
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
  'no-contact-calls-to-sip': {
    rule: 'SVU-21',
    sv: 'Ingen fast vårdkontakt med kallelseansvar är utsedd. Bekräfta om utskrivningen ska publiceras ändå.',
    en: 'No contact who calls to the SIP has been named. Confirm to discharge all the same.',
  },
  'case-locked': {
    rule: 'SVU-23',
    sv: 'Ärendet är avslutat och låst.',
    en: 'The patient has been discharged. The case is locked.',
  },
  'only-hospital-undoes-discharge': {
    rule: 'SVU-24',
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
  'step-unknown': {
    rule: 'SVU-32',
    sv: 'Steget finns inte i ärendet.',
    en: 'The process of the case has no such step.',
  },
  'ready-under-refusal': {
    rule: 'SVU-33',
    sv: 'Patienten har nekat samtycke. Utskrivningsklar publiceras inte.',
    en: 'The patient has refused. Ready is not published.',
  },
});
