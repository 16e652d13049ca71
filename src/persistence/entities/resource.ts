import {
  bool,
  integer,
  moment,
  nullable,
  preset,
  primary,
  table,
  text,
  texts,
  uuid,
  uuids,
} from './table.js';

const version = {
  version: integer,
  last_updated: moment,
  stream_id: nullable(uuid),
  scope: nullable(uuid),
  personal: bool,
  full_content: preset(bool, false),
  draft: bool,
  deleted: preset(bool, false),
  content: text,
};

/** FHIR resources with history, and who may see them (src/log writes, src/fhir and src/access read). */
export const resourceTables = [
  table(
    'resource',
    {
      type: primary(text),
      id: primary(uuid),
      ...version,
      case_id: nullable(uuid),
      person_id: nullable(uuid),
      tokens: texts,
      about: nullable(uuids),
      owner: nullable(text),
      status: nullable(text),
      deadline: nullable(moment),
      period_start: nullable(moment),
      period_end: nullable(moment),
    },
    {
      indexes: { resource_scope: ['scope', 'type'] },
      sqlIndexes: {
        resource_about: 'gin (about)',
        resource_tokens: `gin (tokens) WHERE (type = ANY (ARRAY['Location'::text, 'Organization'::text, 'Practitioner'::text, 'PractitionerRole'::text]))`,
        resource_recent: 'btree (type, last_updated DESC, id DESC)',
        resource_work_list: `btree (owner, status, last_updated DESC, id DESC) WHERE (type = 'Task'::text)`,
        resource_deadline: `btree (owner, status, deadline, id) WHERE (type = 'Task'::text)`,
      },
    },
  ),
  table(
    'resource_version',
    { type: primary(text), id: primary(uuid), ...version, version: primary(integer) },
    { indexes: { resource_version_stream: ['stream_id'] } },
  ),
  table(
    'access_grant',
    {
      scope: primary(uuid),
      unit: primary(text),
      stream_id: primary(uuid),
      hospital: bool,
      content: bool,
      full_content: preset(bool, false),
      since: nullable(moment),
      listed_until: nullable(moment),
    },
    {
      indexes: { access_grant_unit: ['unit', 'scope'], access_grant_stream: ['stream_id'] },
      sqlIndexes: {
        access_grant_listed: 'btree (unit, listed_until) WHERE (listed_until IS NOT NULL)',
      },
    },
  ),
];
