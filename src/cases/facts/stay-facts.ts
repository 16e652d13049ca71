import type { Session } from '../../log/log.js';
import type { PersonIdentifier, StayFact } from '../../messaging/contracts/facts.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { PermanentFailure } from '../../messaging/inbox/failure.js';
import type { PersonReading } from '../../persons/registers.js';
import { numbersOf } from '../../persons/with-person.js';
import type { StayCommand } from '../../process/stay/stay.js';
import { localDateOf } from '../../process/time.js';
import type { HsaId, Instant, Uuid } from '../../process/vocabulary.js';
import { applyReading } from '../apply-reading.js';
import { stayIdOf } from '../deterministic-id.js';
import { systemActor } from '../dependencies.js';
import { inPerson } from '../merge-persons.js';
import type { CasesDependencies } from '../dependencies.js';
import { stayStream } from '../streams.js';
import { nationalNumber } from './national-number.js';
import { stayEffects } from './stay-effects.js';
import { tellWard } from './tell-ward.js';
import type { ProtectedPerson } from './tell-ward.js';

/**
 * A stay as the journal tells it (design, section 5). The person is looked up when unknown; the stay is recorded and the
 * person's open cases are told, all in one transaction with the mark on the inbox row.
 *
 * A ward outside the organisation: an admission there is refused as a dead letter of the hub's operators, who add the
 * ward or its mapping and replay it; a transfer there is kept, because the case must not stay with a ward the patient
 * has left (the hospital side is then not addressed, ADR-13).
 */
export async function handleStayFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as StayFact;
  const { known: wardKnown } = wardOf(deps, fact);
  const stayId = stayIdOf(fact.sender, fact.visit);
  const identifier = nationalNumber(fact.person);
  const reading = identifier === undefined ? undefined : await deps.registers.person(identifier);

  if (identifier === undefined || reading === undefined || reading.outcome !== 'found') {
    const toTell = wardKnown ? fact.ward : await knownWardOfStay(deps, stayId);
    // Of an admission that never came to be there is nothing to plan.
    const ward = fact.kind === 'admission-cancelled' ? undefined : toTell;
    await tellWard(deps, envelope, ward, mark, await protectedPerson(deps, identifier, reading));
    return;
  }
  await inPerson(
    deps,
    { asked: identifier, record: reading.record },
    { cause: { kind: 'fact', id: envelope.eventId }, recordedAt: deps.now().toISOString() },
    async (session, { id: personId, joined }) => {
      const at = deps.now().toISOString();
      await applyReading(
        deps,
        session,
        personId,
        reading.reading === undefined ? {} : { population: reading.reading },
        {
          at,
          by: systemActor('population-register'),
          joined,
        },
      );
      const outcome = await recordStay(deps, session, personId, stayId, envelope, wardKnown);
      await mark(session.sql, outcome, true);
    },
  );
}

async function recordStay(
  deps: CasesDependencies,
  session: Session,
  personId: Uuid,
  stayId: Uuid,
  envelope: Fact,
  wardKnown: boolean,
): Promise<string> {
  const fact = envelope.event.data as StayFact;
  const before = (await session.load(stayStream, stayId)).state;
  const command = commandOf(fact, personId);
  const { decision, state } = await session.execute(stayStream, stayId, command);
  if (decision.rejection !== undefined) throw new PermanentFailure(decision.rejection.code, 'sender');
  const event = decision.events[0];
  if (event === undefined || state === undefined) return 'repeated';
  const late = 'late' in event.data && event.data.late;
  const effects = await stayEffects(session, personId, { id: stayId, before, now: state, late }, fact, {
    ward:
      fact.ward === undefined
        ? undefined
        : { id: fact.ward, name: deps.directory.unit(fact.ward)?.name, known: wardKnown },
    organisationOf: (ward) => deps.directory.unit(ward)?.organisationNumber,
    // What a ward has to do counts from the hub's receipt.
    at: envelope.receivedAt,
  });
  return [late ? 'late' : 'stay-recorded', ...effects].join(', ');
}

function commandOf(fact: StayFact, personId: Uuid): StayCommand {
  const envelope = { at: fact.occurredAt, by: systemActor('journal') };
  const told = {
    personId,
    order: {
      time: fact.occurredAt,
      ...(fact.sequence === undefined ? {} : { sequence: fact.sequence }),
    },
    ...(fact.expectedDischarge === undefined
      ? {}
      : { expectedDischarge: localDateOf(fact.expectedDischarge) }),
    ...(fact.expectedDischargeRemoved === undefined ? {} : { expectedDischargeRemoved: true as const }),
  };
  const ward: { ward?: HsaId } = fact.ward === undefined ? {} : { ward: fact.ward };
  const admitted: { admittedAt?: Instant } =
    fact.admittedAt === undefined ? {} : { admittedAt: fact.admittedAt };
  switch (fact.kind) {
    case 'admitted':
      return {
        type: 'record-admission',
        ...envelope,
        data: { ...told, ward: wardIn(fact), admittedAt: fact.admittedAt ?? fact.occurredAt },
      };
    case 'transferred':
      return {
        type: 'record-transfer',
        ...envelope,
        data: { ...told, ward: wardIn(fact), ...admitted },
      };
    case 'changed':
      return { type: 'record-change', ...envelope, data: { ...told, ...ward, ...admitted } };
    case 'discharged':
      return {
        type: 'record-discharge',
        ...envelope,
        data: { ...told, ...ward, dischargedAt: fact.dischargedAt ?? fact.occurredAt },
      };
    case 'admission-cancelled':
      return { type: 'cancel-admission', ...envelope, data: { ...told, ...ward } };
    case 'discharge-cancelled':
      return { type: 'cancel-discharge', ...envelope, data: { ...told, ...ward } };
    default:
      fact.kind satisfies never;
      throw new PermanentFailure('stay-fact-unknown', 'hub');
  }
}

/** Whether the fact's ward is a hospital unit of the organisation. */
function wardOf(deps: CasesDependencies, fact: StayFact): { known: boolean } {
  const unit = fact.ward === undefined ? undefined : deps.directory.unit(fact.ward);
  const known = unit?.side === 'hospital' && unit.active;
  if (!known && fact.kind === 'admitted') {
    throw new PermanentFailure(fact.ward === undefined ? 'ward-not-mapped' : 'ward-unknown', 'hub');
  }
  if (fact.ward === undefined && fact.kind === 'transferred')
    throw new PermanentFailure('ward-not-mapped', 'hub');
  return { known };
}

function wardIn(fact: StayFact): string {
  if (fact.ward === undefined) throw new PermanentFailure('ward-not-mapped', 'hub');
  return fact.ward;
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
