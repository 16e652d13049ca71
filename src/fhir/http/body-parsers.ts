import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { hasAtMost, isWithin } from './body-bounds.js';
import type { BodyBounds } from './body-bounds.js';
import { fault } from '../outcome.js';
import { longText } from './long-text.js';
import { isOtherCharset, isOtherVersion } from './content-negotiation.js';
import { hasDuplicateKeys } from './duplicate-keys.js';
import { isUtf8 } from './query.js';
import { isSearchByPost } from './routes.js';

type Instance = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies: JSON as FHIR sends it, and forms for `_search` (a `URLSearchParams`). No body at all is `undefined`,
 * which an operation without parameters may have. Everything else is 415. What holds more than the bounds is refused before it is
 * parsed.
 * @see https://hl7.org/fhir/R4/http.html#mime-type
 */
export function addBodyParsers(fastify: Instance, bounds: BodyBounds): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/fhir+json', 'application/json'],
    { parseAs: 'buffer' },
    (request, body, done) => {
      try {
        requireUtf8AndR4(request.headers['content-type']);
        done(null, body.length === 0 ? undefined : parseJson(body as Buffer, bounds));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body, done) => {
      try {
        if (!isSearchByPost(request)) throw fault('unsupported-media-type');
        done(null, parseForm(body as Buffer, bounds, request.headers['content-type']));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function requireUtf8AndR4(contentType = ''): void {
  if (isOtherCharset(contentType) || isOtherVersion(contentType)) throw fault('unsupported-media-type');
}

const tooMuch = ({ elements, list, depth }: BodyBounds) =>
  fault('too-much-in-body', {
    values: { elements: String(elements), list: String(list), depth: String(depth) },
  });

/** The body as JSON. @throws {FhirError} 400 */
export function parseJson(body: Buffer, bounds: BodyBounds): unknown {
  if (!isWithin(bounds, body)) throw tooMuch(bounds);
  const text = decode(body);
  const parsed = parse(text);
  if (hasDuplicateKeys(text)) throw fault('duplicate-key');
  const long = longText(parsed, bounds.text);
  if (long !== undefined)
    throw fault('text-too-long', { expression: long, values: { longest: String(bounds.text) } });
  return parsed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (!isText(key) || (typeof value === 'string' && !isText(value))) throw fault('bad-body');
      return value;
    });
  } catch {
    throw fault('bad-body');
  }
}

/**
 * The body as a form. Bytes that are no UTF-8 would be searched for as something else, and find nothing.
 * @throws {FhirError} 400, or 415 where it says that it is in another character set
 */
export function parseForm(body: Buffer, bounds: BodyBounds, contentType = ''): URLSearchParams {
  if (!hasAtMost(bounds.list, body)) throw tooMuch(bounds);
  const text = decode(body, 'bad-form');
  if (!isUtf8(text)) throw fault('bad-form');
  if (isOtherCharset(contentType)) throw fault('form-expected');
  return new URLSearchParams(text);
}

/**
 * Control characters other than tab and line ends are not for FHIR strings (https://hl7.org/fhir/R4/datatypes.html#string),
 * and neither NUL nor half a surrogate pair can be stored.
 */
function isText(text: string): boolean {
  return text.isWellFormed() && !/[^\P{Cc}\t\n\r\u007f-\u009f]/u.test(text);
}

function decode(body: Buffer, code: 'bad-body' | 'bad-form' = 'bad-body'): string {
  try {
    return utf8.decode(body);
  } catch {
    throw fault(code);
  }
}
