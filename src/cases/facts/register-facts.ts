import type { Session } from '../../log/log.js';
import type { ListingFact, PersonFact } from '../../messaging/contracts/facts.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { numbersOf } from '../../persons/with-person.js';
import type { FoundPerson, Numbers } from '../../persons/with-person.js';
import type { Reading, ReadingEffect } from '../../persons/record-reading.js';
import { applyReading } from '../apply-reading.js';
import { systemActor } from '../dependencies.js';
import type { CasesDependencies } from '../dependencies.js';
import { inPerson } from '../merge-persons.js';

/**
 * A person as the population register describes it now: a changed copy reaches the person's open cases (PAT-7), a
 * protected person's are frozen and the copies emptied (PAT-6). Of a person the hub does not know, nothing is kept.
 */
export async function handlePersonFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as PersonFact;
  const { record } = fact;
  const usable = record !== undefined && fact.found && deps.registers.accepts(record);
  const numbers = { asked: fact.person, record: usable ? record : undefined };
  await forKnown(deps, numbers, envelope.eventId, mark, async (session, { id: personId, joined }) => {
    if (!usable) {
      // The register no longer knows the number. What it said before stands until somebody corrects it (PAT-12).
      await mark(session.sql, 'not-found', false);
      return;
    }
    const effect = await applyReading(
      deps,
      session,
      personId,
      { population: { record, readAt: fact.readAt } },
      {
        at: envelope.receivedAt,
        by: systemActor('population-register'),
        joined,
      },
    );
    // What it says is in the register copies, where it can be sealed; the inbox keeps none of it.
    await mark(session.sql, wordsFor(effect), false, effect.sealedBy === undefined);
  });
}

/** Where a person is listed now: a change is noted on the open cases (PAT-7; ADR-7 is the health centre's to act on). */
export async function handleListingFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as ListingFact;
  const listing: Reading['listing'] = { listings: fact.listings, readAt: fact.readAt };
  const numbers = { asked: fact.person };
  await forKnown(deps, numbers, envelope.eventId, mark, async (session, { id: personId }) => {
    const effect = await applyReading(
      deps,
      session,
      personId,
      { listing },
      {
        at: envelope.receivedAt,
        by: systemActor('listing-service'),
      },
    );
    await mark(session.sql, wordsFor(effect), false, effect.sealedBy === undefined);
  });
}

async function forKnown(
  deps: CasesDependencies,
  numbers: Numbers,
  causeId: string,
  mark: Mark,
  work: (session: Session, person: FoundPerson) => Promise<void>,
): Promise<void> {
  const options = {
    cause: { kind: 'fact', id: causeId },
    recordedAt: deps.now().toISOString(),
  } as const;
  if (await deps.registers.knows(numbersOf(numbers))) return inPerson(deps, numbers, options, work);
  await deps.log.transact({ ...options, locks: [] }, (session) =>
    mark(session.sql, 'person-not-known', false),
  );
}

function wordsFor(effect: ReadingEffect): string {
  if (effect.sealedBy !== undefined) return 'sealed';
  if (effect.unsealed) return 'unsealed';
  return effect.changed.length === 0 ? 'unchanged' : `changed: ${effect.changed.join(', ')}`;
}
