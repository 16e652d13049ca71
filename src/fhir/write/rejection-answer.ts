import type { OperationOutcomeIssue } from 'fhir/r4.js';
import type { Rejection } from '../../process/rejections/rejection.js';
import { rejectionTexts } from '../../process/rejections/all-rejections.js';
import type { RejectionText } from '../../process/rejections/rejection-text.js';
import { wordsOf } from '../../process/rejections/rejection-words.js';
import type { RejectionCode } from '../../process/rejections/all-rejections.js';
import { FhirError } from '../fhir-error.js';
import { issue } from '../outcome.js';

type Answer = { readonly status: 403 | 404 | 409 | 422; readonly type: OperationOutcomeIssue['code'] };

const forbidden: Answer = { status: 403, type: 'forbidden' };
const hidden: Answer = { status: 404, type: 'not-found' };
const conflict: Answer = { status: 409, type: 'conflict' };
const rule: Answer = { status: 422, type: 'business-rule' };

/**
 * The rejections that are not plainly "against a rule" (422). 403: the caller takes part in the case, so its existence
 * is no secret, but the step is another role's. 404: the caller may not know. 409: another resource stands in the way. That a step
 * is another side's stands in the row of the rejection.
 */
const answers: Readonly<Partial<Record<RejectionCode, Answer>>> = {
  'user-required': forbidden,
  'no-role-at-unit': forbidden,
  'role-lacks-responsibility': forbidden,
  'outside-own-organisation': forbidden,
  'step-of-another-organisation': forbidden,
  'todo-of-another-unit': forbidden,
  'not-a-hospital-unit': forbidden,
  'registrar-not-licensed': forbidden,
  'hospital-unit-hidden': forbidden,
  'not-participating': hidden,
  'no-such-case': hidden,
  'no-such-todo': hidden,
  'draft-of-another-side': hidden,
  'case-already-opened': conflict,
  'decision-id-taken': conflict,
};

function answerOf({ side, conflict: inTheWay }: RejectionText): Answer {
  if (side !== undefined) return forbidden;
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
  const text: RejectionText = rejectionTexts[rejection.code];
  const answer = answers[rejection.code] ?? answerOf(text);
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
