import type { FastifyRequest } from 'fastify';
import { refusal } from '../outcome.js';

/** @see https://hl7.org/fhir/R4/http.html#mime-type */
type JsonType = 'application/fhir+json' | 'application/json';

const formats: ReadonlyMap<string, JsonType> = new Map([
  ['json', 'application/fhir+json'],
  ['application/fhir+json', 'application/fhir+json'],
  ['application/json', 'application/json'],
  ['text/json', 'application/fhir+json'],
]);

const chosen = new WeakMap<object, JsonType>();

/**
 * Decides what the answer is written as: `_format` before `Accept`, both absent is FHIR JSON.
 * @throws {FhirError} 406 where the client takes no JSON
 */
export function negotiate(request: FastifyRequest): void {
  const type = byFormat(request) ?? byAccept(request.headers.accept);
  if (type === undefined) throw refusal('not-acceptable');
  if (type !== 'application/fhir+json') chosen.set(request, type);
}

/** What `negotiate` decided; FHIR JSON where it did not come to decide. */
export function negotiated(request: FastifyRequest): JsonType {
  return chosen.get(request) ?? 'application/fhir+json';
}

function byFormat(request: FastifyRequest): JsonType | undefined {
  const format = (request.query as Readonly<Record<string, unknown>> | undefined)?.['_format'];
  if (format === undefined) return undefined;
  // An unescaped `+` of `application/fhir+json` arrives as a space.
  const wanted = typeof format === 'string' ? formats.get(mediaType(format).replace(' ', '+')) : undefined;
  if (wanted === undefined) throw refusal('not-acceptable');
  return wanted;
}

function byAccept(accept: string | undefined): JsonType | undefined {
  if (accept === undefined || accept === '*/*') return 'application/fhir+json';
  const ranges = accept
    .split(',')
    .filter((range) => !/;\s*q=0(?:\.0*)?\s*$/i.test(range) && !isOtherVersion(range))
    .map(mediaType);
  if (ranges.some((range) => range === 'application/fhir+json')) return 'application/fhir+json';
  if (ranges.some((range) => range === 'application/json')) return 'application/json';
  return ranges.some((range) => range === '*/*' || range === 'application/*')
    ? 'application/fhir+json'
    : undefined;
}

/** Whether a media type asks for another FHIR than R4. @see https://hl7.org/fhir/R4/http.html#version-parameter */
export const isOtherVersion = (range: string): boolean => {
  const version = /;\s*fhirVersion\s*=\s*"?([^";,\s]*)/i.exec(range)?.[1];
  return version !== undefined && version !== '4.0';
};

const mediaType = (range: string): string => (range.split(';')[0] ?? '').trim().toLowerCase();
