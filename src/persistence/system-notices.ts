import type { SqlConnection } from './database.js';

/** A notice of the operator to every user (VIEW-10). Times are UTC. */
export type SystemNotice = {
  readonly id: string;
  readonly kind: string;
  /** Swedish, as users read it. */
  readonly text: string;
  readonly shownFrom: Date;
  readonly shownUntil: Date;
  readonly writtenAt: Date;
};

/** So many are shown at once; the command takes no more. */
export const mostSystemNotices = 20;

const columns = `id, kind, text, shown_from as "shownFrom", shown_until as "shownUntil", written_at as "writtenAt"`;

/** The notices that users are to read at a moment, the latest first. */
export async function currentSystemNotices(
  database: Pick<SqlConnection, 'prepared'>,
  now: Date,
): Promise<readonly SystemNotice[]> {
  const { rows } = await database.prepared<SystemNotice>(
    'system-notices',
    `select ${columns} from system_notice where shown_until > $1 and shown_from <= $1 and withdrawn_at is null
     order by shown_from desc, id limit ${mostSystemNotices}`,
    [now],
  );
  return rows;
}

/** Those that are shown or will be, for the operator. */
export async function comingSystemNotices(
  database: Pick<SqlConnection, 'query'>,
  now: Date,
): Promise<readonly SystemNotice[]> {
  const { rows } = await database.query<SystemNotice>(
    `select ${columns} from system_notice where shown_until > $1 and withdrawn_at is null order by shown_from, id`,
    [now],
  );
  return rows;
}

/**
 * Writes a notice, unless there are too many already.
 * @param by who wrote it: the operator's account
 * @returns whether it was written
 */
export async function writeSystemNotice(
  database: Pick<SqlConnection, 'query'>,
  { id, kind, text, shownFrom, shownUntil, writtenAt }: SystemNotice,
  by: string,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into system_notice (id, kind, text, shown_from, shown_until, written_at, written_by)
     select $1, $2, $3, $4, $5, $6, $7
      where (select count(*) from system_notice where shown_until > $6 and withdrawn_at is null) < $8`,
    [id, kind, text, shownFrom, shownUntil, writtenAt, by, mostSystemNotices],
  );
  return rowCount === 1;
}

/** Takes a notice away; it stays in the table. @returns whether there was one that was not taken away yet */
export async function withdrawSystemNotice(
  database: Pick<SqlConnection, 'query'>,
  id: string,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await database.query(
    'update system_notice set withdrawn_at = $2 where id = $1 and withdrawn_at is null',
    [id, at],
  );
  return rowCount === 1;
}
