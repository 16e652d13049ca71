import type { NestFastifyApplication } from '@nestjs/platform-fastify';
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
        requireUtf8(request.headers['content-type']);
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

function requireUtf8(contentType = ''): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw refusal('unsupported-media-type');
}

function parseJson(body: Buffer): unknown {
  const text = decode(body);
  try {
    // A key `__proto__` is data here like any other, and no FHIR element has that name.
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    throw refusal('bad-body');
  }
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw refusal('bad-body');
  }
}
