import { table } from '../rejections/rejection-text.js';

/** What hinders that a unit says that its own planning is done, and what a discharge warns of where one has not. */
export const planningRejections = table({
  'planning-not-reported-here': {
    rule: 'SVU-32',
    sv: 'I ärenden enligt den här regionens rutin anges inte att den egna planeringen är klar.',
    en: "By the routine of this case nobody says that a unit's own planning is done.",
  },
  'only-planners-report-planning': {
    rule: 'SVU-27',
    forbidden: true,
    sv: 'Att den egna planeringen är klar anges av öppenvården och kommunen.',
    en: 'That the own planning is done is said by outpatient care and the municipality.',
  },
  'welcome-home-of-municipality': {
    rule: 'SVU-27',
    sv: 'När patienten är välkommen hem anges av kommunen.',
    en: 'From when the patient is welcome home is said by the municipality.',
  },
  'welcome-home-missing': {
    rule: 'SVU-27',
    sv: 'Ange när patienten är välkommen hem. Ingen annan enhet i kommunen har angett det.',
    en: 'State from when the patient is welcome home. No other unit of the municipality has.',
  },
  'welcome-home-passed': {
    rule: 'SVU-27',
    sv: 'Dagen då patienten är välkommen hem har redan varit.',
    en: 'The day from which the patient is welcome home has passed.',
  },
  'units-not-ready': {
    rule: 'SVU-36',
    sv: 'Dessa enheter har inte angett att de är klara för hemgång: {unit}. Kontakta dem, och bekräfta om utskrivningen ska publiceras ändå.',
    en: 'These units have not said that they are ready: {unit}. Contact them, and confirm to discharge all the same.',
  },
});
