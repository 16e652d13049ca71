import type { OperationOutcomeIssue } from 'fhir/r4.js';
import type { Rejection } from '../../process/rejections/rejection.js';
import type { RejectionText } from '../../process/rejections/rejection-text.js';
import { wordsOf } from '../../process/rejections/rejection-words.js';
import { FhirError } from '../fhir-error.js';
import { issue } from '../outcome.js';

type Answer = { readonly status: 403 | 404 | 409 | 422; readonly type: OperationOutcomeIssue['code'] };

const forbidden: Answer = { status: 403, type: 'forbidden' };
const hidden: Answer = { status: 404, type: 'not-found' };
const conflict: Answer = { status: 409, type: 'conflict' };
const rule: Answer = { status: 422, type: 'business-rule' };

/**
 * What the row of a rejection makes of it. 403: the caller takes part in the case, so its existence is no secret, but the step is another
 * role's or another side's. 404: the caller may not know. 409: another resource stands in the way. All others are plainly against a rule.
 */
function answerOf({ side, forbidden: barred, hidden: secret, conflict: inTheWay }: RejectionText): Answer {
  if (side !== undefined || barred === true) return forbidden;
  if (secret === true) return hidden;
  return inTheWay === true ? conflict : rule;
}

/**
 * Turns the process's "no" into the facade's answer.
 *
 * @param expressionOf the FHIRPath of a command's field in what the client sent, where there is one
 */
export function rejectionAnswer(
  rejection: Rejection,
  expressionOf: (field: string) => string | undefined,
): FhirError {
  const { text } = rejection;
  const answer = answerOf(text);
  // Who may not see the case is refused with another code, which names none (`hidden`).
  const inTheWay = rejection.values?.['case'];
  const expression = rejection.field === undefined ? undefined : expressionOf(rejection.field);
  return new FhirError(answer.status, [
    issue(
      rejection.code,
      {
        type: answer.type,
        rule: text.rule,
        sv: wordsOf(rejection, 'sv'),
        en: wordsOf(rejection, 'en'),
      },
      {
        ...(expression === undefined ? {} : { expression }),
        ...(inTheWay === undefined ? {} : { inTheWay: `CarePlan/${inTheWay}` }),
      },
    ),
  ]);
}
