import { currentEpoch } from '../../log/epoch.js';
import type { Database } from '../../persistence/database.js';
import { caseTopic } from '../contracts/facts.js';
import type { Place, Transport } from '../transport/transport.js';
import { prepare } from './prepare.js';
import { openMessages } from './seals.js';

/** A partition that knows of more than the database does. */
export type RestoreSign = Place & {
  /** As the broker has it. */
  readonly broker: number;
  /** As the database has it; undefined for events of cases. */
  readonly database: number | undefined;
};

/** Partitions of which the broker says that more was taken than the database knows. */
export async function takenAhead(
  database: Database,
  transport: Transport,
  group: string,
  topics: readonly string[],
): Promise<
  readonly (Place & { readonly first: number; readonly broker: number; readonly database: number })[]
> {
  // The broker first: what is committed there was in the database before.
  const places = await transport.offsets(group, topics);
  const { rows } = await database.query<Place & { next: number }>(
    'select topic, partition, next from intake_offset where topic = any($1::text[])',
    [topics],
  );
  return places.flatMap(({ topic, partition, first, committed }) => {
    const known = rows.find((row) => row.topic === topic && row.partition === partition)?.next ?? 0;
    return committed !== undefined && committed > known
      ? [{ topic, partition, first, broker: committed, database: known }]
      : [];
  });
}

/**
 * What shows that the database was set back: facts that the consumers' offsets say were taken and the inbox does not know, and events of
 * cases on the topic that the log does not have. Empty on the embedded transport, which goes back with its database. What a hub took
 * that did not keep offsets in the database yet is found in the inbox, and noted.
 */
export async function signsOfRestore(
  database: Database,
  transport: Transport,
  group: string,
  topics: readonly string[],
): Promise<readonly RestoreSign[]> {
  if (transport.name !== 'kafka') return [];
  return [
    ...(await untakenFacts(database, transport, group, topics)),
    ...(await unknownEvents(database, transport, group)),
  ];
}

async function untakenFacts(
  database: Database,
  transport: Transport,
  group: string,
  topics: readonly string[],
): Promise<readonly RestoreSign[]> {
  const ahead = (await takenAhead(database, transport, group, topics)).filter(
    ({ broker, first }) => broker > first,
  );
  const messages = await transport.readAt(
    ahead.map(({ topic, partition, broker }) => ({ topic, partition, offset: broker - 1 })),
  );
  const ids = (await openMessages(database, messages)).map((message) => prepare(message).eventId);
  const known = await knownAmong(database, 'select event_id as id from inbox where event_id = any($1)', ids);
  const taken = messages.filter((_, index) => known.has(ids[index] ?? ''));
  await database.query(
    `insert into intake_offset as known (topic, partition, next)
     select * from unnest($1::text[], $2::int[], $3::bigint[])
     on conflict (topic, partition) do update set next = greatest(known.next, excluded.next)`,
    [
      taken.map(({ topic }) => topic),
      taken.map(({ partition }) => partition),
      taken.map(({ offset }) => Number(offset) + 1),
    ],
  );
  return ahead.filter(
    (place) => !taken.some((one) => one.topic === place.topic && one.partition === place.partition),
  );
}

async function unknownEvents(
  database: Database,
  transport: Transport,
  group: string,
): Promise<readonly RestoreSign[]> {
  const epoch = await currentEpoch(database);
  const places = (await transport.offsets(group, [caseTopic])).filter(({ first, next }) => next > first);
  const messages = await transport.readAt(
    places.map(({ topic, partition, next }) => ({ topic, partition, offset: next - 1 })),
  );
  const last = messages.map(({ topic, partition, offset, value }) => {
    const { id, data } = JSON.parse(value) as { id: string; data: { epoch?: string } };
    return { topic, partition, id, epoch: data.epoch, broker: Number(offset) + 1, database: undefined };
  });
  // Events of an epoch before this one are known not to be in the log.
  const ofThis = last.filter((event) => event.epoch === epoch);
  const known = await knownAmong(
    database,
    'select id::text as id from event where id = any($1::uuid[])',
    ofThis.map(({ id }) => id),
  );
  return ofThis.filter(({ id }) => !known.has(id));
}

async function knownAmong(
  database: Database,
  text: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await database.query<{ id: string }>(text, [ids]);
  return new Set(rows.map(({ id }) => id));
}
