import type { OperationOutcomeIssue } from 'fhir/r4.js';
import { FhirError } from '../fhir-error.js';
import { issue } from '../outcome.js';
import type { RefusalDetail } from '../outcome.js';

type WriteRefusal = {
  readonly status: FhirError['status'];
  readonly type: OperationOutcomeIssue['code'];
  readonly rule?: string;
  readonly sv: string;
  readonly en: string;
};

/** What the writing side of the facade refuses by itself, before or beside the process. One table. */
export const writeRefusals = {
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
  'time-with-zone': {
    status: 422,
    type: 'value',
    sv: 'Ange tidpunkten med klockslag och tidszon.',
    en: 'Give the moment with time of day and time zone.',
  },
  'unknown-operation': {
    status: 404,
    type: 'not-supported',
    sv: 'Steget finns inte.',
    en: 'There is no such operation. What there is stands in /metadata.',
  },
  'unknown-operation-parameter': {
    status: 422,
    type: 'not-supported',
    sv: 'En uppgift hör inte till steget.',
    en: 'The operation has no parameter of that name.',
  },
  'parameter-repeated': {
    status: 422,
    type: 'business-rule',
    sv: 'En uppgift är angiven mer än en gång.',
    en: 'The parameter {parameter} is taken once.',
  },
  'reference-unknown': {
    status: 422,
    type: 'not-found',
    rule: 'ORG-1',
    sv: 'Personen eller enheten finns inte i katalogen.',
    en: 'The reference points at nobody in the catalogue.',
  },
  'version-differs': {
    status: 412,
    type: 'conflict',
    sv: 'Någon annan har hunnit ändra. Läs in på nytt och försök igen.',
    en: 'The resource has changed. Read it again; the current version is {version}.',
  },
  'key-under-way': {
    status: 409,
    type: 'transient',
    sv: 'Det du skickade behandlas fortfarande. Försök igen om en stund.',
    en: 'The same request is still being worked on. Try again in a moment.',
  },
  'key-reused': {
    status: 409,
    type: 'conflict',
    sv: 'Systemet har skickat två olika saker som om de vore samma. Anmäl felet.',
    en: 'The Idempotency-Key has already been used for another request.',
  },
  'dependency-unavailable': {
    status: 503,
    type: 'transient',
    sv: 'Ett register som behövs svarar inte just nu. Inget är sparat. Försök igen.',
    en: 'A register that is needed does not answer right now. Nothing is stored. Try again.',
  },
} as const satisfies Record<string, WriteRefusal>;

export type WriteRefusalCode = keyof typeof writeRefusals;

/** One issue of an answer that names several faults at once. */
export function writeIssue(code: WriteRefusalCode, detail: RefusalDetail = {}): OperationOutcomeIssue {
  const text: WriteRefusal = writeRefusals[code];
  return issue(code, text, detail);
}

/** 412: the resource is not the version that the client acts on. */
export const versionDiffers = (current: number): FhirError =>
  writeRefusal('version-differs', { values: { version: String(current) } });

/** A refusal of the writing side. */
export function writeRefusal(code: WriteRefusalCode, detail: RefusalDetail = {}): FhirError {
  return new FhirError(writeRefusals[code].status, [writeIssue(code, detail)], detail.headers ?? {});
}
