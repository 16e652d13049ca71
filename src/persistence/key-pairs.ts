import type { Database, SqlConnection } from './database.js';
import { isOfKey, keepFingerprint, type FingerprintedKey, type KeyVerdict } from './key-fingerprints.js';

/** A key whose other half is public and is all that is needed later: its row is named by the public key. */
export type FingerprintedPair = Pick<FingerprintedKey, 'name' | 'secret'> & {
  readonly publicKey: string;
  /** The public keys of before that this process is given; `all` where it needs none of them. */
  readonly accepted: readonly string[] | 'all';
};

/** `missing`: public keys of before that nobody gave. */
export type PairVerdict = Pick<KeyVerdict<never>, 'verdict'> & { readonly missing: readonly string[] };

type Row = { readonly key_id: string; readonly salt: Buffer; readonly fingerprint: Buffer };

/**
 * Holds a pair against those that the database was written with before. The public half of each is kept, so that what it sealed can be
 * verified although the secret is gone. Another pair is taken once the public keys before it are given. A row without a public key, of
 * an older version, tells only whether this is the same key. Of processes that start at once the first one counts.
 */
export function checkKeyPair(database: Database, pair: FingerprintedPair): Promise<PairVerdict> {
  return database.transaction(async (sql) => {
    await sql.query('lock table key_fingerprint in share row exclusive mode');
    const { rows } = await sql.query<Row>(
      'select key_id, salt, fingerprint from key_fingerprint where name = $1 order by since',
      [pair.name],
    );
    if (rows.some(({ key_id }) => key_id === pair.publicKey)) return { verdict: 'known', missing: [] };
    const unnamed = rows.find(({ key_id }) => key_id === '');
    const isSame = unnamed !== undefined && (await isOfKey(pair.secret, unnamed));
    const { accepted } = pair;
    const missing =
      accepted === 'all'
        ? []
        : rows.map(({ key_id }) => key_id).filter((id) => id !== '' && !accepted.includes(id));
    // The public key of one that has no name here is not known: that somebody gives any is all there is to go by.
    const isUnaccounted = unnamed !== undefined && !isSame && accepted.length === 0;
    if (missing.length > 0 || isUnaccounted) return { verdict: 'refused', missing };
    await keepPair(sql, pair);
    return { verdict: rows.length === 0 || isSame ? 'first' : 'changed', missing: [] };
  });
}

const keepPair = (sql: SqlConnection, { name, publicKey, secret }: FingerprintedPair): Promise<boolean> =>
  keepFingerprint(sql, { name, keyId: publicKey, secret });
