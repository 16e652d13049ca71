import type { OperationOutcomeIssue } from 'fhir/r4.js';
import type { FhirError } from './fhir-error.js';

/** What the facade says when it refuses. `{name}` is filled from the values of the fault; values never hold personal data, and nothing of a URL or body is repeated. */
export type FaultText = {
  readonly status: FhirError['status'];
  readonly type: OperationOutcomeIssue['code'];
  readonly rule?: string;
  readonly sv: string;
  readonly en: string;
};
