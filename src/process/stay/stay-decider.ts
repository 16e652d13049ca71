import type { Decider } from '../decider.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { contentOf, placed } from './source-order.js';
import type { StayCommand, StayEvent, StayFact, StayState } from './stay.js';
import { stayOf } from './stay-of.js';

/** A hospital stay, as far as a journal system's facts tell it. Every fact may be the first, the last or missing. */
export const stay: Decider<StayState, StayCommand, StayEvent> = { decide, evolve };

/** Every event there is of one; a kind that is left out does not compile. */
export const stayEvents: ReadonlySet<string> = new Set(
  Object.keys({
    StayAdmitted: true,
    StayTransferred: true,
    StayChanged: true,
    StayDischarged: true,
    StayAdmissionCancelled: true,
    StayDischargeCancelled: true,
    StayGivenUp: true,
    StayPersonReplaced: true,
    OtherStayNoted: true,
  } satisfies Record<StayEvent['type'], true>),
);

function decide(command: StayCommand, state: StayState | undefined): Decision<StayEvent> {
  const { at, by } = command;
  if (by.kind !== 'system') return reject('fact-from-a-user');
  if (command.type === 'replace-person') {
    return state?.personId === command.data.replaced
      ? accept({ type: 'StayPersonReplaced', at, by, data: command.data })
      : accept();
  }
  if (command.type === 'note-other-stay') {
    return state === undefined || state.others?.includes(command.data.stayId) === true
      ? accept()
      : accept({ type: 'OtherStayNoted', at, by, data: command.data });
  }
  const { type, data } = command;
  if (state !== undefined && state.personId !== data.personId) return reject('stay-of-another-person');
  const fact = factOf(command);
  const facts = state?.facts ?? [];
  if (isKnown(facts, fact)) return accept();
  // Newer is judged by the source's own order, never by arrival; a late fact fills holes and changes no later state.
  const late = placed(facts, fact).at(-1) !== fact;
  switch (type) {
    case 'record-admission':
      return accept({ type: 'StayAdmitted', at, by, data: { ...data, late } });
    case 'record-transfer':
      return accept({ type: 'StayTransferred', at, by, data: { ...data, late } });
    case 'record-change':
      return accept({ type: 'StayChanged', at, by, data: { ...data, late } });
    case 'record-discharge':
      return accept({ type: 'StayDischarged', at, by, data: { ...data, late } });
    case 'cancel-admission':
      return accept({ type: 'StayAdmissionCancelled', at, by, data: { ...data, late } });
    case 'cancel-discharge':
      return accept({ type: 'StayDischargeCancelled', at, by, data: { ...data, late } });
    case 'give-up':
      return accept({ type: 'StayGivenUp', at, by, data: { ...data, late } });
    default:
      command satisfies never;
      return reject('step-unknown');
  }
}

/** Never refuses: an event that this build does not know changes nothing. */
function evolve(state: StayState | undefined, event: StayEvent): StayState {
  if (event.type === 'StayPersonReplaced') {
    return { ...(state ?? stayOf('', [])), personId: event.data.personId };
  }
  if (event.type === 'OtherStayNoted') {
    const before = state ?? stayOf('', []);
    return { ...before, others: [...(before.others ?? []), event.data.stayId] };
  }
  if (state !== undefined && !Object.hasOwn(kinds, event.type)) return state;
  const visit = ('visit' in event.data ? event.data.visit : undefined) ?? state?.visit;
  return {
    ...stayOf(state?.personId ?? event.data.personId, placed(state?.facts ?? [], factOf(event))),
    ...(visit === undefined ? {} : { visit }),
    ...(state?.others === undefined ? {} : { others: state.others }),
  };
}

const kinds = {
  'record-admission': 'admitted',
  StayAdmitted: 'admitted',
  'record-transfer': 'transferred',
  StayTransferred: 'transferred',
  'record-change': 'changed',
  StayChanged: 'changed',
  'record-discharge': 'discharged',
  StayDischarged: 'discharged',
  'cancel-admission': 'admission-cancelled',
  StayAdmissionCancelled: 'admission-cancelled',
  'cancel-discharge': 'discharge-cancelled',
  StayDischargeCancelled: 'discharge-cancelled',
  'give-up': 'of-another-person',
  StayGivenUp: 'of-another-person',
} as const satisfies Record<Telling['type'], StayFact['kind']>;

/** What tells of a stay: everything but whose it is besides. */
type Telling = Exclude<
  StayCommand | StayEvent,
  { type: 'replace-person' | 'StayPersonReplaced' | 'note-other-stay' | 'OtherStayNoted' }
>;

function factOf({ type, data }: Telling): StayFact {
  return {
    kind: kinds[type],
    order: data.order,
    ...('ward' in data && data.ward !== undefined ? { ward: data.ward } : {}),
    ...('wardUnknown' in data ? { wardUnknown: true } : {}),
    ...('admittedAt' in data && data.admittedAt !== undefined ? { admittedAt: data.admittedAt } : {}),
    ...('dischargedAt' in data ? { dischargedAt: data.dischargedAt } : {}),
    ...('expectedDischarge' in data && data.expectedDischarge !== undefined
      ? { expectedDischarge: data.expectedDischarge }
      : {}),
    ...('expectedDischargeRemoved' in data && data.expectedDischargeRemoved !== undefined
      ? { expectedDischargeRemoved: true }
      : {}),
    ...('otherCare' in data ? { otherCare: true } : {}),
  };
}

/**
 * Whether a fact has been told. Of a source that does not say when it sent it, the same again is a repeat unless something else happened
 * in between: what is sent twice, or that the patient is back.
 */
function isKnown(facts: readonly StayFact[], fact: StayFact): boolean {
  if (facts.some((known) => isSame(known, fact) && samePlace(known, fact))) return true;
  if (fact.order.sentAt !== undefined) return false;
  const all = placed(facts, fact);
  const before = all[all.lastIndexOf(fact) - 1];
  return before !== undefined && isSame(before, fact);
}

function samePlace({ order: one }: StayFact, { order: other }: StayFact): boolean {
  return one.sentAt === other.sentAt && one.received === other.received;
}

function isSame(one: StayFact, other: StayFact): boolean {
  return (
    one.kind === other.kind &&
    Date.parse(one.order.time) === Date.parse(other.order.time) &&
    one.order.sequence === other.order.sequence &&
    contentOf(one) === contentOf(other)
  );
}
