import { FhirAnswer } from '../answer.js';
import type { Preferences } from '../http/preferences.js';
import { operationOutcome } from '../outcome.js';

/** The answer to a write that succeeded, as much of it as the client prefers. @see https://hl7.org/fhir/R4/http.html#ops */
export function asPreferred(answer: FhirAnswer, { returned = 'representation' }: Preferences): FhirAnswer {
  if (answer.body === undefined || returned === 'representation') return answer;
  const body = returned === 'minimal' ? undefined : operationOutcome([done]);
  return new FhirAnswer(answer.status, body, answer.headers);
}

const done = {
  severity: 'information',
  code: 'informational',
  details: { text: 'Utfört.' },
  diagnostics: 'Done.',
} as const;
