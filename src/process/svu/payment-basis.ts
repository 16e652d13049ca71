import type { PaymentBasis } from '../case/payment-basis.js';
import { daysAfter, daysBetween, isBefore, localDateOf } from '../time.js';
import type { Notice } from '../vocabulary.js';
import { countedDay } from './ready-day.js';
import { policyOfSvu, type SvuSettings } from './settings.js';
import { sharedContent, type SharedContent } from './shared-content.js';
import type { SvuState } from './state.js';

type Ready = NonNullable<SvuState['ready']>;

/**
 * PAY-1, PAY-2, PAY-4, PAY-7, PAY-9: what liability for payment is counted from in one case. Of what the case shares and nothing else, so
 * that a ready that a refusal hides counts for nobody (SVU-33).
 * @returns undefined while nothing of the case is shared, and where the policy counts no payment the model alone
 */
export function paymentBasis(state: SvuState): PaymentBasis | undefined {
  const shared = sharedContent(state);
  if (shared.level === 'none') return undefined;
  const settings = policyOfSvu(state);
  const model = settings.paymentModel;
  if (model === 'none') return { model, conditions: [], withdrawn: [] };
  const { ready, discharge } = shared;
  const readyNotice = ready && noticeOf(shared, ready);
  const conditions = conditionsOf(state, shared, settings, readyNotice);
  const leftOn = discharge && localDateOf(discharge.dischargedAt);
  const withdrawn = noticesOf(shared, 'ready').filter(({ key }) => key !== readyNotice?.key);
  const basis: PaymentBasis = {
    model,
    conditions,
    ...(leftOn === undefined ? {} : { leftOn }),
    withdrawn: withdrawn.map(({ key }) => key),
  };
  if (ready === undefined) return basis;
  const day = dayZeroOf(settings, ready);
  const from = daysAfter(day, settings.paymentAfterDays);
  const liable =
    model === 'statutory' &&
    conditions.every(({ met }) => met !== false) &&
    (leftOn === undefined || leftOn >= from);
  return {
    ...basis,
    dayZero: { day, ...(readyNotice === undefined ? {} : { notice: readyNotice.key }) },
    ...(liable ? { liableFrom: from } : {}),
    ...(leftOn === undefined ? {} : { daysReady: Math.max(0, daysBetween(day, leftOn)) }),
  };
}

/** From the day of sending, by the cut-off; not before the day on which the patient is ready, where that was told ahead. */
function dayZeroOf(settings: SvuSettings, ready: Ready): string {
  const counted = countedDay(settings, ready.firstAt ?? ready.at);
  return ready.date > counted ? ready.date : counted;
}

function conditionsOf(
  { admissionNoticeDue, publishedAt }: SvuState,
  shared: SharedContent,
  { paymentNeedsContact }: SvuSettings,
  readyNotice: Notice | undefined,
): PaymentBasis['conditions'] {
  const [first] = noticesOf(shared, 'admission-notice');
  // What is forgotten with a refusal is not known any more.
  const inTime =
    first === undefined
      ? publishedAt === undefined && { met: false }
      : { met: !isBefore(admissionNoticeDue, first.sentAt) };
  const keys = (notice: Notice | undefined) => (notice === undefined ? [] : [notice.key]);
  const named = shared.level === 'full' ? { met: Object.keys(shared.contacts).length > 0 } : {};
  return [
    { condition: 'admission-notice-in-time', ...inTime, notices: keys(first) },
    { condition: 'ready-sent', met: shared.ready !== undefined, notices: keys(readyNotice) },
    ...(paymentNeedsContact ? [{ condition: 'contact-named' as const, ...named, notices: [] }] : []),
    // Invitations to a SIP, and whether the patient declined one, are not kept in the hub yet; a coordinated care plan takes their place (SVU-31).
    shared.coordinatedCarePlan === undefined
      ? { condition: 'sip-invitation', notices: [] }
      : {
          condition: 'sip-invitation',
          met: true,
          notices: keys(noticesOf(shared, 'coordinated-care-plan').at(-1)),
        },
  ];
}

/** The notices of a kind that are shared, oldest first. */
function noticesOf({ notices }: SharedContent, kind: Notice['kind']): readonly Notice[] {
  return Object.values(notices)
    .filter((notice) => notice.kind === kind)
    .toSorted((one, other) => Date.parse(one.sentAt) - Date.parse(other.sentAt));
}

/** The notice by which ready was first told with its day. */
function noticeOf(shared: SharedContent, { at, firstAt = at }: Ready): Notice | undefined {
  return noticesOf(shared, 'ready').find(({ sentAt }) => sentAt === firstAt);
}
