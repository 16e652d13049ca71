import { table } from '../rejections/rejection-text.js';

/** Which day cannot be the planned one, and what hinders ready. */
export const readyRejections = table({
  'only-hospital-changes-planned-discharge': {
    rule: 'SVU-9',
    side: 'hospital',
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
    side: 'hospital',
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
    side: 'hospital',
    sv: 'Utskrivningsklar återtas av slutenvården.',
    en: 'Ready is withdrawn by the hospital.',
  },
  'not-ready': {
    rule: 'SVU-12',
    sv: 'Det finns inget meddelande om utskrivningsklar att återta.',
    en: 'The patient has not been reported ready.',
  },
  'ready-stands': {
    rule: 'SVU-12',
    sv: 'Det finns ett meddelande om utskrivningsklar. Återta det och ange ett nytt datum för beräknad utskrivning.',
    en: 'The patient has been reported ready. Withdraw that, which sets a new expected date.',
  },
  'ready-under-refusal': {
    rule: 'SVU-33',
    sv: 'Patienten har nekat samtycke. Utskrivningsklar publiceras inte.',
    en: 'The patient has refused. Ready is not published.',
  },
});
