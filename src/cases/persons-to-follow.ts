import type { Sql } from '../log/log.js';
import type { PersonIdentifier } from '../messaging/contracts/facts.js';
import type { Uuid } from '../process/vocabulary.js';

/** One person whose registers are read again, and where to go on after it. */
export type FollowedPerson = { readonly personId: Uuid; readonly identifier: PersonIdentifier };

/**
 * Persons whom anybody may still read, a page at a time in the order of their ids, for the re-readers (design, section 5; PAT-6,
 * PAT-7): those with an open case, and those whose case is over or annulled and is read, or its end, by who took part. Who
 * becomes protected has to be hidden from them too. Sealed persons are not among them: the hub keeps their number as a keyed hash only.
 *
 * @param after the last person of the page before
 */
export async function personsToFollow(
  sql: Sql,
  page: { readonly after?: Uuid; readonly limit: number },
): Promise<readonly FollowedPerson[]> {
  const { rows } = await sql.query<{ person_id: Uuid; identifier: PersonIdentifier }>(
    `select person.person_id, copy.record -> 'identifier' as identifier
       from (select distinct person_id from stream
              where person_id > $1 and exists (select from access_grant where stream_id = stream.id)) as person
       join lateral (select record from person_copy where person_id = person.person_id
                      order by version desc limit 1) as copy on copy.record is not null
      order by person.person_id limit $2`,
    [page.after ?? '00000000-0000-0000-0000-000000000000', page.limit],
  );
  return rows.map((row) => ({ personId: row.person_id, identifier: row.identifier }));
}
