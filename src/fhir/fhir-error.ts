import type { OperationOutcomeIssue } from 'fhir/r4.js';

/**
 * An answer that is not a success: HTTP status, and the issues of its OperationOutcome. Thrown anywhere in the facade,
 * turned into an answer in one place (the exception filter). Texts carry no personal data.
 */
export class FhirError extends Error {
  override readonly name = 'FhirError';
  constructor(
    readonly status:
      | 400
      | 401
      | 403
      | 404
      | 405
      | 406
      | 408
      | 409
      | 410
      | 412
      | 413
      | 415
      | 417
      | 422
      | 428
      | 429
      | 431
      | 500
      | 501
      | 505
      | 503,
    readonly issues: readonly OperationOutcomeIssue[],
    readonly headers: Readonly<Record<string, string>> = {},
    /** The issues as they are kept with an Idempotency-Key: without what they show of a case, which a refusal must reach (CON-5). */
    readonly kept: readonly OperationOutcomeIssue[] = issues,
  ) {
    super(issues[0]?.diagnostics ?? `HTTP ${status}`);
  }
}
