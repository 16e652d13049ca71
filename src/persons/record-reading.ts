import type { Session } from '../log/log.js';
import type { Listing, RegisterRecord } from '../messaging/contracts/facts.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import type { RegisterChange } from '../process/case/register-change.js';
import type { Protection } from '../process/person/person.js';
import { addCopy, emptyCopies, lastReading, latestCopy, noteReading } from './person-store.js';
import { isDeceased, protection } from './protection.js';
import { registerChanges, sameContent, standingChanges } from './register-changes.js';
import { personStream } from './person-stream.js';

/** What was read about a person: from either register or both. */
export type Reading = {
  readonly population?: { readonly record: RegisterRecord; readonly readAt: Instant };
  readonly listing?: { readonly listings: readonly Listing[]; readonly readAt: Instant };
};

/** What a reading did to a known person. `changed` is what open cases are told (PAT-7). */
export type ReadingEffect = {
  readonly changed: readonly RegisterChange[];
  /** Set when this reading says that the person is protected, or no longer says that the person is not (PAT-6). */
  readonly sealedBy?: Exclude<Protection, 'none'>;
  /** True when the register says again that the person is not protected, after it was. */
  readonly unsealed: boolean;
  /** What of the person is to be looked at then, though nothing was kept to compare with (PAT-7). */
  readonly standing: readonly RegisterChange[];
};

const nothing: ReadingEffect = { changed: [], unsealed: false, standing: [] };

/**
 * Keeps what the registers said, inside the caller's transaction and under the person's lock: a new copy only when the
 * content changed, and an event on the person's stream. A reading older than one already kept changes nothing. A
 * protected person's copies are emptied at once and the new record is not kept.
 */
export async function recordReading(
  session: Session,
  personId: Uuid,
  reading: Reading,
  context: { readonly at: Instant; readonly by: Actor },
): Promise<ReadingEffect> {
  const known = (await session.load(personStream, personId)).state;
  // Somebody who turned out to be another: what is read is the other's (PAT-12).
  if (known?.mergedInto !== undefined) return nothing;
  const population = await newer(session, personId, 'population', reading.population);
  const listing = await newer(session, personId, 'listing', reading.listing);
  if (population === undefined && listing === undefined) return nothing;
  const before = await latestCopy(session.sql, personId);

  if (population !== undefined) {
    const verdict = protection(population.record);
    if (verdict !== 'none') {
      await session.execute(personStream, personId, {
        type: 'note-register-copy',
        ...context,
        data: {
          copy: before?.version ?? 0,
          protection: verdict,
          deceased: isDeceased(population.record),
        },
      });
      await emptyCopies(session.sql, personId);
      return { ...nothing, sealedBy: verdict };
    }
  }

  const record = population?.record ?? before?.record ?? null;
  // A listing alone says nothing about a person whose register copy is sealed or missing.
  if (record === null) return nothing;
  const content = { record, listing: listing?.listings ?? before?.listing ?? null };
  if (before !== undefined && before.record !== null && sameContent(withoutVersion(before), content)) {
    return nothing;
  }
  const version = (before?.version ?? 0) + 1;
  await addCopy(
    session.sql,
    personId,
    { version, ...content },
    population?.readAt ?? listing?.readAt ?? context.at,
  );
  await session.execute(
    personStream,
    personId,
    before === undefined
      ? {
          type: 'register',
          ...context,
          data: { copy: version, protection: 'none', deceased: isDeceased(record) },
        }
      : {
          type: 'note-register-copy',
          ...context,
          data: { copy: version, protection: 'none', deceased: isDeceased(record) },
        },
  );
  if (before === undefined) return nothing;
  if (before.record === null) return { changed: [], unsealed: true, standing: standingChanges(record) };
  return {
    ...nothing,
    changed: registerChanges({ record: before.record, listing: before.listing }, content),
  };
}

async function newer<R extends { readonly readAt: Instant }>(
  session: Session,
  personId: Uuid,
  register: 'population' | 'listing',
  reading: R | undefined,
): Promise<R | undefined> {
  if (reading === undefined) return undefined;
  const last = await lastReading(session.sql, personId, register);
  if (last !== undefined && last > new Date(reading.readAt)) return undefined;
  await noteReading(session.sql, personId, register, reading.readAt);
  return reading;
}

function withoutVersion(copy: {
  record: RegisterRecord | null;
  listing: readonly Listing[] | null;
}): unknown {
  return { record: copy.record, listing: copy.listing };
}
