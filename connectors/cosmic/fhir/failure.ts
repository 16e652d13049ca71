import { packedAnswer, tooManyParts, wrongCharacterSet } from './connections.js';
import { foreignPath } from './own-paths.js';

/** Who has to act: our configuration, the other side's, or nobody because it passes. */
type Blame = 'ours' | 'theirs' | 'passing';

/**
 * A request that got no usable answer. `code`: `http-<status>`, `timeout`, `connection`, `certificate-not-trusted`, `too-large`,
 * `packed`, `wrong-character-set`, `not-json`, `not-fhir`, `too-many-pages`, `too-many-parts`, `page-gone`, `link-elsewhere`, or `token-<the same, or the error of RFC 6749>`. The other side's text is not kept: it may quote what it was about.
 */
export class FhirFailure extends Error {
  override readonly name = 'FhirFailure';
  constructor(
    readonly code: string,
    readonly blame: Blame,
    /** How long the other side asks to be left alone. */
    readonly retryAfterMilliseconds?: number,
  ) {
    super(code);
  }
}

/** Statuses after which asking the same again can help. */
export function isPassing(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

/**
 * `Retry-After` in milliseconds: seconds, or a date. Undefined when it is absent or neither.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/**
 * Why no answer came, from what a fetch rejected with: its causes are Node's, undici's and our own.
 * @param prefix of the code, `token-` at the token endpoint
 */
export function connectionFailure(error: unknown, prefix = ''): FhirFailure {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    const code = 'code' in at ? String(at.code) : '';
    if (code === foreignPath) return new FhirFailure(`${prefix}link-elsewhere`, 'theirs');
    if (code === wrongCharacterSet) return new FhirFailure(`${prefix}wrong-character-set`, 'theirs');
    if (code === tooManyParts) return new FhirFailure(`${prefix}too-many-parts`, 'theirs');
    if (code === packedAnswer) return new FhirFailure(`${prefix}packed`, 'theirs');
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new FhirFailure(`${prefix}too-large`, 'theirs');
    if (certificateFaults.test(code)) return new FhirFailure(`${prefix}certificate-not-trusted`, 'ours');
  }
  return new FhirFailure(`${prefix}connection`, 'passing');
}

/** @see https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
const certificateFaults =
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|SELF_SIGNED_.*|DEPTH_ZERO_.*|UNABLE_TO_.*|.*CERT_.*)$/;
