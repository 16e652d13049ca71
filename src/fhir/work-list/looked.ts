import type { SqlConnection } from '../../persistence/database.js';
import type { UserActor, Uuid } from '../../process/vocabulary.js';
import type { ListedCase } from './find-work-list.js';

/** What a user last saw on the list of a unit: when, and of each case when it had last changed. */
export type Looked = { readonly at: Date; readonly seen: Readonly<Record<Uuid, string>> };

type Who = Pick<UserActor, 'user' | 'unit'>;

const find = `select looked_at as at, seen from looked where user_id = $1 and unit = $2`;

/** What the user last saw there; undefined for one who has never looked. */
export async function findLooked(
  database: Pick<SqlConnection, 'prepared'>,
  { user, unit }: Who,
): Promise<Looked | undefined> {
  const { rows } = await database.prepared<Looked>('looked-find', find, [user, unit]);
  return rows[0];
}

const keep = `
  insert into looked (user_id, unit, looked_at, seen) values ($1, $2, $3, $4::jsonb)
  on conflict (user_id, unit) do update set looked_at = excluded.looked_at, seen = excluded.seen`;

/** Keeps that the user has looked, and what there was to see: no more than was shown, so a change meanwhile is not taken as seen. */
export async function keepLooked(
  database: Pick<SqlConnection, 'prepared'>,
  { user, unit }: Who,
  at: Date,
  listed: readonly ListedCase[],
): Promise<void> {
  const seen = Object.fromEntries(listed.map(({ id, changed }) => [id, changed.toISOString()]));
  await database.prepared('looked-keep', keep, [user, unit, at, JSON.stringify(seen)]);
}

/**
 * VIEW-4: whether a case has changed since the user looked, or is new on the list. By the case and not by one moment for all: what was
 * recorded before the user looked may have become visible after.
 */
export const isChanged = (looked: Looked | undefined, { id, changed }: ListedCase): boolean =>
  looked?.seen[id] !== changed.toISOString();
