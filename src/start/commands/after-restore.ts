import './end-with-reader.js';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { Configuration } from '../../configuration/configuration.js';
import { transportTopics } from '../../messaging/contracts/sealed-topics.js';
import { Database } from '../../persistence/database.js';
import { migrate } from '../../persistence/migrate.js';
import { runningPostgresUrl } from '../../persistence/embedded/running-postgres.js';
import { superviseEmbeddedPostgres } from '../../persistence/embedded/supervised-postgres.js';
import { afterRestore, type AfterRestore } from '../after-restore.js';
import { mayNotLook } from '../../administration/recordings/may-look.js';
import { StopList } from '../stop-list.js';
import { createTransport } from '../transport.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

const usage = `After the database was restored to an earlier point, and before anything of the hub is started (docs/operations-restore.md).

  npm run after-restore -- --user <HSA-id> --reason <why> [--without-recovery-key]

The consumers go back to what the database has, so that facts taken since are taken again; followers of case.event.v1 get a new epoch; the
trail says so. Facts sent since open with RECOVERY_KEY alone: have it in the configuration of this command and of the workers.
--without-recovery-key: it is lost; those facts become dead letters, and their senders have to send them again.
`;

tellUsage(usage);

try {
  process.exitCode = await main();
} catch (error) {
  // Texts of these errors hold nothing about anybody.
  process.stderr.write(`Not done: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      user: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
      'without-recovery-key': { type: 'boolean', default: false },
    },
  });
  const configuration = commandConfiguration();
  const { kind, recoveryKey } = configuration.transport;
  const refused =
    mayNotLook(values.user, values.reason) ??
    (kind === 'kafka' && recoveryKey === undefined && !values['without-recovery-key']
      ? 'RECOVERY_KEY is not configured, and without it facts sent since the backup cannot be opened.'
      : undefined);
  if (refused !== undefined) {
    process.stderr.write(`${refused}\n\n${usage}`);
    return 2;
  }
  const stops = new StopList();
  try {
    process.stdout.write(told(await onDatabase(configuration, stops, values)));
    return 0;
  } finally {
    await stops.stop();
  }
}

async function onDatabase(
  configuration: Configuration,
  stops: StopList,
  decision: { readonly user: string; readonly reason: string },
): Promise<AfterRestore> {
  const url = await databaseUrl(configuration, stops);
  await migrate(url);
  const database = new Database({ url, connections: 4, applicationName: 'hemgang-after-restore' });
  stops.add(() => database.close());
  const transport = createTransport(configuration, database, pino({ level: 'silent' }));
  stops.add(() => transport.close());
  await transport.ensureTopics(transportTopics);
  return afterRestore(configuration, database, transport, decision);
}

/** A hub that refuses to start leaves its embedded database down: then it runs for as long as this command. */
async function databaseUrl({ database, dataDirectory }: Configuration, stops: StopList): Promise<string> {
  if (database.url !== undefined) return database.url;
  const directory = path.join(dataDirectory, 'postgres');
  const running = await runningPostgresUrl(directory).catch(() => undefined);
  if (running !== undefined) return running;
  const server = await superviseEmbeddedPostgres({
    directory,
    port: database.embeddedPort,
    onLog: () => undefined,
    onIncident: (description) => void process.stderr.write(`${description}\n`),
  });
  stops.add(() => server.stop());
  return server.url;
}

function told({ epoch, lastSequence, setBack }: AfterRestore): string {
  const facts = setBack.reduce((sum, { from, to }) => sum + from - to, 0);
  return (
    [
      ...setBack.map(({ topic, partition, from, to }) => `${topic}/${partition}: back from ${from} to ${to}`),
      `${facts} facts of ${setBack.length} partitions are taken again when the workers start.`,
      `Followers of case.event.v1 get the epoch ${epoch}; sequences after ${lastSequence} are given anew.`,
      'What was done through the facade since the backup is gone: tell those who worked in it.',
      'Start the hub, then: npm run connectors, npm run dead-letters -- list, npm run verify-audit.',
    ].join('\n') + '\n'
  );
}
