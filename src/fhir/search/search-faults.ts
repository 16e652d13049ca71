import type { FaultText } from '../fault-text.js';

/** What cannot be searched for, the trail included. */
export const searchFaults = {
  'unknown-parameter': {
    status: 400,
    type: 'not-supported',
    sv: 'Det går inte att söka på det sättet.',
    en: 'The search parameter {parameter}, or its modifier, is not supported for {type}.',
  },
  'name-too-short': {
    status: 400,
    type: 'value',
    rule: 'SVU-8',
    sv: 'Personal söks på minst tre bokstäver av namnet, eller på HSA-id.',
    en: 'Staff are searched by at least three letters of the name, or by HSA-id ({parameter}).',
  },
  'staff-not-listed': {
    status: 400,
    type: 'value',
    rule: 'SVU-8',
    sv: 'Personal söks på namn, på HSA-id eller för en enhet.',
    en: 'Staff are looked for, not listed. A search says one of: {expected}.',
  },
  'bad-parameter': {
    status: 400,
    type: 'value',
    sv: 'Ett av sökvillkoren är ogiltigt.',
    en: 'The value of the search parameter {parameter} is invalid.',
  },
  'bad-system': {
    status: 400,
    type: 'value',
    sv: 'Ett av sökvillkoren är ogiltigt.',
    en: 'The search parameter {parameter} takes values of these systems: {expected}.',
  },
  'bad-sort': {
    status: 400,
    type: 'value',
    sv: 'Svaret kan inte sorteras så.',
    en: 'The hub sorts by one key, not by a list: {expected}.',
  },
  'bad-code': {
    status: 400,
    type: 'code-invalid',
    sv: 'Ett av sökvillkoren är ogiltigt.',
    en: 'The search parameter {parameter} takes one of these codes, alone or after its system: {expected}.',
  },
  'too-many-values': {
    status: 400,
    type: 'too-long',
    sv: 'En sökning kan ha högst {criteria} villkor och {values} värden.',
    en: 'A search takes at most {criteria} parameters and {values} values.',
  },
  'list-too-long': {
    status: 400,
    type: 'too-costly',
    rule: 'VIEW-1',
    sv: 'Enheterna har för många aktuella ärenden för en lista. Välj en enhet.',
    en: 'The units of the token have more than {most} current cases. Ask for one of them: the parameter unit.',
  },
  'number-needs-post': {
    status: 400,
    type: 'security',
    sv: 'Sökningen måste göras utan att uppgifterna står i adressen.',
    en: 'The parameter {parameter} is taken only in POST _search.',
  },
  'bad-person-number': {
    status: 400,
    type: 'value',
    rule: 'PAT-3',
    sv: 'Ange personnumret eller samordningsnumret med tolv siffror.',
    en: 'The parameter {parameter} takes a personnummer or samordningsnummer of twelve digits, alone or after the system of its kind.',
  },
  'form-expected': {
    status: 415,
    type: 'not-supported',
    sv: 'Sökningen har fel form.',
    en: 'A search by POST is sent as application/x-www-form-urlencoded, in UTF-8.',
  },
  'not-reviewer': {
    status: 403,
    type: 'forbidden',
    rule: 'ACC-5',
    sv: 'Loggen läses av den som är loggranskare, för sin egen organisation.',
    en: 'The trail is read by a log reviewer, for their own organisation.',
  },
  'review-too-wide': {
    status: 400,
    type: 'required',
    rule: 'ACC-5',
    sv: 'Loggen granskas per patient eller per användare. Ange vem.',
    en: 'The trail is reviewed per patient or per user: give patient or agent.',
  },
  'bad-cursor': {
    status: 400,
    type: 'value',
    sv: 'Det går inte att bläddra vidare. Börja om med sökningen.',
    en: 'The page cursor is invalid or belongs to another search. Start the search again.',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
