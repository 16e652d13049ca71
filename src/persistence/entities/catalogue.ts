import { integer, json, moment, nullable, primary, table, text, uuid } from './table.js';

/** What the catalogue said of units and staff, each version of it: copies, outside the log, that can be read again. */
export const catalogueTables = [
  table('catalogue_copy', {
    kind: primary(text),
    hsa_id: primary(text),
    version: primary(integer),
    /** When the catalogue said so first, and when it said so last. */
    since: moment,
    read_at: moment,
    fact: json,
  }),
  /** Configured units that are missing in the catalogue, and when their open cases were told. */
  table('catalogue_missing_unit', { unit: primary(text), since: moment, told_at: nullable(moment) }),
  /** Cases to be told of a missing unit when they are frozen no more. */
  table('catalogue_untold_case', { unit: primary(text), case_id: primary(uuid) }),
];
