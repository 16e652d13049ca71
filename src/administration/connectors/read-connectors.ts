import { removedPrefix } from '../../messaging/inbox/removed-facts.js';
import type { SqlConnection } from '../../persistence/database.js';

/** One connector of one process, as it last wrote of itself. */
export type Heartbeat = {
  readonly connector: string;
  readonly process: string;
  readonly host: string;
  readonly pid: number;
  readonly state: 'running' | 'stopped';
  readonly status: 'up' | 'degraded' | 'down';
  readonly why: string | null;
  readonly lastMessageAt: Date | null;
  readonly seenAt: Date;
  /** Since it last wrote, by the database's clock. */
  readonly silentSeconds: number;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
};

/** What waits or died of what a connector told. */
export type Pile = {
  readonly connector: string;
  readonly count: number;
  readonly oldestSeconds: number;
  /** Why the latest of them is where it is, and who has to mend it; for facts in the inbox. */
  readonly cause?: string | null;
  readonly owner?: string | null;
};

export type ConnectorRows = {
  readonly heartbeats: readonly Heartbeat[];
  /** Taken, not yet on their topic. */
  readonly receipts: readonly Pile[];
  /** In the inbox, not yet handled. */
  readonly waiting: readonly Pile[];
  readonly dead: readonly Pile[];
};

/** The sender of a fact that could not be read, or that a topic lost, is not known; then it is named by its topic. */
const connectorOfFact = `case when event_id like '${removedPrefix}%' then 'removed (' || topic || ')' else coalesce(nullif(split_part(envelope->>'source', ':', 4), ''), 'unreadable (' || topic || ')') end`;

const facts = (state: 'waiting' | 'dead') => `
  select connector, count(*) as count, extract(epoch from clock_timestamp() - min(received_at))::float8 as "oldestSeconds",
    (array_agg(cause order by position desc) filter (where cause is not null))[1] as cause,
    (array_agg(owner order by position desc) filter (where cause is not null))[1] as owner
  from (select ${connectorOfFact} as connector, received_at, position, cause, owner from inbox where state = '${state}') f
  group by connector`;

/** Reads how the connectors are: a few short queries over indexes of what waits, however much is done. */
export async function readConnectors(sql: SqlConnection): Promise<ConnectorRows> {
  const [heartbeats, receipts, waiting, dead] = await Promise.all([
    sql.query<Heartbeat>(
      `select connector, process, host, pid, state, status, why, last_message_at as "lastMessageAt", seen_at as "seenAt",
         extract(epoch from clock_timestamp() - seen_at)::float8 as "silentSeconds", detail
       from connector_heartbeat order by connector, started_at`,
    ),
    sql.query<Pile>(
      `select connector, count(*) as count, extract(epoch from clock_timestamp() - min(received_at))::float8 as "oldestSeconds"
       from connector_receipt where not published group by connector`,
    ),
    sql.query<Pile>(facts('waiting')),
    sql.query<Pile>(facts('dead')),
  ]);
  return { heartbeats: heartbeats.rows, receipts: receipts.rows, waiting: waiting.rows, dead: dead.rows };
}
