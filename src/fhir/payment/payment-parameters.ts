import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { PaymentBasis } from '../../process/case/payment-basis.js';
import type { Uuid } from '../../process/vocabulary.js';
import { codeSystems, coding } from '../../projection/codes/codes.js';
import { communicationId } from '../../projection/identity.js';

/** What liability for payment is counted from, as `$payment-basis` answers it. @param caseId whose notices the keys name */
export function paymentParameters(caseId: Uuid, basis: PaymentBasis): Parameters {
  const notice = (name: string, key: string): ParametersParameter => ({
    name,
    valueReference: { reference: `Communication/${communicationId(caseId, key)}`, type: 'Communication' },
  });
  const { model, conditions, dayZero, liableFrom, leftOn, daysReady, withdrawn } = basis;
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'model', valueCoding: coding(codeSystems.paymentModel, model) },
      ...conditions.map(({ condition, met, notices }) => ({
        name: 'condition',
        part: [
          { name: 'condition', valueCoding: coding(codeSystems.paymentCondition, condition) },
          ...(met === undefined ? [] : [{ name: 'met', valueBoolean: met }]),
          ...notices.map((key) => notice('notice', key)),
        ],
      })),
      ...(dayZero === undefined
        ? []
        : [
            {
              name: 'dayZero',
              part: [
                { name: 'day', valueDate: dayZero.day },
                ...(dayZero.notice === undefined ? [] : [notice('notice', dayZero.notice)]),
              ],
            },
          ]),
      ...(liableFrom === undefined ? [] : [{ name: 'liableFrom', valueDate: liableFrom }]),
      ...(leftOn === undefined ? [] : [{ name: 'leftOn', valueDate: leftOn }]),
      ...(daysReady === undefined ? [] : [{ name: 'daysReady', valueInteger: daysReady }]),
      ...withdrawn.map((key) => notice('withdrawn', key)),
    ],
  };
}
