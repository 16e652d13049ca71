import type { Session } from '../../log/log.js';
import type { StayFact } from '../../messaging/contracts/facts.js';
import type { StayState } from '../../process/stay/stay.js';
import { isGivenUp } from '../../process/stay/stay-of.js';
import type { SvuCommand } from '../../process/svu/commands.js';
import type { OfType } from '../../process/case/event.js';
import type { SvuState } from '../../process/svu/state.js';
import type { HsaId, Instant, Uuid } from '../../process/vocabulary.js';
import { forgetBackgroundOfNone } from '../background.js';
import { systemActor } from '../dependencies.js';
import { questionIdentity } from '../merge-persons.js';
import { isOpen } from '../open-cases.js';
import type { OpenCase } from '../open-cases.js';
import { executeOnCase } from '../on-case.js';
import { stayStream, svuStream } from '../streams.js';
import { beganTogether, catchUp, fitsBetter, mayBeOf } from './stay-of-case.js';
import { askOtherWard, askingNoticeOf } from './tell-ward.js';

/** The stay before and after the fact. */
type Stay = {
  readonly id: Uuid;
  readonly before: StayState | undefined;
  readonly now: StayState;
  /** The fact is older than one that came before it. */
  readonly late: boolean;
};

/** PAT-13: the visit was another person's, and is this one's again. */
const isBack = ({ before, now }: Stay): boolean =>
  before !== undefined && isGivenUp(before.facts) && !isGivenUp(now.facts);

type Ward = { readonly id: HsaId; readonly name: string | undefined; readonly known: boolean };

type FactContext = {
  /** A ward by its id, where it is known. */
  readonly wardOf: (ward: HsaId) => Ward;
  readonly ward: Ward | undefined;
  /** The organisation of a ward, where it is known. */
  readonly organisationOf: (ward: HsaId) => string | undefined;
  readonly at: Instant;
};

/** The person's other things that a cancellation depends on. */
type Elsewhere = { readonly stayUnderWay: boolean; readonly openSvu: Uuid | undefined };

/**
 * What a journal fact does to the person's cases (the table of design, section 5): an admission asks the ward about an open
 * case elsewhere, a transfer takes the case along (SVU-25), a discharge becomes the ward's to-do to publish it (SVU-21),
 * another expected discharge and what is cancelled become to-dos, and an unpublished draft of a stay that never was is
 * annulled. The process may find that a fact changes nothing; that is not an error of the fact.
 *
 * A move to a ward of another organisation takes no case along (ORG-3): both wards are asked (SVU-42).
 *
 * A case that was opened before its stay was known, and tied to an older one, is tied to its own when that comes, and catches up.
 *
 * A late fact changes no case, except that the day the journal now expects, or which stay it is, may have become known by it.
 *
 * @returns what was done, in words for the inbox
 */
export async function stayEffects(
  session: Session,
  personId: Uuid,
  stay: Stay,
  fact: StayFact,
  context: FactContext,
): Promise<readonly string[]> {
  const effects: string[] = [];
  const cases = await casesOf(session, personId);
  const elsewhere = {
    stayUnderWay: cancels(fact) && (await hasStayUnderWay(session, personId, stay.id)),
    openSvu: cases.find(({ state }) => isOpen(state))?.id,
  };
  for (const { id, state } of cases) {
    const tiedTo =
      state.stayId === undefined ? undefined : (await session.load(stayStream, state.stayId)).state;
    for (const command of commandsFor(state, stay, tiedTo, fact, context, elsewhere)) {
      const { decision } = await executeOnCase(session, id, command);
      if (decision.rejection !== undefined) {
        effects.push(`${command.type} not taken: ${decision.rejection.code}`);
      } else if (decision.events.length > 0) effects.push(command.type);
      const to = decision.events?.find((event) => event.type === 'MovedElsewhereNoted')?.data.ward;
      if (to !== undefined) await askOtherWard(session, fact, to, context.at);
    }
  }
  // A draft may have been annulled.
  if (effects.length > 0) await forgetBackgroundOfNone(session, personId);
  return effects;
}

const cancels = ({ kind }: StayFact): boolean =>
  kind === 'admission-cancelled' || kind === 'discharge-cancelled';

async function casesOf(session: Session, personId: Uuid): Promise<readonly OpenCase[]> {
  const cases: OpenCase[] = [];
  for (const id of await session.streamsOf(personId, 'svu')) {
    const { state } = await session.load(svuStream, id);
    if (state === undefined) continue;
    if (state.phase !== 'annulled' || state.annulledByJournalAt !== undefined) cases.push({ id, state });
  }
  return cases;
}

async function hasStayUnderWay(session: Session, personId: Uuid, except: Uuid): Promise<boolean> {
  for (const id of await session.streamsOf(personId, 'stay')) {
    if (id === except) continue;
    if ((await session.load(stayStream, id)).state?.status === 'in-progress') return true;
  }
  return false;
}

function commandsFor(
  state: SvuState,
  stay: Stay,
  tiedTo: StayState | undefined,
  fact: StayFact,
  context: FactContext,
  elsewhere: Elsewhere,
): readonly SvuCommand[] {
  const envelope = { at: context.at, by: systemActor('journal') };
  if (!isOpen(state)) {
    return stay.late ? [] : commandsForDischarged(state, stay, fact, envelope, elsewhere);
  }
  if (isTiedAnew(state, stay, tiedTo, context)) {
    const data = { ...linkTo(state, stay, context), ...(state.stayId && { instead: state.stayId }) };
    const move = (ward: HsaId) => moveTo(state, context.wardOf(ward), fact, context);
    return [{ type: 'link-stay', ...envelope, data }, ...catchUp(state, stay.now, envelope, move)];
  }
  if (isBack(stay) && state.stayId === stay.id) {
    const move = (ward: HsaId) => moveTo(state, context.wardOf(ward), fact, context);
    return [
      { type: 'settle-identity', ...envelope, data: { stay: true } },
      ...catchUp(state, stay.now, envelope, move),
    ];
  }
  const expected = expectationOf(state, stay, fact, envelope);
  return stay.late ? expected : [...commandsForOpen(state, stay, fact, context, elsewhere), ...expected];
}

/** Whether the case is of this stay, and not of the one that it is tied to, or not yet tied and at another ward than the stay. */
function isTiedAnew(
  state: SvuState,
  { id, now }: Stay,
  tiedTo: StayState | undefined,
  context: FactContext,
): boolean {
  if (state.stayId === id) return false;
  const within = wardsOf(now).every((ward) => isWithin(state, ward, context));
  if (state.stayId !== undefined) return fitsBetter(state, now, tiedTo, within);
  return within && now.status !== 'cancelled' && !mayBeOf(state, now) && beganTogether(state, now);
}

const wardsOf = ({ wards, ward }: StayState): readonly HsaId[] => [
  ...new Set([...wards.map((each) => each.ward), ...(ward === undefined ? [] : [ward])]),
];

const isWithin = (state: SvuState, ward: HsaId, { organisationOf }: FactContext): boolean =>
  organisationOf(ward) === (organisationOf(state.ward) ?? state.organisation);

/** What a case is told of a stay that it is tied to. */
function linkTo(
  state: SvuState,
  { id, now }: Stay,
  context: FactContext,
): OfType<SvuCommand, 'link-stay'>['data'] {
  const all = wardsOf(now);
  const wards = all.filter((ward) => isWithin(state, ward, context));
  return { stayId: id, wards, ...(wards.length < all.length ? { elsewhere: true } : {}) };
}

/** A move that the case follows, or of which the ward is asked (SVU-25, SVU-42). Without a ward: to one that nobody here knows. */
function moveTo(
  state: SvuState,
  to: Ward | undefined,
  fact: StayFact,
  { organisationOf, at }: FactContext,
): SvuCommand {
  const envelope = { at, by: systemActor('journal') };
  if (to === undefined) return { type: 'change-ward', ...envelope, data: { known: false } };
  // Handed over by hand, the case may be at a ward of another organisation than the one that opened it.
  const ofCase = organisationOf(state.ward) ?? state.organisation;
  const organisation = organisationOf(to.id);
  const other = organisation !== undefined && organisation !== ofCase;
  const notice = other ? { elsewhere: true, notice: askingNoticeOf(fact, to.id) } : {};
  const data = { ward: to.id, ...nameOf(to), known: to.known, ...notice };
  return { type: 'change-ward', ...envelope, data };
}

/**
 * PAT-13: the wards of the open cases of a stay that turned out to be another's, or of which the journal told something under a number
 * that names nobody here, are asked whose they are.
 */
export async function askAboutStay(
  session: Session,
  stayId: Uuid,
  personId: Uuid,
  at: Instant,
  cause: 'stay-of-another' | 'stay-of-unknown' = 'stay-of-another',
): Promise<readonly string[]> {
  const cases = (await casesOf(session, personId)).filter(({ state }) => state.stayId === stayId);
  await questionIdentity(
    session,
    cases.map(({ id }) => id),
    cause,
    { at, by: systemActor('journal') },
  );
  return cases.length > 0 ? ['wards asked'] : [];
}

type Envelope = { readonly at: Instant; readonly by: ReturnType<typeof systemActor> };

/** The day that the journal expects, where this fact made it another. What an admission says is where the case begins. */
function expectationOf(
  state: SvuState,
  { id, before, now }: Stay,
  { kind }: StayFact,
  envelope: Envelope,
): readonly SvuCommand[] {
  const { expectedDischarge: date } = now;
  if (kind === 'admitted' || date === before?.expectedDischarge) return [];
  if (!isOpen(state) || !isCertainlyOf(state, id, before)) return [];
  const data = date === undefined ? {} : { date };
  return [{ type: 'note-journal-expected-discharge', ...envelope, data }];
}

function commandsForOpen(
  state: SvuState,
  stay: Stay,
  fact: StayFact,
  context: FactContext,
  elsewhere: Elsewhere,
): readonly SvuCommand[] {
  const { ward, organisationOf, at } = context;
  const envelope = { at, by: systemActor('journal') };
  const organisation = ward && organisationOf(ward.id);
  const ofThisStay = belongsTo(state, stay, organisation);
  const certain = isCertainlyOf(state, stay.id, stay.before);
  const linked: readonly SvuCommand[] =
    ofThisStay && state.stayId === undefined
      ? [{ type: 'link-stay', ...envelope, data: linkTo(state, stay, context) }]
      : [];
  switch (fact.kind) {
    case 'admitted': {
      const restored: readonly SvuCommand[] =
        ofThisStay && stay.before?.status === 'cancelled'
          ? [{ type: 'note-admission-restored', ...envelope, data: {} }]
          : [];
      if (ofThisStay) return [...linked, ...restored];
      // Where in another organisation the patient is, is not for this one to know (ORG-3).
      const data = ward && organisation === state.organisation ? { ward: ward.id, ...nameOf(ward) } : {};
      return [{ type: 'note-admission-elsewhere', ...envelope, data }];
    }
    case 'transferred': {
      return ofThisStay ? [...linked, moveTo(state, ward, fact, context)] : [];
    }
    case 'changed': {
      // A ward that differs moves the case as a transfer does; the ward of a stay that nobody told of does not.
      const moved = ward !== undefined && stay.now.ward === ward.id && stay.before?.ward !== ward.id;
      if (!certain || !moved || stay.now.status !== 'in-progress') return [];
      return [moveTo(state, ward, fact, context)];
    }
    case 'discharged': {
      const data = { dischargedAt: fact.dischargedAt ?? fact.occurredAt };
      if (!ofThisStay) return [];
      return [...(certain ? linked : []), { type: 'note-journal-discharge', ...envelope, data }];
    }
    case 'admission-cancelled': {
      const data = { elsewhere: elsewhere.stayUnderWay };
      return certain ? [{ type: 'note-admission-cancelled', ...envelope, data }] : [];
    }
    case 'discharge-cancelled':
      return certain ? [{ type: 'note-discharge-cancelled', ...envelope, data: {} }] : [];
    default:
      fact.kind satisfies never;
      return [];
  }
}

/**
 * A case that is over hears of its own stay alone: what makes its discharge wrong after all (SVU-24), or that the stay is there after
 * all, for which it was annulled.
 */
function commandsForDischarged(
  state: SvuState,
  stay: Stay,
  fact: StayFact,
  envelope: Envelope,
  { stayUnderWay, openSvu }: Elsewhere,
): readonly SvuCommand[] {
  if (state.phase === 'annulled') {
    const restored = fact.kind === 'admitted' && stay.before?.status === 'cancelled';
    if (!restored || !isCertainlyOf(state, stay.id, stay.before)) return [];
    const data = openSvu === undefined ? {} : { openSvu };
    return [{ type: 'note-admission-restored', ...envelope, data }];
  }
  if (state.stayId !== stay.id) return [];
  const other = openSvu === undefined ? {} : { openSvu };
  const goesOn = { type: 'note-discharge-cancelled', ...envelope, data: other } as const;
  switch (fact.kind) {
    case 'admission-cancelled':
      return [{ type: 'note-admission-cancelled', ...envelope, data: { elsewhere: stayUnderWay } }];
    case 'admitted': {
      if (stay.before?.status !== 'cancelled') return [];
      const restored = { type: 'note-admission-restored', ...envelope, data: {} } as const;
      return stay.now.status === 'in-progress' ? [restored, goesOn] : [restored];
    }
    case 'discharge-cancelled':
      return [goesOn];
    case 'discharged': {
      const data = { dischargedAt: fact.dischargedAt ?? fact.occurredAt };
      return [{ type: 'note-journal-discharge', ...envelope, data }];
    }
    default:
      return [];
  }
}

const nameOf = ({ name }: { readonly name: string | undefined }): { readonly wardName?: string } =>
  name === undefined ? {} : { wardName: name };

/**
 * Whether an open case is of this stay. A case opened before the admission message came names no stay: it is of the stay
 * at its ward, unless the journal has ended the stay it was opened in (CON-14); of one at a ward that nobody here knows, when that
 * began about when the case says; and of a stay that begins with a transfer or a discharge (the admission never came) within its
 * organisation.
 */
function belongsTo(state: SvuState, stay: Stay, organisation: string | undefined): boolean {
  if (state.stayId !== undefined) return state.stayId === stay.id;
  if (stay.now.wards.length === 0 && stay.now.ward === undefined) return mayBeOf(state, stay.now);
  if (stay.now.ward === state.ward || stay.before?.ward === state.ward) {
    return stay.before !== undefined || state.journalDischargedAt === undefined;
  }
  if (stay.before !== undefined || stay.now.facts.some(({ kind }) => kind === 'admitted')) return false;
  return organisation === undefined || organisation === state.organisation;
}

/**
 * Whether a case is of a stay that was known before this fact. A change or a cancellation without what it changes says too
 * little about which stay it is, and a draft annulled by the wrong one is a patient nobody plans for.
 */
function isCertainlyOf(state: SvuState, id: Uuid, before: StayState | undefined): boolean {
  if (state.stayId !== undefined) return state.stayId === id;
  return before !== undefined && before.ward === state.ward;
}
