import type { Log, Session } from '../../log/log.js';
import type { ListingFact, PersonFact, PersonIdentifier } from '../../messaging/contracts/facts.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { personLock } from '../../persons/person-locks.js';
import type { Reading, ReadingEffect } from '../../persons/record-reading.js';
import { applyReading } from '../apply-reading.js';
import { systemActor } from '../dependencies.js';
import type { CasesDependencies } from '../dependencies.js';

/**
 * A person as the population register describes it now: a changed copy reaches the person's open cases (PAT-7), a
 * protected person's are frozen and the copies emptied (PAT-6). Of a person the hub does not know, nothing is kept.
 */
export async function handlePersonFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as PersonFact;
  const { record } = fact;
  const usable = record !== undefined && fact.found && deps.registers.accepts(record);
  await forKnown(deps, fact.person, envelope.eventId, mark, async (session, personId) => {
    if (!usable) {
      // The register no longer knows the number. What it said before stands until somebody corrects it (PAT-12).
      await mark(session.sql, 'not-found', false);
      return;
    }
    const effect = await applyReading(
      session,
      personId,
      { population: { record, readAt: fact.readAt } },
      {
        at: envelope.receivedAt,
        by: systemActor('population-register'),
      },
    );
    // What it says is in the register copies, where it can be sealed; the inbox keeps none of it.
    await mark(session.sql, wordsFor(effect), false);
  });
}

/** Where a person is listed now: a change is noted on the open cases (PAT-7; ADR-7 is the health centre's to act on). */
export async function handleListingFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as ListingFact;
  const listing: Reading['listing'] = { listings: fact.listings, readAt: fact.readAt };
  await forKnown(deps, fact.person, envelope.eventId, mark, async (session, personId) => {
    const effect = await applyReading(
      session,
      personId,
      { listing },
      {
        at: envelope.receivedAt,
        by: systemActor('listing-service'),
      },
    );
    await mark(session.sql, wordsFor(effect), false);
  });
}

async function forKnown(
  deps: CasesDependencies,
  identifier: PersonIdentifier,
  causeId: string,
  mark: Mark,
  work: (session: Session, personId: string) => Promise<void>,
): Promise<void> {
  const personId = await deps.registers.known(identifier);
  const options: Parameters<Log['transact']>[0] = {
    locks: personId === undefined ? [] : [personLock(personId)],
    cause: { kind: 'fact', id: causeId },
    recordedAt: deps.now().toISOString(),
  };
  await deps.log.transact(options, (session) =>
    personId === undefined ? mark(session.sql, 'person-not-known', false) : work(session, personId),
  );
}

function wordsFor(effect: ReadingEffect): string {
  if (effect.sealedBy !== undefined) return 'sealed';
  if (effect.unsealed) return 'unsealed';
  return effect.changed.length === 0 ? 'unchanged' : `changed: ${effect.changed.join(', ')}`;
}
