import type { FaultText } from '../fault-text.js';

/** What a client's body is refused for. */
export const bodyFaults = {
  'not-a-resource': {
    status: 400,
    type: 'structure',
    sv: 'Det som skickades kan inte läsas.',
    en: 'The body is not a FHIR resource in JSON.',
  },
  'wrong-resource-type': {
    status: 400,
    type: 'invalid',
    sv: 'Det som skickades är av fel slag.',
    en: 'The body must be a {type}.',
  },
  'wrong-id': {
    status: 400,
    type: 'invalid',
    sv: 'Det som skickades hör inte till adressen.',
    en: "The resource's id is not the one in the URL.",
  },
  'unknown-element': {
    status: 400,
    type: 'structure',
    sv: 'En uppgift är okänd och tas inte emot.',
    en: 'The element is not part of FHIR R4, or is not taken here.',
  },
  'missing-element': {
    status: 400,
    type: 'required',
    sv: 'En obligatorisk uppgift saknas.',
    en: 'A required element is missing: {element}.',
  },
  'bad-value': {
    status: 400,
    type: 'value',
    sv: 'Ett värde har fel form.',
    en: 'The value does not conform to FHIR R4.',
  },
  required: {
    status: 422,
    type: 'required',
    sv: 'En uppgift som krävs saknas.',
    en: 'The element is required.',
  },
  'value-not-taken': {
    status: 422,
    type: 'value',
    sv: 'Värdet tas inte emot här.',
    en: 'The value is not taken here. Expected: {expected}.',
  },
  'element-not-taken': {
    status: 422,
    type: 'not-supported',
    sv: 'En uppgift kan inte sparas i Hemgång och ska utelämnas.',
    en: 'The hub does not keep the element; leave it out.',
  },
  'extension-not-taken': {
    status: 422,
    type: 'extension',
    sv: 'Hemgång kan inte ta hänsyn till ett av tilläggen. Det ska utelämnas.',
    en: 'The hub cannot honour the extension; leave it out.',
  },
  'assessor-of-another-organisation': {
    status: 422,
    type: 'business-rule',
    rule: 'CON-3',
    sv: 'Den som gör menprövningen ska arbeta i den egna organisationen.',
    en: 'Who assesses harm is staff of the organisation that shares the information.',
  },
  'not-the-time-of-registration': {
    status: 422,
    type: 'value',
    rule: 'CON-12',
    sv: 'Ett beslut registreras när det fattas. Utelämna tidpunkten, eller ange den aktuella.',
    en: 'A decision is registered as it is made. Leave the time out, or give the present one.',
  },
  'element-not-changeable': {
    status: 422,
    type: 'business-rule',
    sv: 'En uppgift som inte kan ändras är ändrad.',
    en: 'The element {element} cannot be changed.',
  },
  'number-in-text': {
    status: 422,
    type: 'value',
    rule: 'PAT-13',
    sv: 'Texten innehåller något som ser ut som ett personnummer. Skriv utan nummer.',
    en: 'The text holds what looks like a personal number. Write it without.',
  },
  'not-a-real-date': {
    status: 422,
    type: 'value',
    sv: 'Datumet finns inte.',
    en: 'There is no such date.',
  },
  'time-out-of-bounds': {
    status: 422,
    type: 'value',
    sv: 'Tidpunkten är för långt bort. Den ska ligga mellan {first} och {last}.',
    en: 'The time is too far away. It is taken from {first} to {last}.',
  },
  'time-before-birth': {
    status: 422,
    type: 'value',
    sv: 'Tidpunkten ligger före patientens födelse.',
    en: 'The time lies before the birth of the patient.',
  },
  'time-with-zone': {
    status: 422,
    type: 'value',
    sv: 'Ange tidpunkten med klockslag och tidszon.',
    en: 'Give the moment with time of day and time zone.',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
