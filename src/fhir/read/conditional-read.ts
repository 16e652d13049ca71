import { FhirAnswer, renderAnswer } from '../answer.js';
import type { StoredResource } from '../answer.js';
import { weigh } from '../http/preconditions.js';
import type { Headers } from '../http/preconditions.js';
import { versionDiffers } from '../write/write-faults.js';

/**
 * Answers a read, or that the client has the version already (304).
 * @see https://hl7.org/fhir/R4/http.html#cread
 * @param isAsSent - whether a copy that was sent under this version says what it says now; else it is always sent anew
 * @throws {FhirError} 412 where it was asked for on a condition that does not hold
 */
export function answerUnderConditions(
  headers: Headers,
  row: StoredResource,
  now: Date,
  isAsSent = true,
): FhirAnswer {
  const answer = renderAnswer(row, now);
  switch (weigh(headers, row, 'read')) {
    case 'failed':
      throw versionDiffers(row.version);
    case 'unmodified':
      return isAsSent ? new FhirAnswer(304, undefined, answer.headers) : answer;
    default: // holds
      return answer;
  }
}
