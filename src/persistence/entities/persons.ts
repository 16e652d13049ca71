import { bigint, bool, integer, json, moment, nullable, primary, table, text, uuid } from './table.js';

/** Persons by random id, with the copies of registers and care plans that stand outside the log (src/persons). */
export const personTables = [
  table(
    'person_identity',
    { hash: primary(text), person_id: uuid },
    { indexes: { person_identity_person: ['person_id'] } },
  ),
  table('person_copy', {
    person_id: primary(uuid),
    version: primary(integer),
    read_at: moment,
    record: nullable(json),
    listing: nullable(json),
  }),
  table(
    'register_reading',
    { person_id: primary(uuid), register: primary(text), read_at: moment },
    { indexes: { register_reading_age: ['register', 'read_at'] } },
  ),
  table('care_plan_background', {
    person_id: primary(uuid),
    sender: primary(text),
    plan: primary(text),
    occurred_at: moment,
    sequence: bigint,
    gone: bool,
    content: nullable(json),
  }),
];
