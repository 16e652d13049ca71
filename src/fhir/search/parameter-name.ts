import type { FhirError } from '../fhir-error.js';
import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import { fault } from '../outcome.js';

/** A parameter's name as an answer may repeat it: a body's names are the client's own words, a number included. */
export const repeatable = (name: string): string =>
  /^[\w.-]{1,40}$/.test(name) && !looksLikePersonalNumber(name) ? name : '?';

/** The fault of a parameter or modifier that a type does not have, by name. */
export const unknownParameter = (name: string, type: string): FhirError =>
  fault('unknown-parameter', { values: { parameter: repeatable(name), type } });
