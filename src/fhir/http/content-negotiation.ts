import type { FastifyRequest } from 'fastify';
import { fault } from '../outcome.js';
import { queryOf } from './query.js';

/** @see https://hl7.org/fhir/R4/http.html#mime-type */
type JsonType = 'application/fhir+json' | 'application/json';

/** How an answer is written. */
export type Form = { readonly type: JsonType; readonly pretty: boolean };

const formats: ReadonlyMap<string, JsonType> = new Map([
  ['json', 'application/fhir+json'],
  ['application/fhir+json', 'application/fhir+json'],
  ['application/json', 'application/json'],
  ['text/json', 'application/fhir+json'],
]);

const plain: Form = { type: 'application/fhir+json', pretty: false };
/** What most clients accept, and `plain` answers. */
const asUsual: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/fhir+json']);
const chosen = new WeakMap<object, Form>();

/**
 * Decides how the answer is written: `_format` before `Accept`, both absent is FHIR JSON; `_pretty` indents it.
 * @param sent the parameters of a search by POST, once its body is read; they count with those of the address
 * @throws {FhirError} 406 where the client takes no JSON, 400 for a `_pretty` that is neither true nor false
 */
export function negotiate(request: FastifyRequest, sent?: URLSearchParams): void {
  if (sent === undefined && asUsual.has(request.headers.accept) && !request.url.includes('?')) return;
  const parameters = (name: string) =>
    [...queryOf(request).getAll(name), ...(sent?.getAll(name) ?? [])].filter((value) => value !== '');
  const type = byFormat(parameters('_format')) ?? byAccept(request.headers.accept);
  if (type === undefined) throw fault('not-acceptable');
  chosen.set(request, { type, pretty: isPretty(parameters('_pretty')) });
}

/** What `negotiate` decided; FHIR JSON where it did not come to decide. */
export function negotiated(request: FastifyRequest): Form {
  return chosen.get(request) ?? plain;
}

function isPretty([value = 'false', ...more]: readonly string[]): boolean {
  if (more.length > 0 || (value !== 'true' && value !== 'false'))
    throw fault('bad-parameter', { values: { parameter: '_pretty' } });
  return value === 'true';
}

function byFormat([format, ...more]: readonly string[]): JsonType | undefined {
  if (format === undefined) return undefined;
  // An unescaped `+` of `application/fhir+json` arrives as a space.
  const wanted =
    more.length > 0 || isOther(format) ? undefined : formats.get(mediaType(format).replace(' ', '+'));
  if (wanted === undefined) throw fault('not-acceptable');
  return wanted;
}

/** The type that the client weighs highest. */
function byAccept(accept: string | undefined): JsonType | undefined {
  const [fhir = 0, json = 0] = weigh(accept, ['application/fhir+json', 'application/json']);
  if (fhir === 0 && json === 0) return undefined;
  return fhir >= json ? 'application/fhir+json' : 'application/json';
}

/** Whether a person asks, with a browser: the address's page comes before its JSON. */
export function wantsPage(request: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  const [page = 0, ...json] = weigh(request.headers.accept, [
    'text/html',
    'application/fhir+json',
    'application/json',
  ]);
  return page > Math.max(...json) && !queryOf(request).has('_format');
}

/** How much a client wants each type; of its ranges the most exact one counts. @see https://www.rfc-editor.org/rfc/rfc9110#name-accept */
function weigh(accept = '*/*', types: readonly string[]): readonly number[] {
  const ranges = accept
    .split(',')
    .filter((range) => !isOther(range))
    .map((range) => ({ range: mediaType(range), weight: weightOf(range) }));
  return types.map(
    (type) =>
      [type, `${type.split('/')[0]}/*`, '*/*']
        .map((wanted) => ranges.filter(({ range }) => range === wanted).map(({ weight }) => weight))
        .filter((weights) => weights.length > 0)
        .map((weights) => Math.max(...weights))[0] ?? 0,
  );
}

/** `q` of a range, 1 where it is absent; one that is no weight takes nothing. */
function weightOf(range: string): number {
  const weight = parameterOf(range, 'q');
  if (weight === undefined) return 1;
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
}

/** Whether a media type asks for what is not given: another FHIR than R4, or another character set than UTF-8. */
const isOther = (range: string): boolean => isOtherVersion(range) || isOtherCharset(range);

/** @see https://hl7.org/fhir/R4/http.html#version-parameter */
export const isOtherVersion = (range: string): boolean => {
  const version = parameterOf(range, 'fhirVersion');
  return version !== undefined && version !== '4.0';
};

/** FHIR is UTF-8 alone. @see https://hl7.org/fhir/R4/http.html#mime-type */
export const isOtherCharset = (range: string): boolean => {
  const charset = parameterOf(range, 'charset')?.toLowerCase();
  return charset !== undefined && charset !== 'utf-8' && charset !== 'utf8';
};

function parameterOf(range: string, name: string): string | undefined {
  for (const part of range.split(';').slice(1)) {
    const [key = '', value = ''] = part.split('=', 2);
    if (key.trim().toLowerCase() === name.toLowerCase()) return value.trim().replaceAll('"', '');
  }
  return undefined;
}

const mediaType = (range: string): string => (range.split(';')[0] ?? '').trim().toLowerCase();
