import type { BatchStatement } from '../persistence/database.js';
import { unseen } from '../persistence/kept-plan.js';
import type { Sql } from '../log/log.js';
import type { Listing, RegisterRecord } from '../messaging/contracts/facts.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import { forgetBackgroundPlans, moveBackgroundPlans } from './background-plans.js';

/** The latest register copy of a person. `record` is null once sealed or destroyed. */
export type StoredCopy = {
  readonly version: number;
  readonly record: RegisterRecord | null;
  readonly listing: readonly Listing[] | null;
};

export type Register = 'population' | 'listing';

/** The persons that numbers' keyed hashes belong to; a hash that names nobody is left out. */
export function findPersons(
  sql: Pick<Sql, 'batched'>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Uuid>> {
  return sql.batched(personsOf, hashes);
}

const personsOf: BatchStatement<readonly string[], ReadonlyMap<string, Uuid>> = async (sql, asked) => {
  const { rows } = await sql.prepared<{ hash: string; person_id: Uuid }>(
    'persons-find',
    `select hash, person_id from person_identity where hash = any(${unseen('$1::text[]')})`,
    [asked.flat()],
  );
  const found = new Map(rows.map((row) => [row.hash, row.person_id]));
  return asked.map((hashes) => {
    const known = hashes.map((hash) => [hash, found.get(hash)] as const);
    return new Map(known.filter((pair): pair is readonly [string, Uuid] => pair[1] !== undefined));
  });
};

/**
 * Lets every number of one person name another, who also gets the care plans kept as background, and forgets what the registers
 * said of the one (PAT-12).
 */
export async function moveIdentities(sql: Sql, from: Uuid, to: Uuid): Promise<void> {
  await sql.query('update person_identity set person_id = $2 where person_id = $1', [from, to]);
  await sql.query('delete from register_reading where person_id = $1', [from]);
  await moveBackgroundPlans(sql, from, to);
  await emptyCopies(sql, from);
}

/** Lets a hash name a person; a hash that already names somebody is left alone. */
export async function rememberIdentity(sql: Sql, hash: string, personId: Uuid): Promise<void> {
  await sql.prepared(
    'person-remember',
    'insert into person_identity (hash, person_id) values ($1, $2) on conflict do nothing',
    [hash, personId],
  );
}

export async function latestCopy(sql: Sql, personId: Uuid): Promise<StoredCopy | undefined> {
  const { rows } = await sql.prepared<StoredCopy>(
    'person-latest-copy',
    'select version, record, listing from person_copy where person_id = $1 order by version desc limit 1',
    [personId],
  );
  return rows[0];
}

export type CachedReading = StoredCopy & { readonly readAt: Date; readonly personId: Uuid };

/** What the cache knows about a number: whose it is, the latest copy, and when the register was last asked. One round trip. */
export function cachedReading(
  sql: Pick<Sql, 'batched'>,
  hash: string,
  register: Register,
): Promise<CachedReading | undefined> {
  return sql.batched(cachedReadings, { hash, register });
}

type CachedRow = CachedReading & { readonly place: number };

const cachedReadings: BatchStatement<
  { readonly hash: string; readonly register: Register },
  CachedReading | undefined
> = async (sql, asked) => {
  const { rows } = await sql.prepared<CachedRow>(
    'person-cached-readings',
    `select asked.place, identity.person_id as "personId", copy.version, copy.record, copy.listing, reading.read_at as "readAt"
       from unnest(${unseen('$1::text[]', '$2::text[]')}) with ordinality as asked (hash, register, place)
       join person_identity as identity on identity.hash = asked.hash
       join register_reading as reading on reading.person_id = identity.person_id and reading.register = asked.register
       join lateral (select version, record, listing from person_copy where person_id = identity.person_id
                      order by version desc limit 1) as copy on true`,
    [asked.map(({ hash }) => hash), asked.map(({ register }) => register)],
  );
  const found = new Map(rows.map(({ place, ...reading }) => [place, reading]));
  return asked.map((_, index) => found.get(index + 1));
};

export async function addCopy(sql: Sql, personId: Uuid, copy: StoredCopy, readAt: Instant): Promise<void> {
  await sql.prepared(
    'person-add-copy',
    'insert into person_copy (person_id, version, read_at, record, listing) values ($1, $2, $3, $4, $5)',
    [
      personId,
      copy.version,
      readAt,
      copy.record === null ? null : JSON.stringify(copy.record),
      copy.listing === null ? null : JSON.stringify(copy.listing),
    ],
  );
}

/**
 * Empties every copy of a person, forgets the care plans kept as background, and removes the Patient with all that its versions
 * showed (PAT-6): a rebuild, which has no copies to show, makes none either. The keyed hash of the number stays, so that a later lookup still finds the same person.
 * Called after the event that seals.
 */
export async function emptyCopies(sql: Sql, personId: Uuid): Promise<void> {
  await sql.query('update person_copy set record = null, listing = null where person_id = $1', [personId]);
  await forgetBackgroundPlans(sql, personId);
  await sql.query(`delete from resource_version where type = 'Patient' and id = $1`, [personId]);
  await sql.query(`delete from resource where type = 'Patient' and id = $1`, [personId]);
}

/** When a register was last asked about a person. */
export async function lastReading(sql: Sql, personId: Uuid, register: Register): Promise<Date | undefined> {
  const { rows } = await sql.prepared<{ read_at: Date }>(
    'person-last-reading',
    'select read_at from register_reading where person_id = $1 and register = $2',
    [personId, register],
  );
  return rows[0]?.read_at;
}

/** Notes a reading; an older one than noted changes nothing. */
export async function noteReading(
  sql: Sql,
  personId: Uuid,
  register: Register,
  readAt: Instant,
): Promise<void> {
  await sql.prepared(
    'person-note-reading',
    `insert into register_reading (person_id, register, read_at) values ($1, $2, $3)
     on conflict (person_id, register) do update set read_at = greatest(register_reading.read_at, excluded.read_at)`,
    [personId, register, readAt],
  );
}
