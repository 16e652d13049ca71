import type { Sql } from './log.js';

/** What waits at one place of the log. */
export type Backlog = {
  readonly count: number;
  /** For how long the oldest has waited, by the database's clock; 0 when nothing waits. */
  readonly oldestSeconds: number;
};

const nothing: Backlog = { count: 0, oldestSeconds: 0 };
const secondsSince = (time: string) =>
  `greatest(0, coalesce(extract(epoch from clock_timestamp() - (${time})), 0))::float8`;

/** Events that are committed and have no place in the order yet. Costs in proportion to what waits, not to the log. */
export async function withoutOrder(sql: Sql): Promise<Backlog> {
  const { rows } = await sql.query<Backlog>(
    `select count(*) as count, ${secondsSince('select recorded_at from event where position = min(unsequenced.position)')}
       as "oldestSeconds" from unsequenced`,
  );
  return rows[0] ?? nothing;
}

/** Events in the order that a named reader has not come to. The order is dense, so nothing is counted: it costs the same always. */
export async function notReadBy(sql: Sql, reader: string): Promise<Backlog> {
  const { rows } = await sql.query<Backlog>(
    `select greatest(0, bound.last - bound.read) as count, ${secondsSince(
      `select recorded_at from event_sequence join event using (position)
        where sequence > bound.read order by sequence limit 1`,
    )} as "oldestSeconds"
     from (select coalesce((select max(sequence) from event_sequence), 0) as last,
                  coalesce((select sequence from reader where name = $1), 0) as read) as bound`,
    [reader],
  );
  return rows[0] ?? nothing;
}
