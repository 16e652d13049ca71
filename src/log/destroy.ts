import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database } from '../persistence/database.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import type { Sql } from './log.js';
import { destroyedType, record } from './recorded-event.js';
import { changeOf } from './stream-change.js';
import type { AnyStreamType, StreamRegistry } from './stream-registry.js';
import type { Cause, StreamName } from './stream-type.js';
import { upcasters } from './upcasters/index.js';
import { appendChanges, forgetEarlierVersions, type PreparedSql } from './write-change.js';

/** Who decided that what is kept goes (gallring), and when. */
export type Destruction = { readonly by: Actor; readonly at: Instant; readonly cause: Cause };

/**
 * Destroys a stream's payloads by decision, inside the caller's transaction: every event keeps id, type and time and
 * loses its data, a last event says so, the folded state goes, grants end, and each resource becomes a tombstone without
 * its earlier versions. A rebuild accepts it. Doing it twice changes nothing.
 */
export async function destroyStream(
  sql: Sql & PreparedSql,
  registry: StreamRegistry,
  id: Uuid,
  destruction: Destruction,
): Promise<void> {
  const { rows } = await sql.query<{ type: StreamName; version: number; person: Uuid | null; gone: boolean }>(
    'select type, version, person_id as person, state is null as gone from stream where id = $1 for update',
    [id],
  );
  const stream = rows[0];
  if (!stream || stream.gone) return;
  const resources = await sql.query<{ type: string; id: Uuid }>(
    // By their versions, which have an index by stream.
    `select type, id from resource where (type, id) in (select type, id from resource_version where stream_id = $1)
       and stream_id = $1 order by type, id`,
    [id],
  );
  const type: AnyStreamType = registry.get(stream.type);
  const event = {
    ...record(
      type,
      id,
      stream.version + 1,
      { type: destroyedType, at: destruction.at, by: destruction.by, data: { resources: resources.rows } },
      { cause: destruction.cause, recordedAt: destruction.at },
    ),
    typeVersion: 1,
    personId: stream.person ?? undefined,
  };
  const before = { state: undefined, version: stream.version };
  const change = await changeOf(type, id, before, [event], { upcasters, context: noCopies });
  await sql.query('update event set data = null where stream_id = $1', [id]);
  await appendChanges(sql, [{ change, expectedVersion: stream.version, events: [event] }]);
  await forgetEarlierVersions(sql, 'public', change);
}

/** Destroys every stream of a person, in one transaction under the person's lock. Register copies are src/persons' part. */
export async function destroyPerson(
  database: Database,
  registry: StreamRegistry,
  personId: Uuid,
  destruction: Destruction,
): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query(
      `select pg_advisory_xact_lock_shared(${advisoryLocks.swap}), pg_advisory_xact_lock(hashtextextended($1, 0))`,
      [`person:${personId}`],
    );
    const { rows } = await sql.query<{ id: Uuid }>(
      'select id from stream where person_id = $1 or id = $1 order by id',
      [personId],
    );
    for (const { id } of rows) await destroyStream(sql, registry, id, destruction);
  });
}

const noCopies = { registerCopy: () => Promise.resolve(undefined) };
