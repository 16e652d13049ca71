import type { Directory } from '../../directory/organisation.js';
import type { Sql } from '../../log/log.js';
import type { Uuid } from '../../process/vocabulary.js';
import { listedEntry } from '../../projection/directory/practitioner.js';
import { projectDirectory } from '../../projection/directory/directory.js';

/**
 * Puts in the search entry of work that is found by where it is done, where a hub of a version that does not know it (before decision 24)
 * has written the directory beside this one: a search by unit would not find those people. Nothing else of the row is changed, and no
 * row whose other entries are not this program's: that one is shown anew when the directory changes. Cheap while there is nothing to do.
 */
export class StaffLister {
  /** The rows without the entry that stay without: those of protected staff, or of another organisation file. */
  #left = '';

  constructor(
    private readonly sql: Sql,
    private readonly directory: () => Directory,
  ) {}

  /** @returns how many rows got the entry */
  async round(): Promise<number> {
    const unlisted = await this.#unlisted();
    if (unlisted === this.#left) return 0;
    const ids = new Set(unlisted.split(' '));
    const rows = projectDirectory(this.directory().organisation)
      .filter(({ content, tokens }) => ids.has(content.id) && tokens.includes(listedEntry))
      .map(({ content: { id }, tokens }) => ({
        id,
        tokens,
        before: tokens.filter((each) => each !== listedEntry),
      }));
    const { rowCount } = await this.sql.query(
      `update resource set tokens = row.tokens
         from json_to_recordset($1::json) as row (id uuid, tokens text[], before text[])
        where type = 'PractitionerRole' and resource.id = row.id and scope is null and not deleted
          and resource.tokens = row.before`,
      [JSON.stringify(rows)],
    );
    this.#left = await this.#unlisted();
    return rowCount ?? 0;
  }

  async #unlisted(): Promise<string> {
    const { rows } = await this.sql.query<{ id: Uuid }>(
      `select id from resource
        where type = 'PractitionerRole' and scope is null and not deleted and not tokens @> array[$1] order by id`,
      [listedEntry],
    );
    return rows.map(({ id }) => id).join(' ');
  }
}
