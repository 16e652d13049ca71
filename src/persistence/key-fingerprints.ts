import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import type { Database, SqlConnection } from './database.js';

/** A secret that rows of the database were written with. */
export type FingerprintedKey = {
  /** What it is for; the name of its row. */
  readonly name: string;
  /** The name it goes by beside what it sealed or hashed; empty for a key that has none. */
  readonly keyId: string;
  readonly secret: Buffer;
  /**
   * Whether another key may take its place. `never`: what was written could not be found again. `with-id`: under another
   * name. `free`: nothing stored needs it, and what changed is only told.
   */
  readonly change: 'never' | 'with-id' | 'free';
};

/** What became of a key: `known`, as before; `first`, nothing was written with one before; `changed`; `refused`. */
export type KeyVerdict<Key> = {
  readonly key: Key;
  readonly verdict: 'known' | 'first' | 'changed' | 'refused';
  /** When the fingerprint that is kept was taken; absent when there was none. */
  readonly since?: Date;
};

const saltBytes = 16;
const fingerprintBytes = 16;
/** Slow on purpose: whoever reads the table cannot try passphrases against it at any speed. About 30 ms. */
const cost: ScryptOptions = { N: 2 ** 14, r: 8, p: 1 };

type Row = { readonly salt: Buffer; readonly fingerprint: Buffer; readonly since: Date };

/**
 * Holds keys against the fingerprints that the database keeps of those it was written with, and keeps those of keys that are
 * used for the first time. Of processes that start at once the first one counts. A fingerprint is salted for its row, slow, and
 * shorter than the key, so it tells neither the key nor whether another database has the same.
 * @param fits asked of a key that has no fingerprint yet, in a database from before there were any: whether what is stored
 * was written with it; undefined when nothing stored can tell
 */
export async function checkKeyFingerprints<Key extends FingerprintedKey>(
  database: Database,
  keys: readonly Key[],
  fits: (key: Key) => Promise<boolean | undefined> = () => Promise.resolve(undefined),
): Promise<readonly KeyVerdict<Key>[]> {
  return Promise.all(keys.map((key) => check(database, key, fits)));
}

async function check<Key extends FingerprintedKey>(
  database: Database,
  key: Key,
  fits: (key: Key) => Promise<boolean | undefined>,
): Promise<KeyVerdict<Key>> {
  const known = await read(database, key);
  if (known === undefined) {
    if ((await fits(key)) === false) return { key, verdict: 'refused' };
    if (await keepFingerprint(database, key)) return { key, verdict: 'first' };
    // Another process was faster; its key is the one that counts.
    return check(database, key, fits);
  }
  const { since } = known;
  if (await isOfKey(key.secret, known)) return { key, verdict: 'known', since };
  if (key.change !== 'free') return { key, verdict: 'refused', since };
  await database.query('delete from key_fingerprint where name = $1 and key_id = $2 and fingerprint = $3', [
    key.name,
    key.keyId,
    known.fingerprint,
  ]);
  await keepFingerprint(database, key);
  return { key, verdict: 'changed', since };
}

async function read(database: Database, { name, keyId }: FingerprintedKey): Promise<Row | undefined> {
  const { rows } = await database.query<Row>(
    'select salt, fingerprint, since from key_fingerprint where name = $1 and key_id = $2',
    [name, keyId],
  );
  return rows[0];
}

/** Whether a fingerprint is that of this secret. */
export async function isOfKey(
  secret: Buffer,
  { salt, fingerprint }: Pick<Row, 'salt' | 'fingerprint'>,
): Promise<boolean> {
  return timingSafeEqual(fingerprint, await fingerprintOf(secret, salt));
}

/** Keeps the fingerprint of a key. False when there is one already. */
export async function keepFingerprint(
  sql: SqlConnection,
  { name, keyId, secret }: Pick<FingerprintedKey, 'name' | 'keyId' | 'secret'>,
): Promise<boolean> {
  const salt = randomBytes(saltBytes);
  const { rowCount } = await sql.query(
    `insert into key_fingerprint (name, key_id, salt, fingerprint, since)
     values ($1, $2, $3, $4, clock_timestamp()) on conflict do nothing`,
    [name, keyId, salt, await fingerprintOf(secret, salt)],
  );
  return rowCount === 1;
}

function fingerprintOf(secret: Buffer, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, fingerprintBytes, cost, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
}
