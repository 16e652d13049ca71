import type { StayFact } from '../../src/messaging/contracts/facts.js';
import { sealedTopic } from '../../src/messaging/contracts/sealed-topics.js';
import { eventsOf } from '../support/sealed.js';
import type { SqlConnection } from '../../src/persistence/database.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';

/** An event as the log has it. */
export type LogRow = {
  readonly id: string;
  readonly position: number;
  readonly sequence: number | null;
  readonly streamType: string;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly type: string;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
};

export async function readWholeLog(sql: SqlConnection): Promise<readonly LogRow[]> {
  const { rows } = await sql.query<LogRow>(
    `select e.id, e.position, s.sequence, e.stream_type as "streamType", e.stream_id as "streamId",
       e.stream_version as "streamVersion", e.type, e.cause, e.data
     from event e left join event_sequence s using (position) order by s.sequence, e.position`,
  );
  return rows;
}

/** Ids of facts that the registers' re-readers told. */
export async function readRegisterFacts(sql: SqlConnection): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ id: string }>(
    'select event_id as id from inbox where topic in ($1, $2)',
    [factTopics.person, factTopics.listing],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A message of the journal as the inbox has it. */
export type InboxFact = {
  readonly eventId: string;
  readonly state: string;
  readonly attempts: number;
  readonly messageId: string;
  readonly visit: string;
};

export async function readStayFacts(sql: SqlConnection): Promise<readonly InboxFact[]> {
  type Row = Pick<InboxFact, 'eventId' | 'state' | 'attempts'> & { readonly envelope: unknown };
  const { rows } = await sql.query<Row>(
    `select event_id as "eventId", state, attempts, envelope from inbox where topic = $1 order by position`,
    [factTopics.stay],
  );
  const messages = rows.map(({ envelope }) => ({
    topic: sealedTopic(factTopics.stay),
    key: '',
    value: JSON.stringify(envelope),
  }));
  const events = await eventsOf<StayFact>(sql, messages);
  return rows.map(({ eventId, state, attempts }, place) => ({
    eventId,
    state,
    attempts,
    messageId: events[place]?.data.messageId ?? '',
    visit: events[place]?.data.visit ?? '',
  }));
}

export type StayRow = {
  readonly id: string;
  readonly state: {
    readonly status: string;
    readonly ward?: string;
    readonly admittedAt?: string;
    readonly dischargedAt?: string;
    readonly wards: readonly { readonly ward: string }[];
  };
  /** The status that FHIR shows. */
  readonly shown: string | null;
};

export async function readStays(sql: SqlConnection): Promise<readonly StayRow[]> {
  const { rows } = await sql.query<StayRow>(
    `select s.id, s.state, r.content::json ->> 'status' as shown
     from stream s left join resource r on r.type = 'Encounter' and r.id = s.id where s.type = 'stay'`,
  );
  return rows;
}

/** Request ids that the trail knows to have succeeded. */
export async function readTrail(sql: SqlConnection): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct detail ->> 'requestId' as id from audit_record where outcome = 'success'`,
  );
  return new Set(rows.map(({ id }) => id));
}
