import {
  bigint,
  bool,
  identity,
  integer,
  json,
  moment,
  nullable,
  orderedJson,
  primary,
  smallint,
  table,
  text,
  unique,
  uuid,
} from './table.js';

import { isLaterEvent } from '../event-types-at-first.js';

/** The event log, its dense order and the folded state of each stream (src/log). */
export const logTables = [
  table('log_epoch', {
    number: primary(identity),
    epoch: unique(uuid),
    since: moment,
    last_sequence: bigint,
    actor: text,
    reason: text,
  }),
  table(
    'event',
    {
      position: primary(identity),
      id: unique(uuid),
      stream_type: text,
      stream_id: uuid,
      stream_version: integer,
      type: text,
      type_version: smallint,
      person_id: nullable(uuid),
      occurred_at: moment,
      recorded_at: moment,
      actor: orderedJson,
      cause: json,
      data: nullable(orderedJson),
      rendering: nullable(text),
    },
    {
      uniques: { event_stream_id_stream_version_key: ['stream_id', 'stream_version'] },
      indexes: { event_person: ['person_id'] },
      sqlIndexes: { event_later: `btree (stream_id) WHERE ${isLaterEvent}` },
    },
  ),
  table('unsequenced', { position: primary(bigint) }),
  table('event_sequence', { sequence: primary(bigint), position: unique(bigint) }),
  table('rendering', {
    one: primary(bool),
    version: text,
    sequence: nullable(bigint),
    seen_at: moment,
  }),
  table('reader', { name: primary(text), sequence: bigint }),
  table(
    'stream',
    {
      id: primary(uuid),
      type: text,
      version: integer,
      person_id: nullable(uuid),
      exclusive: nullable(text),
      state: nullable(orderedJson),
      next_deadline: nullable(moment),
      open: nullable(bool),
    },
    {
      indexes: { stream_person: ['person_id', 'type'] },
      sqlIndexes: {
        stream_exclusive_key: 'unique btree (exclusive) WHERE (exclusive IS NOT NULL)',
        stream_open: 'btree (person_id) WHERE open',
        stream_next_deadline: `btree (next_deadline) WHERE (next_deadline IS NOT NULL)`,
        stream_stays_under_way: `btree (((state ->> 'ward'::text))) WHERE ((type = 'stay'::text) AND ((state ->> 'status'::text) = 'in-progress'::text))`,
      },
    },
  ),
];
