import type { Session } from '../../log/log.js';
import type { PersonIdentifier, StayFact } from '../../messaging/contracts/facts.js';
import type { Sending } from '../../messaging/contracts/sending.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { PermanentFailure, RetryableFailure } from '../../messaging/inbox/failure.js';
import type { PersonReading } from '../../persons/registers.js';
import { personLock } from '../../persons/person-locks.js';
import { personStream } from '../../persons/person-stream.js';
import { numbersOf, type Numbers } from '../../persons/with-person.js';
import type { SourceOrder, StayCommand, StayState } from '../../process/stay/stay.js';
import { isShownTwice, localDateOf } from '../../process/time.js';
import type { HsaId, Instant, Uuid } from '../../process/vocabulary.js';
import { applyReading } from '../apply-reading.js';
import { stayIdOf } from '../deterministic-id.js';
import { systemActor } from '../dependencies.js';
import { inPerson } from '../merge-persons.js';
import type { CasesDependencies } from '../dependencies.js';
import { stayStream } from '../streams-of-no-case.js';
import { hearStay, type HeardStay } from './heard-stay.js';
import { nationalNumber } from './national-number.js';
import { askAboutStay, stayEffects } from './stay-effects.js';
import { withTimeOfSense, withTimesOfSense } from './times-without-sense.js';
import { giveUpVisit, settleVisit, stayOfPerson, staysOfVisit, withOthers } from './stays-of-visit.js';
import { endNotices, tellWard, visitToShow } from './tell-ward.js';
import { askAboutUnknown } from './visit-of-unknown.js';
import { wardUnknown } from './ward-unknown.js';
import type { ProtectedPerson } from './tell-ward.js';

/**
 * A stay as the journal tells it (design, section 5). The person is looked up when unknown; the stay is recorded and the
 * person's open cases are told, all in one transaction with the mark on the inbox row.
 *
 * A ward outside the organisation, or that the message does not name: the stay is known all the same, without a ward or at one that
 * nobody here knows, and the outcome says so to the hub's operators, who add the ward or its mapping. A case must not stay with a
 * ward the patient has left (the hospital side is then not addressed, ADR-13).
 *
 * A visit that was told of another person before is from then on this one's (PAT-13).
 *
 * @throws RetryableFailure when the person turns out to be protected under the lock (PAT-5): nothing of the stay is written
 */
export async function handleStayFact(deps: CasesDependencies, envelope: Fact, asTold: Mark): Promise<void> {
  const said = hearStay(deps, envelope);
  const wardKnown = said.ward !== undefined && wardOf(deps, said.ward).known;
  const identifier = nationalNumber(said.person);
  const reading = identifier === undefined ? undefined : await deps.registers.person(identifier);

  if (identifier === undefined || reading === undefined || reading.outcome !== 'found') {
    // The ward is told whatever the times: a dead letter would keep the number (PAT-5).
    const heard = withTimeOfSense(deps, said, envelope.receivedAt);
    const toTell = wardKnown ? said.ward : await knownWardOfStay(deps, stayIdOf(said.sender, said.visit));
    // Of an admission that never came to be there is nothing to plan.
    const ward = said.kind === 'admission-cancelled' ? undefined : toTell;
    if (identifier !== undefined && reading?.outcome === 'protected') {
      const numbers = { asked: identifier, record: reading.reading.record };
      await giveUpToProtected(deps, heard, envelope, numbers);
    } else
      await askAboutUnknown(deps, heard, envelope, orderOf(heard, envelope.event.sending, envelope.position));
    await tellWard(
      deps,
      envelope,
      { ward, all: wardsOf(deps) },
      asTold,
      await protectedPerson(deps, identifier, reading),
    );
    return;
  }
  const { fact, mark } = withTimesOfSense(deps, said, asTold);
  const numbers = { asked: identifier, record: reading.record };
  const cause = { kind: 'fact', id: envelope.eventId } as const;
  const run = (others: readonly Uuid[]) =>
    inPerson(
      deps,
      numbers,
      {
        cause,
        recordedAt: deps.now().toISOString(),
        others,
        holder: reading.holder,
        streams: [stayIdOf(fact.sender, fact.visit)],
        // Of a person who is known nothing is written but events and the mark.
        shared: reading.reading === undefined && others.length === 0,
      },
      async (session, { id: personId, joined }) => {
        const at = deps.now().toISOString();
        const population = reading.reading;
        await applyReading(deps, session, personId, population === undefined ? {} : { population }, {
          at,
          by: systemActor('population-register'),
          joined,
        });
        // Read ahead. What applied to the person before, and that she is one with another, stays written.
        if ((await session.load(personStream, personId)).state?.sealed !== false) return false;
        const outcome = await recordStay(deps, session, personId, fact, envelope, wardKnown, others);
        await mark(session.sql, outcome, true);
        return true;
      },
    );
  // Protected since the reading, or by it: the register is asked again, for there is no copy any more.
  if (!(await withOthers(run))) throw new RetryableFailure('person-sealed-meanwhile', 'hub');
}

/**
 * PAT-13: the source tells the visit as a protected person's, of whom nothing is kept. Whose it was before it is no more, and the wards of
 * that one's cases are asked; what is given up does not say to whom.
 */
async function giveUpToProtected(
  deps: CasesDependencies,
  fact: StayFact,
  envelope: Fact,
  numbers: Numbers,
): Promise<void> {
  if (fact.kind === 'admission-cancelled') return;
  const hashes = numbersOf(numbers).map((each) => deps.registers.hash(each));
  const persons = [...new Set((await deps.registers.holders(hashes)).values())];
  const order = orderOf(fact, envelope.event.sending, envelope.position);
  const at = envelope.receivedAt;
  const cause = { kind: 'fact', id: envelope.eventId } as const;
  await withOthers((others) =>
    deps.log.transact(
      { cause, recordedAt: deps.now().toISOString(), locks: others.map(personLock) },
      async (session) => {
        for (const { id, state } of await giveUpVisit(session, fact, { persons, order, at }, others))
          await askAboutStay(session, deps.kinds, id, state.personId, at);
      },
    ),
  );
}

async function recordStay(
  deps: CasesDependencies,
  session: Session,
  personId: Uuid,
  fact: HeardStay,
  envelope: Fact,
  wardKnown: boolean,
  locked: readonly Uuid[],
): Promise<string> {
  const { sender, visit } = fact;
  const stays = await staysOfVisit(session, sender, visit);
  const stayId = stayOfPerson(stays, personId, fact, locked);
  const before = stays.find(({ id }) => id === stayId)?.state;
  const { decision, state } = await session.execute(stayStream, stayId, commandOf(fact, envelope, personId));
  if (decision.rejection !== undefined) throw new PermanentFailure(decision.rejection.code, 'sender');
  const event = decision.events[0];
  if (event === undefined || state === undefined) return 'repeated';
  // What a ward has to do counts from the hub's receipt.
  const at = envelope.receivedAt;
  const corrected = await correctVisit(deps, session, stays, { id: stayId, personId, state }, fact, at);
  const late = ('late' in event.data && event.data.late) || corrected.own !== undefined;
  const now = corrected.own ?? state;
  const change = { id: stayId, before, now, late };
  const { said, placed } = await stayEffects(session, deps.kinds, personId, change, fact, {
    ward: fact.ward === undefined ? undefined : wardOf(deps, fact.ward),
    wardOf: (ward) => wardOf(deps, ward),
    organisationOf: (ward) => deps.directory.unit(ward)?.organisationNumber,
    at,
  });
  // All wards are looked at only once: later on the visit may have been told wrongly at those that the stay knows of.
  const wards = [fact.ward ?? [], state.wards.map((each) => each.ward)].flat();
  await endNotices(session, fact, before === undefined ? wardsOf(deps) : wards, 'identity-known', at);
  // Where there is a case its ward is asked to address it by hand.
  const places = placing.has(fact.kind) || (fact.wardUnknown === true && goesOn.has(fact.kind));
  const unknown = !wardKnown && places && !placed ? [wardUnknown] : [];
  return [late ? 'late' : 'stay-recorded', ...unknown, ...corrected.effects, ...said].join(', ');
}

/** The kinds of facts that say at which ward the patient is, and those that may. */
const placing: ReadonlySet<StayFact['kind']> = new Set(['admitted', 'transferred']);
const goesOn: ReadonlySet<StayFact['kind']> = new Set(['changed', 'discharge-cancelled']);

/**
 * PAT-13: the source tells of a visit as another person's than before. Whoever has a case for the stay that is given up is asked whose it
 * is; nothing is moved from one to the other.
 */
async function correctVisit(
  { kinds }: CasesDependencies,
  session: Session,
  stays: readonly { readonly id: Uuid; readonly state: StayState }[],
  told: { readonly id: Uuid; readonly personId: Uuid; readonly state: StayState },
  { sender, visit }: StayFact,
  at: Instant,
): Promise<{ readonly own?: StayState; readonly effects: readonly string[] }> {
  if (stays.every(({ state }) => state.personId === told.personId)) return { effects: [] };
  const [first] = stays;
  if (first !== undefined && !stays.some(({ id }) => id === told.id)) {
    const by = systemActor('journal');
    await session.execute(stayStream, first.id, {
      type: 'note-other-stay',
      at,
      by,
      data: { stayId: told.id },
    });
  }
  const effects: string[] = ['visit-of-another-person'];
  let own: StayState | undefined;
  for (const { id, state } of await settleVisit(session, sender, visit, at)) {
    if (id === told.id) own = state;
    else effects.push(...(await askAboutStay(session, kinds, id, state.personId, at)));
  }
  return { effects, ...(own && { own }) };
}

function commandOf(fact: HeardStay, { event, position }: Fact, personId: Uuid): StayCommand {
  const envelope = { at: fact.occurredAt, by: systemActor('journal') };
  const told = {
    personId,
    order: orderOf(fact, event.sending, position),
    ...visitToShow(fact),
    ...(fact.expectedDischarge === undefined
      ? {}
      : { expectedDischarge: localDateOf(fact.expectedDischarge) }),
    ...(fact.expectedDischargeRemoved === undefined ? {} : { expectedDischargeRemoved: true as const }),
  };
  const ward: { ward?: HsaId } = fact.ward === undefined ? {} : { ward: fact.ward };
  const where = { ...ward, ...(fact.wardUnknown === true && { wardUnknown: true as const }) };
  const admitted: { admittedAt?: Instant } =
    fact.admittedAt === undefined ? {} : { admittedAt: fact.admittedAt };
  switch (fact.kind) {
    case 'admitted':
      return {
        type: 'record-admission',
        ...envelope,
        data: { ...told, ...ward, admittedAt: fact.admittedAt ?? fact.occurredAt },
      };
    case 'transferred':
      return {
        type: 'record-transfer',
        ...envelope,
        data: { ...told, ...ward, ...admitted },
      };
    case 'changed':
      return { type: 'record-change', ...envelope, data: { ...told, ...where, ...admitted } };
    case 'discharged':
      return {
        type: 'record-discharge',
        ...envelope,
        data: { ...told, ...ward, dischargedAt: fact.dischargedAt ?? fact.occurredAt },
      };
    case 'admission-cancelled':
      return { type: 'cancel-admission', ...envelope, data: { ...told, ...ward } };
    case 'discharge-cancelled':
      return { type: 'cancel-discharge', ...envelope, data: { ...told, ...where } };
    default:
      fact.kind satisfies never;
      throw new PermanentFailure('stay-fact-unknown', 'hub');
  }
}

/** The place that the source gives a fact. One who tells neither order nor number is taken in the order of receipt. */
function orderOf(fact: StayFact, sending: Sending | undefined, position: number): SourceOrder {
  const { occurredAt: time, sequence } = fact;
  const received = sending?.received ?? (sequence === undefined ? position : undefined);
  return {
    time,
    // Another time of the fact may be the one that is not certain.
    ...(fact.ambiguousTime === true && isShownTwice(time) ? { ambiguous: true as const } : {}),
    ...(sending?.precision === undefined ? {} : { precision: sending.precision }),
    ...(sending?.sentAt === undefined ? {} : { sentAt: sending.sentAt }),
    // Kept in clear, and long enough for a person's number: the last digits tell the same order.
    ...(sequence === undefined ? {} : { sequence: sequence % sequencesKeptApart }),
    ...(received === undefined ? {} : { received }),
  };
}

/** More than the numbers of one moment of a stay lie apart. */
const sequencesKeptApart = 10_000;

/** A ward by its id. Known is a hospital unit of the organisation. */
function wardOf(deps: CasesDependencies, id: HsaId): { id: HsaId; name: string | undefined; known: boolean } {
  const unit = deps.directory.unit(id);
  return { id, name: unit?.name, known: unit?.side === 'hospital' && unit.active };
}

function wardsOf({ directory }: CasesDependencies): readonly HsaId[] {
  return directory.organisation.units.filter(({ side }) => side === 'hospital').map(({ hsaId }) => hsaId);
}

/** The ward that the stay was last known at, for a message that names none the hub knows. */
async function knownWardOfStay(deps: CasesDependencies, stayId: Uuid): Promise<string | undefined> {
  const { rows } = await deps.sql.query<{ ward: string | null }>(
    `select state ->> 'ward' as ward from stream where id = $1 and type = 'stay'`,
    [stayId],
  );
  const ward = rows[0]?.ward ?? undefined;
  return ward !== undefined && deps.directory.unit(ward)?.active === true ? ward : undefined;
}

/** A person known here from before who is now protected (PAT-6); of others nothing is known or kept. */
async function protectedPerson(
  deps: CasesDependencies,
  identifier: PersonIdentifier | undefined,
  reading: PersonReading | undefined,
): Promise<ProtectedPerson | undefined> {
  if (identifier === undefined || reading?.outcome !== 'protected') return undefined;
  const numbers = { asked: identifier, record: reading.reading.record };
  return (await deps.registers.knows(numbersOf(numbers)))
    ? { numbers, population: reading.reading }
    : undefined;
}
