import type { PaymentBasis } from '../case/payment-basis.js';
import { daysAfter, daysBetween, isBefore, localDateOf } from '../time.js';
import { sideOf } from '../case/questions.js';
import type { LocalDate, Notice } from '../vocabulary.js';
import { countedDay } from './ready-day.js';
import { policyOfSvu, type SvuSettings } from './settings.js';
import type { SharedContent } from './content-of-svu.js';
import { sharedContent } from './shared-content.js';
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
  const since = ready && (ready.firstAt ?? ready.at);
  const sent = noticesOf(shared, 'ready');
  const standing = sent.filter(({ sentAt }) => since !== undefined && !isBefore(sentAt, since));
  const readyNotice = standing.find((notice) => isToMunicipality(state, notice));
  const conditions = conditionsOf(state, shared, settings, readyNotice);
  const leftOn = discharge && localDateOf(discharge.dischargedAt);
  const withdrawn = sent.filter((notice) => !standing.includes(notice));
  const basis: PaymentBasis = {
    model,
    conditions,
    ...(leftOn === undefined ? {} : { leftOn }),
    withdrawn: withdrawn.map(({ key }) => key),
  };
  if (ready === undefined || readyNotice === undefined) return basis;
  const day = dayZeroOf(settings, ready, readyNotice);
  const from = daysAfter(day, settings.paymentAfterDays);
  const liable =
    model === 'statutory' &&
    conditions.every(({ met }) => met !== false) &&
    (leftOn === undefined || leftOn >= from);
  return {
    ...basis,
    dayZero: { day, notice: readyNotice.key },
    ...(liable ? { liableFrom: from } : {}),
    ...(leftOn === undefined ? {} : { daysReady: Math.max(0, daysBetween(day, leftOn)) }),
  };
}

/** From the day of sending, by the cut-off; not before the day on which the patient is ready, where that was told ahead. */
function dayZeroOf(settings: SvuSettings, { date }: Ready, { sentAt }: Notice): LocalDate {
  const counted = countedDay(settings, sentAt);
  return date > counted ? date : counted;
}

/** PAY-2: what makes a municipality liable is told to units of it. */
const isToMunicipality = (state: SvuState, { recipients }: Notice): boolean =>
  recipients.some((unit) => sideOf(state, unit) === 'municipality');

function conditionsOf(
  state: SvuState,
  shared: SharedContent,
  { paymentNeedsContact }: SvuSettings,
  readyNotice: Notice | undefined,
): PaymentBasis['conditions'] {
  const sent = noticesOf(shared, 'admission-notice');
  const first = sent.find((notice) => isToMunicipality(state, notice));
  // What is forgotten with a refusal is not known any more.
  const forgotten = state.publishedAt !== undefined && sent.length === 0;
  const inTime =
    first === undefined
      ? !forgotten && { met: false }
      : { met: !isBefore(state.admissionNoticeDue, first.sentAt) };
  const keys = (notice: Notice | undefined) => (notice === undefined ? [] : [notice.key]);
  const named = shared.level === 'full' ? { met: Object.keys(shared.contacts).length > 0 } : {};
  return [
    { condition: 'admission-notice-in-time', ...inTime, notices: keys(first) },
    { condition: 'ready-sent', met: readyNotice !== undefined, notices: keys(readyNotice) },
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
