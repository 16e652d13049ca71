import { unseen } from '../../../persistence/kept-plan.js';
import type { Database } from '../../../persistence/database.js';
import { partitionOf } from '../partition-of.js';
import type { IncomingMessage, OutgoingMessage, PartitionOffsets, Place } from '../transport.js';
import { TopicRefused } from '../transport-options.js';

/**
 * The statements of the embedded transport over its tables (`transport_topic`, `transport_partition`,
 * `transport_message`). Numbers within a partition are dense and become visible in order, because they are given
 * under the lock of the partition's row, which is held until the commit.
 */

/** Creates the topics that are missing. @throws TopicRefused when one exists with another partition count */
export async function createTopics(
  database: Database,
  topics: readonly string[],
  partitions: number,
): Promise<void> {
  await database.transaction(async (sql) => {
    const names = [...new Set(topics)].sort();
    await sql.query(
      'insert into transport_topic (name, partitions) select unnest($1::text[]), $2 on conflict do nothing',
      [names, partitions],
    );
    const { rows } = await sql.query<{ name: string; partitions: number }>(
      'select name, partitions from transport_topic where name = any($1)',
      [names],
    );
    const other = rows.find((row) => row.partitions !== partitions);
    if (other !== undefined) {
      throw new TopicRefused(
        `topic ${other.name} has ${other.partitions} partitions, not ${partitions}: another count would break the order of facts`,
      );
    }
    await sql.query(
      `insert into transport_partition (topic, partition, next)
       select name, partition, 0 from unnest($1::text[]) name, generate_series(0, $2::int - 1) partition
       on conflict do nothing`,
      [names, partitions],
    );
  });
}

/** The partition count of a topic. @throws TopicRefused when there is no such topic */
export async function partitionCount(database: Database, topic: string): Promise<number> {
  const { rows } = await database.query<{ partitions: number }>(
    'select partitions from transport_topic where name = $1',
    [topic],
  );
  if (rows[0] === undefined) throw new TopicRefused(`there is no topic ${topic}`);
  return rows[0].partitions;
}

const insertMessages = `
  with message as (
    select * from unnest(${unseen('$2::int[]', '$3::text[]', '$4::text[]', '$5::jsonb[]')}) with ordinality
      as message (partition, key, value, headers, place)
  ), locked as materialized (
    select partition from transport_partition
    where topic = $1 and partition = any(${unseen('$2::int[]')}) order by partition for update
  ), bumped as (
    update transport_partition target set next = target.next + part.count
    from (select partition, count(*) from message join locked using (partition) group by partition) part
    where target.topic = $1 and target.partition = part.partition
    returning target.partition, target.next - part.count as first
  )
  insert into transport_message (topic, partition, number, key, headers, value, appended_at)
  select $1, partition, first + row_number() over (partition by partition order by place) - 1,
         key, headers, value, now()
  from message join bumped using (partition)`;

/** Appends in one statement: one commit, all or nothing. The partitions' rows are locked in order, so writers never deadlock. */
export async function insert(
  database: Database,
  topic: string,
  partitions: number,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  await database.prepared('transport-append', insertMessages, [
    topic,
    messages.map(({ key }) => partitionOf(key, partitions)),
    messages.map(({ key }) => key),
    messages.map(({ value }) => value),
    messages.map(({ headers }) => JSON.stringify(headers ?? {})),
  ]);
}

type Row = { number: number; key: string; headers: Record<string, string>; value: string };

// The first message always, more while they stay within the bytes: one statement must not carry hundreds of large ones.
const nextMessages = `
  select number, key, headers, value from (
    select *, sum(octet_length(value)) over (order by number) as bytes, row_number() over (order by number) as place
    from (select number, key, headers, value from transport_message
          where topic = $1 and partition = $2 and number >= $3 order by number limit ${unseen('$4::int')}) oldest
  ) measured where place = 1 or bytes <= $5 order by number`;

/** The next messages of a partition, in order. */
export async function fetchMessages(
  database: Database,
  place: { readonly topic: string; readonly partition: number },
  from: number,
  most: { readonly messages: number; readonly bytes: number },
): Promise<readonly IncomingMessage[]> {
  const { rows } = await database.prepared<Row>('transport-fetch', nextMessages, [
    place.topic,
    place.partition,
    from,
    most.messages,
    most.bytes,
  ]);
  return rows.map(({ number, ...message }) => ({ ...place, ...message, offset: String(number) }));
}

/** What is there of each partition, and how far the group has come. */
export async function readOffsets(
  database: Database,
  group: string,
  topics: readonly string[],
): Promise<readonly PartitionOffsets[]> {
  const { rows } = await database.query<Omit<PartitionOffsets, 'committed'> & { committed: number | null }>(
    `select p.topic, p.partition, p.next, o.next as committed, coalesce((
         select min(number) from transport_message m where m.topic = p.topic and m.partition = p.partition), p.next) as first
     from transport_partition p left join transport_offset o
       on o.consumer_group = $1 and o.topic = p.topic and o.partition = p.partition
     where p.topic = any($2)`,
    [group, topics],
  );
  return rows.map(({ committed, ...place }) => ({ ...place, committed: committed ?? undefined }));
}

/** Lets a group go on from other places. @throws TopicRefused while a member of the group holds one of them */
export async function setOffsets(
  database: Database,
  group: string,
  places: readonly (Place & { readonly next: number })[],
): Promise<void> {
  await database.transaction(async (sql) => {
    const { rowCount } = await sql.query(
      `update transport_offset target set next = place.next
       from unnest($2::text[], $3::int[], $4::bigint[]) as place (topic, partition, next)
       where consumer_group = $1 and target.topic = place.topic and target.partition = place.partition
         and (held_by is null or held_until < clock_timestamp())`,
      [group, places.map((at) => at.topic), places.map((at) => at.partition), places.map((at) => at.next)],
    );
    if (rowCount !== places.length) throw new TopicRefused(`group ${group} is running, or never came so far`);
  });
}

/**
 * Removes messages past their retention, oldest first, at most 5000 of a partition at a time. What a known group has
 * not taken yet stays, however old.
 * @returns how many were removed
 */
export async function sweep(database: Database, topic: string, retentionMs: number): Promise<number> {
  const { rowCount } = await database.query(
    `delete from transport_message message using (
       select partition, (
         select coalesce(min(number) filter (where appended_at >= now() - $2 * interval '1 ms'), max(number) + 1)
         from (select number, appended_at from transport_message
               where topic = p.topic and partition = p.partition order by number limit 5000) oldest
       ) as expired_below, (
         select min(next) from transport_offset o where o.topic = p.topic and o.partition = p.partition
       ) as taken_below
       from transport_partition p where p.topic = $1
         -- Most of the time nothing is past it, which the oldest tells.
         and (select appended_at < now() - $2 * interval '1 ms' from transport_message
              where topic = p.topic and partition = p.partition order by number limit 1)
     ) bound
     where message.topic = $1 and message.partition = bound.partition
       and message.number < least(bound.expired_below, bound.taken_below)`,
    [topic, retentionMs],
  );
  return rowCount ?? 0;
}
