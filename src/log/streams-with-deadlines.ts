import type { Instant, Uuid } from '../process/vocabulary.js';
import type { Backlog } from './backlog.js';
import type { Sql } from './log.js';
import type { StreamName } from './stream-type.js';

/** A stream that has to be asked what its deadlines have come to, and from when. */
export type DueStream = {
  readonly id: Uuid;
  readonly type: StreamName;
  readonly personId: Uuid | null;
  readonly nextDeadline: Date;
};

/**
 * Streams whose next deadline comes by a moment, earliest first. Costs in proportion to what it answers, however many streams there are.
 * @param besides streams to leave out
 */
export async function dueStreams(
  sql: Sql,
  by: Instant,
  limit: number,
  besides: readonly Uuid[] = [],
): Promise<readonly DueStream[]> {
  const { rows } = await sql.query<DueStream>(
    `select id, type, person_id as "personId", next_deadline as "nextDeadline" from stream
      where next_deadline <= $1 and id <> all($2::uuid[]) order by next_deadline limit $3`,
    [by, besides, limit],
  );
  return rows;
}

/** Puts right the next deadline of a stream that a process without deadlines has written beside this one (ADR 51). */
export async function correctNextDeadline(sql: Sql, id: Uuid, next: Instant | undefined): Promise<void> {
  await sql.query(
    `update stream set next_deadline = $2::timestamptz where id = $1 and next_deadline is distinct from $2::timestamptz`,
    [id, next ?? null],
  );
}

/** Deadlines that have come and were not told, and for how long the oldest has waited at that moment. */
export async function untoldDeadlines(sql: Sql, at: Instant): Promise<Backlog> {
  const { rows } = await sql.query<Backlog>(
    `select count(*)::int as count,
            greatest(0, coalesce(extract(epoch from $1::timestamptz - min(next_deadline)), 0))::float8 as "oldestSeconds"
       from stream where next_deadline <= $1`,
    [at],
  );
  return rows[0] ?? { count: 0, oldestSeconds: 0 };
}
