import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isOtherVersion } from './content-negotiation.js';
import { refusal } from '../outcome.js';

type Instance = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies: JSON as FHIR sends it, and forms for `_search` (a `URLSearchParams`). No body at all is `undefined`,
 * which an operation without parameters may have. Everything else is 415.
 * @see https://hl7.org/fhir/R4/http.html#mime-type
 */
export function addBodyParsers(fastify: Instance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/fhir+json', 'application/json'],
    { parseAs: 'buffer' },
    (request, body, done) => {
      try {
        requireUtf8AndR4(request.headers['content-type']);
        done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, body, done) => {
      try {
        done(null, new URLSearchParams(decode(body as Buffer)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function requireUtf8AndR4(contentType = ''): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  if ((charset !== undefined && charset.toLowerCase() !== 'utf-8') || isOtherVersion(contentType))
    throw refusal('unsupported-media-type');
}

/** Nothing in FHIR nests so deep; what goes through a body by recursion must not run out of stack. */
const deepest = 200;

function parseJson(body: Buffer): unknown {
  const text = decode(body);
  if (depthOf(body) > deepest) throw refusal('bad-body');
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (!isText(key) || (typeof value === 'string' && !isText(value))) throw refusal('bad-body');
      // A key `__proto__` is data here like any other, and no FHIR element has that name.
      return key === '__proto__' ? undefined : value;
    });
  } catch {
    throw refusal('bad-body');
  }
}

/**
 * Control characters other than tab and line ends are not for FHIR strings (https://hl7.org/fhir/R4/datatypes.html#string),
 * and neither NUL nor half a surrogate pair can be stored.
 */
function isText(text: string): boolean {
  return text.isWellFormed() && !/[^\P{Cc}\t\n\r\u007f-\u009f]/u.test(text);
}

/** How deep arrays and objects nest. */
function depthOf(body: Buffer): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (inString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) most = Math.max(most, (depth += 1));
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return most;
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw refusal('bad-body');
  }
}
