import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Configuration, KafkaConfiguration, TlsFiles } from '../configuration/configuration.js';
import { keepsOwnTime, retentionOf } from '../messaging/contracts/topics.js';
import { EmbeddedTransport } from '../messaging/transport/embedded/embedded.js';
import type { KafkaOptions } from '../messaging/transport/kafka/kafka-client.js';
import { KafkaTransport } from '../messaging/transport/kafka/kafka.js';
import type { Transport } from '../messaging/transport/transport.js';
import type { TransportEvent } from '../messaging/transport/transport-options.js';
import type { Database } from '../persistence/database.js';
import { errorKind } from './logger.js';

/** The transport that the configuration names. */
export function createTransport(
  { transport, environment }: Configuration,
  database: Database,
  logger: Logger,
): Transport {
  const common = {
    partitions: transport.partitions,
    // Case events and heads of the trail carry no personal data and keep their own, longer time.
    retention: (topic: string) =>
      keepsOwnTime(topic) ? retentionOf(topic) : transport.retentionHours * 3_600_000,
    onEvent: (event: TransportEvent) => logEvent(logger, event),
  };
  if (transport.kafka === undefined) return new EmbeddedTransport(database, common);
  return new KafkaTransport({
    ...common,
    brokers: transport.kafka.brokers,
    clientId: 'hemgang',
    replication: transport.kafka.replicationFactor,
    minimumInSync: transport.kafka.minInSyncReplicas,
    development: environment === 'development',
    ...security(transport.kafka),
  });
}

function security({ tls, sasl }: KafkaConfiguration): Pick<KafkaOptions, 'security'> {
  if (tls === undefined && sasl === undefined) return {};
  const login = sasl && { mechanism: sasl.mechanism, username: sasl.username, password: sasl.password };
  return {
    security: { ...(tls && { ssl: { ...tlsContent(tls) } }), ...(login && { sasl: login }) } as Security,
  };
}

type Security = NonNullable<KafkaOptions['security']>;

/** The content of TLS files, as Node's TLS takes it. */
export function tlsContent({ certificate, key, ca }: TlsFiles): { cert?: string; key?: string; ca?: string } {
  return {
    ...(certificate === undefined ? {} : { cert: readFileSync(certificate, 'utf8') }),
    ...(key === undefined ? {} : { key: readFileSync(key, 'utf8') }),
    ...(ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }),
  };
}

function logEvent(logger: Logger, event: TransportEvent): void {
  const { kind, ...detail } = event;
  const error = 'error' in detail ? { error: errorKind(detail.error) } : {};
  logger.warn({ ...detail, ...error }, `transport: ${kind}`);
}
