import { intakeGroup, intakeTopics } from '../../messaging/inbox/intake.js';
import { signsOfRestore } from '../../messaging/inbox/restored.js';
import type { Transport } from '../../messaging/transport/transport.js';
import { AuditKey, AuditPublicKeys } from '../../access/audit/audit-key.js';
import type { Configuration } from '../../configuration/configuration.js';
import { lostReceipt, receiptMarkFile } from '../../administration/receipt-mark.js';
import { lostEnd } from '../../administration/trail/lost-end.js';
import type { Database } from '../../persistence/database.js';
import { headsRefused } from './heads-refused.js';
import { refusing } from '../start-refused.js';

/** The database is at an earlier point than what is known outside it: somebody has to say that it was restored. */
export class RestoreNoticed extends Error {
  override readonly name = 'RestoreNoticed';
}

/**
 * Refuses a start on a database that was set back: facts that were taken since would never be taken again, and sequence numbers
 * would stand for two events (decision 49).
 * @throws RestoreNoticed naming what disagrees
 */
export async function checkRestored(
  database: Database,
  transport: Transport,
  audit: Configuration['audit'],
): Promise<void> {
  if (transport.name === 'embedded') {
    await checkTrailEnd(database, audit);
    return checkReceipts(database, audit);
  }
  const signs = await signsOfRestore(database, transport, intakeGroup, intakeTopics);
  if (signs.length === 0) return;
  const shown = signs
    .slice(0, 5)
    .map(({ topic, partition, broker, database: known }) =>
      known === undefined
        ? `${topic}/${partition} ends with an event that the log does not have`
        : `${topic}/${partition} was taken up to ${broker}, and the database has it up to ${known}`,
    );
  const more = signs.length > shown.length ? `, and ${signs.length - shown.length} more` : '';
  throw new RestoreNoticed(
    `the database is older than what was done with it: it was restored to an earlier point, or is another one. ` +
      `${shown.join('; ')}${more}. Nothing was changed. Stop every process of the hub and run npm run after-restore ` +
      `(docs/operations-restore.md).`,
  );
}

/** Where facts alone came since the backup, no end of the trail is missing: how many receipts there were is kept outside too. */
async function checkReceipts(
  database: Database,
  { headsFile }: Pick<Configuration['audit'], 'headsFile'>,
): Promise<void> {
  const file = receiptMarkFile(headsFile);
  const lost = await lostReceipt(database, file, new Date());
  if (lost === undefined) return;
  throw new RestoreNoticed(
    `the database is older than what was done with it: it was restored to an earlier point, or is another one. ${file} has the receipt ` +
      `${lost.number} of ${lost.receivedAt}, which the database does not have: what senders were answered since is lost. Nothing was changed. ` +
      `Stop every process of the hub and run npm run after-restore, then let senders repeat what they sent since the backup ` +
      `(docs/operations-restore.md).`,
  );
}

/**
 * The embedded transport is in the database and goes back with it, so nothing on it disagrees. The ends of the trail are kept outside, and
 * every start and every access makes one.
 */
async function checkTrailEnd(
  database: Database,
  { key, publicKeys, headsFile }: Configuration['audit'],
): Promise<void> {
  if (key === undefined) return;
  const keys = new AuditPublicKeys([new AuditKey(key).publicKey, ...publicKeys]);
  const head = await refusing(() => lostEnd(database, headsFile, keys), headsRefused(headsFile));
  if (head === undefined) return;
  throw new RestoreNoticed(
    `the database is older than what was done with it: it was restored to an earlier point, or is another one. ${headsFile} has ` +
      `an end of the trail of accesses of ${head.recordedAt} that the database does not have. Nothing was changed. Stop every process ` +
      `of the hub and run npm run after-restore (docs/operations-restore.md).`,
  );
}
