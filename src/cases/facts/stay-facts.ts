import type { PersonIdentifier, StayFact } from '../../messaging/contracts/facts.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { RetryableFailure } from '../../messaging/inbox/failure.js';
import type { PersonReading } from '../../persons/registers.js';
import { personLock } from '../../persons/person-locks.js';
import { personStream } from '../../persons/person-stream.js';
import { numbersOf, type Numbers } from '../../persons/with-person.js';
import type { Uuid } from '../../process/vocabulary.js';
import { applyReading } from '../apply-reading.js';
import { stayIdOf } from '../deterministic-id.js';
import { systemActor } from '../dependencies.js';
import { inPerson } from '../merge-persons.js';
import type { CasesDependencies } from '../dependencies.js';
import { hearStay } from './heard-stay.js';
import { nationalNumber } from './national-number.js';
import { askAboutStay } from './stay-effects.js';
import { withTimeOfSense, withTimesOfSense } from './times-without-sense.js';
import { giveUpVisit, withOthers } from './stays-of-visit.js';
import { notifyWard } from './notify-ward.js';
import { askAboutUnknown } from './visit-of-unknown.js';
import type { ProtectedPerson } from './notify-ward.js';
import { recordStay } from './record-stay.js';
import { orderOf } from './stay-command.js';
import { knownWardOfStay, wardOf, wardsOf } from './wards-of-stay.js';

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
    await notifyWard(
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
 * PAT-13: the source says that the visit is a protected person's, of whom nothing is kept. Whoever had the visit before has it no longer, and
 * the wards of that person's cases are asked. What is given up does not say to whom.
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
