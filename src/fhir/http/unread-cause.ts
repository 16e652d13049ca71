import type { FhirError } from '../fhir-error.js';
import { fault } from '../outcome.js';

/** What Node says of a request that it could not read. @see https://github.com/nodejs/llhttp/blob/main/src/llhttp/constants.ts */
const faults = {
  HPE_HEADER_OVERFLOW: 'head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
  HPE_INVALID_VERSION: 'http-version',
  HPE_PAUSED_H2_UPGRADE: 'http-version',
  HPE_INVALID_TRANSFER_ENCODING: 'bad-framing',
  HPE_INVALID_CONTENT_LENGTH: 'bad-framing',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'bad-framing',
  HPE_INVALID_CHUNK_SIZE: 'bad-framing',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'bad-framing',
  HPE_INVALID_EOF_STATE: 'bad-framing',
} as const;

/** An error of Node's parser, with the bytes it stumbled over and where it did. */
export type UnreadError = {
  readonly code?: string | undefined;
  readonly rawPacket?: unknown;
  readonly bytesParsed?: number | undefined;
};

/** A line that begins a request but for its method. */
const requestLine = /^[\w!#$%&'*+.^`|~-]{1,64} \S+ HTTP\/\d\.\d\r\n$/;

/**
 * The fault that an error of Node's parser stands for; everything that has no name here is no HTTP.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.6.2 a method that nobody knows is 501, a version that is not taken 505
 */
export function causeOf(error: UnreadError): FhirError {
  const { code } = error;
  const line = lineOf(error);
  if (line.startsWith('PRI * HTTP/2.0')) return fault('http-version');
  // A line that ends without CR is told by Node as a version that is none.
  if (code === 'HPE_INVALID_VERSION' && !line.endsWith('\r\n')) return fault('not-http');
  if (code === 'HPE_INVALID_METHOD' && requestLine.test(line)) return fault('unknown-method');
  const known = code !== undefined && Object.hasOwn(faults, code);
  return fault(known ? faults[code as keyof typeof faults] : 'not-http');
}

/** The line in which the parser stopped, as far as it came in one piece. */
function lineOf({ rawPacket, bytesParsed = 0 }: UnreadError): string {
  if (!Buffer.isBuffer(rawPacket)) return '';
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf(0x0a, bytesParsed - 1) + 1;
  const end = rawPacket.indexOf(0x0a, start);
  return rawPacket
    .subarray(start, Math.min(end < 0 ? rawPacket.length : end + 1, start + 8_192))
    .toString('latin1');
}

/** 405, of a method that HTTP has and no address here. */
export const methodOfNoAddress = (): FhirError =>
  fault('unknown-interaction', { headers: { Allow: 'GET, HEAD, POST, PUT' } });
