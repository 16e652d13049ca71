import type { OperationOutcomeIssue } from 'fhir/r4.js';
import { mergedTables } from '../../process/merged-tables.js';
import { FhirError } from '../fhir-error.js';
import { issue } from '../outcome.js';
import type { FaultDetail } from '../outcome.js';
import type { FaultText } from '../fault-text.js';
import { bodyFaults } from '../submitted/body-faults.js';

const stepFaults = {
  // The last issue of an answer that does not tell all.
  'more-faults': {
    status: 422,
    type: 'incomplete',
    sv: 'Det finns fler fel. De första {told} visas.',
    en: 'There are more faults. The first {told} are told.',
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
} as const satisfies Readonly<Record<string, FaultText>>;

/** What the writing side of the facade refuses by itself, before or beside the process. */
export const writeFaults = mergedTables('faults', bodyFaults, stepFaults);

export type WriteFaultCode = keyof typeof writeFaults;

/** One issue of an answer that names several faults at once. */
export function writeIssue(code: WriteFaultCode, detail: FaultDetail = {}): OperationOutcomeIssue {
  const text: FaultText = writeFaults[code];
  return issue(code, text, detail);
}

/** The last issue of an answer that does not tell all faults of a body. */
export const moreFaults = (told: number): OperationOutcomeIssue =>
  writeIssue('more-faults', { values: { told: String(told) } });

/** 412: the resource is not the version that the client acts on. */
export const versionDiffers = (current: number): FhirError =>
  writeFault('version-differs', { values: { version: String(current) } });

/** A fault of the writing side. */
export function writeFault(code: WriteFaultCode, detail: FaultDetail = {}): FhirError {
  return new FhirError(writeFaults[code].status, [writeIssue(code, detail)], detail.headers ?? {});
}
