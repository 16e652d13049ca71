import './end-with-reader.js';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { AuditKey, AuditPublicKeys } from '../../access/audit/audit-key.js';
import { explainReport } from '../../access/audit/explain-report.js';
import { nameOf } from '../../access/audit/finding.js';
import { linesOfHeads } from '../../access/audit/heads-file.js';
import { findingsAcknowledged, verifyAudit } from '../../access/audit/verify-audit.js';
import type { AuditReport } from '../../access/audit/verify-audit.js';
import type { Configuration } from '../../configuration/configuration.js';
import type { Database } from '../../persistence/database.js';
import { mayNotLook } from '../../administration/recordings/may-look.js';
import { headsOnTopic } from '../../administration/trail/heads-on-topic.js';
import { openTrail } from '../processes/open-trail.js';
import { createTransport } from '../transport.js';
import { withCommandDatabase } from './command-database.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

const usage = `Whether the trail of accesses is as the hub wrote it (ACC-5). Exit code 1 when it is not.

  npm run verify-audit                              held against the database and AUDIT_HEADS_FILE
  npm run verify-audit -- --heads <file>            and the heads of other machines; may be given several times
  npm run verify-audit -- --topic                   and the heads on the topic audit.head.v1
  npm run verify-audit -- --acknowledge --user <HSA-id> --reason <why>
                                                    what is found now is noted in the trail, sealed, and told as noted from then on
`;

tellUsage(usage);

try {
  process.exitCode = await main();
} catch (error) {
  // Texts of these errors hold nothing about anybody.
  process.stderr.write(
    `The trail was not verified: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      heads: { type: 'string', multiple: true, default: [] },
      topic: { type: 'boolean', default: false },
      acknowledge: { type: 'boolean', default: false },
      user: { type: 'string' },
      reason: { type: 'string' },
    },
  });
  const refused = values.acknowledge ? mayNotLook(values.user ?? '', values.reason ?? '') : undefined;
  if (refused !== undefined) {
    process.stderr.write(`${refused}\n\n${usage}`);
    return 2;
  }
  const configuration = commandConfiguration();
  const { key, publicKeys, headsFile } = configuration.audit;
  const own = key && new AuditKey(key).publicKey;
  const keys = new AuditPublicKeys([...publicKeys, ...(own === undefined ? [] : [own])]);
  if (own !== undefined) process.stdout.write(`public key ${own}\n`);
  return withCommandDatabase('verify-audit', async (database) => {
    const outside = headsOf([headsFile, ...values.heads], values.topic, configuration, database);
    const report = await verifyAudit(database, keys, outside);
    process.stdout.write(`${explainReport(report).join('\n')}\n`);
    if (!values.acknowledge || report.findings.length === 0) return report.findings.length === 0 ? 0 : 1;
    await acknowledge(configuration, database, report, values.user ?? '', values.reason ?? '');
    process.stdout.write(`${report.findings.length} findings are noted.\n`);
    return 0;
  });
}

async function* headsOf(
  files: readonly string[],
  fromTopic: boolean,
  configuration: Configuration,
  database: Database,
): AsyncGenerator<string> {
  for (const file of files) yield* linesOfHeads(file);
  if (!fromTopic) return;
  const transport = createTransport(configuration, database, pino({ level: 'silent' }));
  try {
    yield* headsOnTopic(transport);
  } finally {
    await transport.close();
  }
}

/** Who takes note, of what and why, sealed like everything in the trail. */
async function acknowledge(
  configuration: Configuration,
  database: Database,
  { findings }: AuditReport,
  user: string,
  reason: string,
): Promise<void> {
  const clock = { now: () => new Date() };
  const { trail, close } = await openTrail({ configuration, database, clock });
  try {
    await trail.record([
      {
        context: { client: user, units: [], requestId: randomUUID() },
        at: clock.now(),
        action: findingsAcknowledged,
        outcome: 'success',
        detail: { findings: findings.map(nameOf), reason },
      },
    ]);
  } finally {
    await close();
  }
}
