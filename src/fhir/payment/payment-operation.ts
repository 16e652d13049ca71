import { findCase } from '../operations/find-case.js';
import { notForCaller, type ReadingOperation } from '../operations/reading-operation.js';
import { paymentParameters } from './payment-parameters.js';

/** What liability for payment is counted from in a case. */
export const paymentOperation: ReadingOperation = {
  rules: ['PAY-1', 'PAY-2', 'PAY-4', 'PAY-7', 'PAY-9'],
  sv: 'Visa vad betalningsansvaret räknas från i ärendet: villkoren, dag noll, första dagen med betalningsansvar och vilka meddelanden det bygger på.',
  en: 'Shows what liability for payment is counted from in the case: the conditions, day zero, the first day of liability, and by which notices.',
  returns: 'Parameters',
  returned:
    'Parameters `model`; `condition` with parts condition, met (left out: the hub does not know) and notice; `dayZero` with parts day and notice; `liableFrom` (statutory model, as far as the conditions are known and met); `leftOn`; `daysReady`; `withdrawn`, a notice that counts no more. No amounts.',
  async read({ database, kinds, access, caseId }) {
    const found = await findCase(database, access, caseId);
    if (found === undefined) return undefined;
    const { personId, seen, state } = found;
    if (!seen) return notForCaller(personId);
    const basis = state && kinds.of(state).payment?.basis(state);
    if (basis === undefined) return { personId, fault: 'no-payment-basis', rule: 'PAY-9' };
    return { personId, answer: paymentParameters(caseId, basis) };
  },
};
