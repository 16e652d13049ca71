import { visible } from '../../access/choke-point.js';
import type { CaseState } from '../../process/case/state.js';
import type { Uuid } from '../../process/vocabulary.js';
import { notForCaller, type ReadingOperation } from '../operations/reading-operation.js';
import { paymentParameters } from './payment-parameters.js';

type Row = {
  readonly personId: Uuid | null;
  readonly seen: boolean;
  /** False of a case that is frozen, which is seen and holds nothing personal. */
  readonly personal: boolean;
  readonly state: CaseState | null;
};

/** The case as it is, decided by the choke point in the same statement. */
const find = `
  select r.person_id as "personId", c.seen, r.personal, s.state
  from resource as r
  left join stream as s on s.id = r.stream_id
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  where r.type = 'CarePlan' and r.id = $1`;

/** What liability for payment is counted from in a case. */
export const paymentOperation: ReadingOperation = {
  rules: ['PAY-1', 'PAY-2', 'PAY-4', 'PAY-7', 'PAY-9'],
  sv: 'Visa vad betalningsansvaret räknas från i ärendet: villkoren, dag noll, första dagen med betalningsansvar och vilka meddelanden det bygger på.',
  en: 'Shows what liability for payment is counted from in the case: the conditions, day zero, the first day of liability, and by which notices.',
  returns: 'Parameters',
  returned:
    'Parameters `model`; `condition` with parts condition, met (left out: the hub does not know) and notice; `dayZero` with parts day and notice; `liableFrom` (statutory model, as far as the conditions are known and met); `leftOn`; `daysReady`; `withdrawn`, a notice that counts no more. No amounts.',
  async read({ database, kinds, access, caseId }) {
    const { rows } = await database.prepared<Row>('payment-find', find, [caseId, access.units]);
    const [row] = rows;
    if (row === undefined) return undefined;
    const { personId, seen, personal, state } = row;
    if (!seen) return notForCaller(personId);
    const basis = personal && state !== null ? kinds.of(state).payment?.basis(state) : undefined;
    if (basis === undefined) return { personId, fault: 'no-payment-basis', rule: 'PAY-9' };
    return { personId, answer: paymentParameters(caseId, basis) };
  },
};
