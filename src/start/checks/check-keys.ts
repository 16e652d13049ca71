import { rmSync } from 'node:fs';
import type { Logger } from 'pino';
import { Recorder, RecordingUnreadable } from '../../../connectors/common/recording/recorder.js';
import { AuditKey } from '../../access/audit/audit-key.js';
import type { Configuration } from '../../configuration/configuration.js';
import type { HubKey } from '../../configuration/keys.js';
import { ConfigurationRefused } from '../../configuration/load-configuration.js';
import { RecoveryKey } from '../../messaging/contracts/recovery-key.js';
import type { PersonIdentifier } from '../../messaging/contracts/facts.js';
import type { Database } from '../../persistence/database.js';
import { checkKeyFingerprints, type KeyVerdict } from '../../persistence/key-fingerprints.js';
import { checkKeyPair, type PairVerdict } from '../../persistence/key-pairs.js';
import { identityHash } from '../../persons/identity-hash.js';

/**
 * Refuses a start with another key than the database was written with (ADR 41). A key that this start made, because its file was
 * lost, is taken away again, so that the one that fits can be put in its place.
 * @throws ConfigurationRefused naming the variable, and the file where development keeps the key
 */
export async function checkKeys(
  configuration: Pick<Configuration, 'keys' | 'audit' | 'transport'>,
  database: Database,
  logger: Logger,
): Promise<void> {
  const { keys, transport } = configuration;
  const verdicts: Verdict[] = [
    ...(await checkKeyFingerprints(database, keys.filter(isSingle), (key) => fits(key, database))),
    ...(await checkPairs(configuration, database)),
  ];
  const refused = verdicts.filter(({ verdict }) => verdict === 'refused');
  if (refused.length === 0) {
    for (const { key, verdict } of verdicts) {
      if (verdict === 'changed')
        logger.warn({ variable: key.variable }, `another key than before: ${key.loses}`);
    }
    return;
  }
  for (const { key } of refused) if (key.made && key.file !== undefined) rmSync(key.file, { force: true });
  throw new ConfigurationRefused(
    refused.map(({ key, since, missing = [] }) => ({
      variable: key.variable,
      problem:
        key.variable === 'RECOVERY_KEY' && transport.recoveryPublicKey !== undefined
          ? notOfRecoveryPair
          : problemOf(key, since, missing),
      ...(key.file !== undefined && { file: key.file }),
    })),
  );
}

type Verdict = Omit<KeyVerdict<HubKey>, 'verdict'> &
  Omit<PairVerdict, 'missing'> & { readonly missing?: readonly string[] };

type Single = HubKey & { readonly change: Exclude<HubKey['change'], 'with-public-key'> };
const isSingle = (key: HubKey): key is Single => key.change !== 'with-public-key';

/** One after the other, so that of two processes that start at once neither waits for the other's row. */
async function checkPairs(
  { keys, audit, transport }: Pick<Configuration, 'keys' | 'audit' | 'transport'>,
  database: Database,
): Promise<readonly Verdict[]> {
  const found: Verdict[] = [];
  const { recoveryPublicKey } = transport;
  if (recoveryPublicKey !== undefined) {
    // What this process wraps keys for, so that the secret which opens them is known when it is brought after a restore.
    const secret = Buffer.from(recoveryPublicKey);
    await checkKeyPair(database, { name: 'recovery', secret, publicKey: recoveryPublicKey, accepted: 'all' });
  }
  for (const key of keys.filter((each) => !isSingle(each))) {
    const { name, secret } = key;
    const isAudit = key.variable === 'AUDIT_KEY';
    const { publicKey } = isAudit ? new AuditKey(secret) : new RecoveryKey(secret);
    const accepted = isAudit ? audit.publicKeys : [];
    found.push({ key, ...(await checkKeyPair(database, { name, secret, publicKey, accepted })) });
  }
  return found;
}

/**
 * The database knows pairs by their public halves, and perhaps by this start alone: an older backup has none. So it is not said that
 * another one was there before.
 */
const notOfRecoveryPair =
  'is not the secret of RECOVERY_PUBLIC_KEY, nor of one that this database was used with. If facts were sealed for it all the same, ' +
  'start once with its own public half as RECOVERY_PUBLIC_KEY: from then on it is known';

function problemOf(key: HubKey, since: KeyVerdict<HubKey>['since'], missing: readonly string[]): string {
  const written = `the database was written with another key${since ? ` (since ${since.toISOString()})` : ''}`;
  const what = key.made
    ? `the file is missing, and ${written}: put it back`
    : `${written}: put that one back`;
  const otherwise = key.idVariable && !key.made ? `, or give a new key a new name by ${key.idVariable}` : '';
  if (key.variable === 'AUDIT_KEY') {
    const which =
      missing.length > 0 ? ` (the database names ${missing.join(', ')}: compare it with what you kept)` : '';
    return `${what}, or give the public keys of those before it by AUDIT_PUBLIC_KEYS${which}. Otherwise ${key.loses}`;
  }
  return `${what}${otherwise}. Otherwise ${key.loses}`;
}

/** Whether rows from before there were fingerprints were written with this key; undefined when no row can tell. */
async function fits(key: HubKey, database: Database): Promise<boolean | undefined> {
  if (key.variable === 'IDENTITY_KEY') return fitsPersons(key, database);
  if (key.variable === 'RECORDING_KEY') return fitsRecordings(key, database);
  return undefined;
}

async function fitsPersons({ secret }: HubKey, database: Database): Promise<boolean | undefined> {
  const { rows } = await database.query<{ identifier: PersonIdentifier; hashes: string[] }>(
    `select copy.record -> 'identifier' as identifier,
            array(select hash from person_identity as identity where identity.person_id = copy.person_id) as hashes
       from person_copy as copy where copy.record is not null and copy.record ? 'identifier' limit 20`,
  );
  const told = rows.filter(({ hashes }) => hashes.length > 0);
  if (told.length === 0) return undefined;
  const written = secret.toString('hex');
  return told.some(({ identifier, hashes }) => hashes.includes(identityHash(written, identifier)));
}

type Sealed = { connector: string; sender: string; messageId: string; sealed: Buffer };

async function fitsRecordings({ keyId, secret }: HubKey, database: Database): Promise<boolean | undefined> {
  const { rows } = await database.query<Sealed>(
    `select connector, sender, message_id as "messageId", sealed from connector_recording
      where key_id = $1 order by id desc limit 3`,
    [keyId],
  );
  if (rows.length === 0) return undefined;
  const recorder = new Recorder({ keyId, secret });
  return rows.some((row) => {
    try {
      recorder.open(row, row.sealed);
      return true;
    } catch (error) {
      if (error instanceof RecordingUnreadable) return false;
      throw error;
    }
  });
}
