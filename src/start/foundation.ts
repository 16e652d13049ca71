import path from 'node:path';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { ConnectorMetrics } from '../../connectors/common/connector-metrics.js';
import { Recorder } from '../../connectors/common/recording/recorder.js';
import type { Configuration } from '../configuration/configuration.js';
import { LiveDirectory } from '../directory/live-directory.js';
import type { Organisation } from '../directory/organisation.js';
import { RecoveryKey, RecoveryLock } from '../messaging/contracts/recovery-key.js';
import { transportTopics } from '../messaging/contracts/sealed-topics.js';
import { recoverable } from '../messaging/inbox/recoverable.js';
import { caseKinds } from '../cases/kinds/every-kind.js';
import type { Policies } from '../policies/policies.js';
import type { Questionnaires } from '../questionnaires/questionnaires.js';
import { readQuestionnaires } from '../questionnaires/read-questionnaires.js';
import { readPolicies } from '../policies/read-policies.js';
import { TransportUnavailable, type Transport } from '../messaging/transport/transport.js';
import { TopicRefused } from '../messaging/transport/transport-options.js';
import { Database } from '../persistence/database.js';
import { hashOfRecordings } from './hash-of-recordings.js';
import { superviseEmbeddedPostgres } from '../persistence/embedded/supervised-postgres.js';
import { checkSessions } from '../persistence/check-sessions.js';
import { migrate } from '../persistence/migrate.js';
import { checkRestored } from './checks/check-restored.js';
import { checkKeys } from './checks/check-keys.js';
import { checkPolicyVersions } from './checks/check-policy-versions.js';
import { tellMissingQuestionnaires } from './checks/missing-questionnaires.js';
import { readOrganisationFile } from './checks/configured-files.js';
import { databaseRefused, embeddedRefused } from './checks/database-refused.js';
import { errorKind } from './logger.js';
import { refusing, StartRefused } from './start-refused.js';
import type { TellStep } from './start-progress.js';
import type { StopList } from './stop-list.js';
import { createTransport } from './transport.js';

/** What every process stands on. */
export type Foundation = {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly transport: Transport;
  /** What is in force now; `organisationFile` is what the file says. */
  readonly directory: LiveDirectory;
  readonly organisationFile: Organisation;
  readonly policies: Policies;
  readonly questionnaires: Questionnaires;
  readonly metrics: Registry;
  readonly connectorMetrics: ConnectorMetrics;
  /** Absent: nothing that comes in is recorded. */
  readonly recorder?: Recorder;
  readonly clock: { readonly now: () => Date };
};

/**
 * Opens database (the embedded one unless a URL is configured), schema, transport and directory.
 * @throws what could not be opened, by its own error
 */
export async function openFoundation(
  configuration: Configuration,
  logger: Logger,
  stops: StopList,
  step: TellStep,
): Promise<Foundation> {
  const policies = readPolicies(configuration.policiesDirectory, caseKinds.all);
  const questionnaires = readQuestionnaires(configuration.questionnairesDirectory);
  const organisationFile = readOrganisationFile(configuration.organisationFile, policies);
  step('the database');
  const databaseUrl = configuration.database.url ?? (await embedded(configuration, logger, stops));
  const ofDatabase = databaseRefused(
    configuration.database.url === undefined ? 'DATA_DIRECTORY' : 'DATABASE_URL',
    databaseUrl,
  );
  await refusing(() => checkSessions(databaseUrl), ofDatabase);
  step('the schema of the database');
  const migrations = await refusing(() => migrateOrWait(databaseUrl, logger), ofDatabase);
  if (migrations.length > 0) logger.info({ migrations }, 'the schema is up to date');
  const database = new Database({
    url: databaseUrl,
    connections: configuration.database.connections,
    onConnectionLost: (error) => logger.warn({ error: errorKind(error) }, 'a database connection was lost'),
  });
  stops.add(() => database.close());
  await checkKeys(configuration, database, logger);
  if (configuration.processes.has('hub'))
    await checkPolicyVersions(policies, configuration, database, logger);
  if (configuration.processes.has('hub'))
    tellMissingQuestionnaires(policies, questionnaires, caseKinds.all, logger);
  step(`the topics (${configuration.transport.kind})`);
  const { recoveryKey, recoveryPublicKey = recoveryKey && new RecoveryKey(recoveryKey).publicKey } =
    configuration.transport;
  const plain = createTransport(configuration, database, logger);
  // On the embedded transport messages and keys are in one database: a restore brings both back, or neither.
  const transport =
    recoveryPublicKey === undefined || plain.name === 'embedded'
      ? plain
      : recoverable(plain, database, new RecoveryLock(recoveryPublicKey));
  stops.add(() => transport.close());
  await refusing(
    () => transport.ensureTopics(transportTopics),
    (error) => brokersRefused(configuration.transport.kafka, error),
  );
  await checkRestored(database, transport, configuration.audit);
  const metrics = new Registry();
  return {
    configuration,
    logger,
    databaseUrl,
    database,
    transport,
    directory: new LiveDirectory(organisationFile),
    organisationFile,
    policies,
    questionnaires,
    metrics,
    ...(configuration.recording && {
      recorder: new Recorder(configuration.recording.key, hashOfRecordings(configuration.identityKey)),
    }),
    connectorMetrics: new ConnectorMetrics(metrics),
    clock: { now: () => new Date() },
  };
}

function migrateOrWait(url: string, logger: Logger): Promise<readonly string[]> {
  return migrate(url, () => logger.warn('waits for another process, which migrates the schema'));
}

/** Why the brokers cannot be used, by the variable that is to be looked at. */
function brokersRefused(
  kafka: Configuration['transport']['kafka'],
  error: unknown,
): StartRefused | undefined {
  if (kafka === undefined || !(error instanceof TransportUnavailable || error instanceof TopicRefused))
    return undefined;
  const problem =
    error instanceof TopicRefused
      ? `the topics cannot be had: ${error.message}`
      : `no broker takes the topics: not reached, not over TLS, or not with this login (${error.message})`;
  return new StartRefused('KAFKA_BROKERS', kafka.brokers.join(','), problem, error);
}

async function embedded(
  { dataDirectory, database }: Configuration,
  logger: Logger,
  stops: StopList,
): Promise<string> {
  const server = await refusing(
    () =>
      superviseEmbeddedPostgres({
        directory: path.join(dataDirectory, 'postgres'),
        port: database.embeddedPort,
        onLog: (line) => logger.debug({ postgres: line }, 'database'),
        onIncident: (description) => logger.error(description),
      }),
    embeddedRefused(database.embeddedPort),
  );
  stops.add(() => server.stop());
  logger.info({ port: server.port }, 'embedded PostgreSQL is up');
  return server.url;
}
