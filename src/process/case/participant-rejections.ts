import { table } from '../rejections/rejection-text.js';

/** Which units cannot join a case or leave it. */
export const participantRejections = table({
  'hospital-unit-hidden': {
    rule: 'CON-5',
    forbidden: true,
    sv: 'Patienten har nekat samtycke. Bara slutenvården kan lägga till eller ta bort slutenvårdens enheter.',
    en: 'The patient has refused. Only the hospital adds or removes units of the hospital.',
  },
  'unit-unknown': {
    rule: 'ADR-10',
    sv: 'Enheten finns inte i katalogen eller är stängd.',
    en: 'Unit {unit} is not in the catalogue or is not active.',
  },
  'unit-takes-no-part': {
    rule: 'ADR-10',
    sv: 'Enheten deltar inte i ärendet, så orsaken kan inte sparas.',
    en: 'The unit takes no part in the case, so the reason cannot be kept.',
  },
  'removal-not-confirmed': {
    rule: 'ADR-10',
    sv: 'Bekräfta att {unit} ska tas bort ur ärendet.',
    en: 'Confirm that {unit} is to be removed from the case.',
  },
  'last-unit-of-side': {
    rule: 'ADR-11',
    sv: '{unit} är den sista enheten på sin sida i ärendet. Bekräfta och ange en orsak.',
    en: '{unit} is the last unit of its side. Confirm, and give a reason.',
  },
  'preselected-needs-reason': {
    rule: 'ADR-16',
    sv: '{unit} är förvald av listningen eller folkbokföringen. Ange en orsak till att enheten tas bort; de andra enheterna får veta den.',
    en: '{unit} was preselected by the listing or the population register. Give a reason; the other units are told it.',
  },
  'inbox-not-taken': {
    rule: 'ADR-14',
    sv: 'Ingen enhet i kommunen har kvitterat ärendet än. Det ligger kvar i inkorgen tills någon har tagit det. Markera uppgiften att fördela som klar om ingen annan enhet ska ha det.',
    en: 'No other unit of the municipality has acknowledged anything of the case. It stays in the inbox until one has taken it, or the to-do to distribute it is completed.',
  },
  'leader-hands-over-itself': {
    rule: 'ORG-3',
    sv: '{unit} leder ärendet. Bara enheten själv, eller dess sida i samma organisation, kan lämna över det.',
    en: '{unit} leads the case. It hands the case over itself, or its side of its own organisation does.',
  },
  'last-unit-of-opener': {
    rule: 'ADR-11',
    sv: '{unit} är den sista enheten på den sida som öppnade ärendet. Lägg till en annan enhet först.',
    en: '{unit} is the last unit of the side that opened the case. Add another first.',
  },
});
