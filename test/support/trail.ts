import { AuditKey, AuditPublicKeys } from '../../src/access/audit/audit-key.js';
import type { Finding } from '../../src/access/audit/finding.js';
import { linesOfHeads } from '../../src/access/audit/heads-file.js';
import { verifyAudit } from '../../src/access/audit/verify-audit.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import type { Database } from '../../src/persistence/database.js';

/** What is found wrong with the trail that a hub of this configuration wrote. */
export async function trailFindings(
  { audit }: Pick<Configuration, 'audit'>,
  database: Database,
): Promise<readonly Finding[]> {
  if (audit.key === undefined) throw new Error('this configuration writes no trail');
  const keys = new AuditPublicKeys([new AuditKey(audit.key).publicKey]);
  return (await verifyAudit(database, keys, linesOfHeads(audit.headsFile))).findings;
}
