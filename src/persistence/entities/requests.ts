import { bigint, bytes, integer, json, moment, nullable, primary, table, text, uuid } from './table.js';

/** Repeats of requests (src/fhir), the trail of every access (src/access), and the keys that rows were written with. */
export const requestTables = [
  table('idempotency', {
    scope: primary(text),
    key: primary(text),
    content_hash: text,
    created_at: moment,
    status: nullable(integer),
    resource_type: nullable(text),
    resource_id: nullable(uuid),
    resource_version: nullable(integer),
    outcome: nullable(json),
  }),
  table('key_fingerprint', {
    name: primary(text),
    key_id: primary(text),
    salt: bytes,
    fingerprint: bytes,
    since: moment,
  }),
  table('audit_group', {
    chain: primary(uuid),
    number: primary(bigint),
    hash: text,
    previous: text,
    recorded_at: moment,
  }),
  table(
    'audit_record',
    {
      id: primary(uuid),
      chain: uuid,
      number: bigint,
      place: integer,
      recorded_at: moment,
      actor: text,
      unit: nullable(text),
      role: nullable(text),
      person_id: nullable(uuid),
      case_id: nullable(uuid),
      action: text,
      outcome: text,
      detail: json,
    },
    {
      indexes: { audit_record_group: ['chain', 'number', 'place'] },
      sqlIndexes: {
        audit_record_person: 'btree (person_id, recorded_at DESC)',
        audit_record_actor: 'btree (actor, recorded_at DESC)',
      },
    },
  ),
];
