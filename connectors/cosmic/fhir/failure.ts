/** Who has to act: our configuration, the other side's, or nobody because it passes. */
type Blame = 'ours' | 'theirs' | 'passing';

/**
 * A request that got no usable answer. `code`: `http-<status>`, `timeout`, `connection`, `not-json`, `not-fhir`, `too-many-pages`,
 * `page-gone`, `link-elsewhere`, or `token-<the same, or the error of RFC 6749>`. The other side's text is not kept: it may quote
 * what it was about.
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
