import type { SqlConnection } from '../persistence/database.js';
import type { Uuid } from '../process/vocabulary.js';
import type { RecordedEvent } from './recorded-event.js';
import { readRegisterCopy } from './register-copy.js';
import { changeOf, type FoldedStream } from './stream-change.js';
import type { StreamRegistry } from './stream-registry.js';
import type { Upcasters } from './upcasters/upcaster.js';
import { forgetEarlierVersions, rebuildChange } from './write-change.js';

/**
 * Applies events to the tables of a rebuild, stream by stream. An event that a stream already has is passed over, so
 * replaying again changes nothing.
 * @throws Error when a stream's versions have a hole: the log is damaged.
 */
export async function replay(
  sql: SqlConnection,
  registry: StreamRegistry,
  upcasters: Upcasters,
  events: readonly RecordedEvent[],
): Promise<void> {
  const byStream = Map.groupBy(events, (event) => event.streamId);
  const folded = await loadRebuilt(sql, [...byStream.keys()]);
  const context = {
    registerCopy: (personId: Uuid, version: number) => readRegisterCopy(sql, personId, version),
  };
  const writes: Promise<void>[] = [];
  for (const [id, all] of byStream) {
    const before = folded.get(id) ?? { state: undefined, version: 0 };
    const fresh = all.filter((event) => event.streamVersion > before.version);
    const [first] = fresh;
    if (!first) continue;
    fresh.forEach((event, index) => {
      if (event.streamVersion !== before.version + 1 + index) {
        throw new Error(`Stream ${id} has a hole before version ${event.streamVersion}`);
      }
    });
    const change = await changeOf(registry.get(first.streamType), id, before, fresh, { upcasters, context });
    writes.push(rebuildChange(sql, change, before.version));
    if (change.destroyed) writes.push(forgetEarlierVersions(sql, 'rebuild', change));
  }
  await Promise.all(writes);
}

async function loadRebuilt(
  sql: SqlConnection,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, FoldedStream<unknown>>> {
  const { rows } = await sql.query<{ id: Uuid; version: number; state: unknown }>(
    'select id, version, state from rebuild.stream where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, version, state }) => [id, { version, state: state ?? undefined }]));
}
