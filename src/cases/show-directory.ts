import type { Directory } from '../directory/organisation.js';
import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database, SqlConnection } from '../persistence/database.js';
import { directoryId } from '../projection/identity.js';
import { projectDirectory } from '../projection/directory/directory.js';
import type { RenderedResource } from '../projection/projection.js';

const shownTypes = ['Organization', 'Location', 'Practitioner', 'PractitionerRole'] as const;

type Shown = {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly content: string;
  readonly tokens: readonly string[];
};

/**
 * Makes the organisation file readable as FHIR: writes a new version of what differs, marks what is gone as deleted, in one
 * transaction. These resources are not in the log: the file is their source, and a rebuild leaves them alone.
 * @returns how many resources got a new version
 */
export async function showDirectory(database: Database, directory: Directory, now: Date): Promise<number> {
  return database.transaction(
    async (sql) => {
      const { rows } = await sql.query<Shown & { deleted: boolean }>(
        `select type, id, version, content, tokens, deleted from resource where scope is null and type = any($1)`,
        [shownTypes],
      );
      const known = new Map(rows.map((row) => [`${row.type}/${row.id}`, row]));
      const changes: object[] = [];
      for (const rendered of projectDirectory(directory.organisation)) {
        const key = `${rendered.content.resourceType}/${rendered.content.id}`;
        const before = known.get(key);
        known.delete(key);
        if (before && !before.deleted && same(before, rendered)) continue;
        changes.push(versionOf(rendered, (before?.version ?? 0) + 1, now));
      }
      for (const gone of known.values()) {
        if (gone.deleted) continue;
        const rendered = { content: JSON.parse(gone.content), tokens: [] } as unknown as RenderedResource;
        changes.push({ ...versionOf(rendered, gone.version + 1, now), deleted: true });
      }
      if (changes.length > 0) await sql.query(write, [JSON.stringify(changes), now]);
      await forgetNames(sql, directory);
      return changes.length;
    },
    // Several processes start at once: one writes, the others find nothing left to do.
    [`select pg_advisory_xact_lock(${advisoryLocks.directory})`],
  );
}

const write = `
  with change as (
    select * from jsonb_to_recordset($1::jsonb)
      as change(type text, id uuid, version integer, deleted boolean, tokens text[], content text)
  ), history as (
    insert into resource_version (type, id, version, last_updated, personal, draft, deleted, content)
    select type, id, version, $2, false, false, deleted, content from change
  )
  insert into resource (type, id, version, last_updated, personal, draft, deleted, tokens, about, content)
  select type, id, version, $2, false, false, deleted, tokens, '{}', content from change
  on conflict (type, id) do update set version = excluded.version, last_updated = excluded.last_updated,
    deleted = excluded.deleted, tokens = excluded.tokens, content = excluded.content`;

/**
 * Earlier versions of protected staff had their name, and everybody may read what the directory shows: they go, with those of
 * work that has ended. Also of those who were protected before this was so.
 */
async function forgetNames(sql: SqlConnection, { organisation }: Directory): Promise<void> {
  const hidden = organisation.people
    .filter(({ protectedPerson }) => protectedPerson === true)
    .map(({ hsaId }) => directoryId(hsaId));
  if (hidden.length === 0) return;
  await sql.query(
    `delete from resource_version as v using resource as r
      where r.type = v.type and r.id = v.id and (v.version < r.version or r.deleted)
        and (v.type = 'Practitioner' and v.id = any($1::uuid[])
          or v.type = 'PractitionerRole' and v.content::jsonb -> 'practitioner' ->> 'reference' = any($2::text[]))`,
    [hidden, hidden.map((id) => `Practitioner/${id}`)],
  );
}

function versionOf(rendered: RenderedResource, version: number, now: Date): object {
  const { meta, ...content } = rendered.content;
  return {
    type: content.resourceType,
    id: content.id,
    version,
    deleted: false,
    tokens: rendered.tokens,
    content: JSON.stringify({
      ...content,
      meta: { ...meta, versionId: String(version), lastUpdated: now.toISOString() },
    }),
  };
}

/** Whether it reads and is found as before: where a person works is in no Practitioner, but what a search by organisation finds. */
function same({ content, tokens }: Shown, rendered: RenderedResource): boolean {
  return (
    withoutVersion(JSON.parse(content)) === withoutVersion(rendered.content) &&
    JSON.stringify(tokens) === JSON.stringify(rendered.tokens)
  );
}

/** The content in one spelling, without what each version has of its own. */
function withoutVersion(resource: RenderedResource['content']): string {
  const { meta, ...content } = resource;
  return JSON.stringify({ ...content, meta: { profile: meta?.profile ?? [] } });
}
