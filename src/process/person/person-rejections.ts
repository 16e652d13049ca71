import { table } from '../rejections/rejection-text.js';

/** Who cannot be a person of the hub. */
export const personRejections = table({
  'person-unknown': {
    rule: 'PAT-1',
    sv: 'Personnumret finns inte i folkbokföringen. Personen kan inte registreras.',
    en: 'The number is not in the population register. The person cannot be registered.',
  },
  'personal-number-length': {
    rule: 'PAT-3',
    sv: 'Ange personnumret eller samordningsnumret med tolv siffror.',
    en: 'Give the personal or coordination number in full, twelve digits.',
  },
  'personal-number-date': {
    rule: 'PAT-3',
    sv: 'Numrets första åtta siffror är inte ett datum.',
    en: 'The first eight digits of the number are not a date.',
  },
  'personal-number-check-digit': {
    rule: 'PAT-3',
    sv: 'Numrets kontrollsiffra stämmer inte.',
    en: 'The check digit of the number is wrong.',
  },
  'reserve-number': {
    rule: 'PAT-4',
    sv: 'Reservnummer registreras inte. Planera per telefon.',
    en: 'Reserve numbers are not registered. Plan by telephone.',
  },
  'person-protected': {
    rule: 'PAT-5',
    sv: 'Personen kan inte hanteras här. Följ den manuella rutinen och planera per telefon.',
    en: 'The person cannot be handled here. Follow the manual routine and plan by telephone.',
  },
  'minor-not-handled': {
    rule: 'PAT-11',
    sv: 'Patienten är under 18 år, och kommunen hanterar inte barn och unga här. Planera per telefon.',
    en: 'The patient is under 18, and the municipality does not handle minors here. Plan by telephone.',
  },
});
