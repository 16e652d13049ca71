import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { FactPublisher, type FactPublisherOptions } from '../common/fact-publisher.js';
import type { ConnectorMetrics } from '../common/connector-metrics.js';
import { combineHealth, type Address, type Running } from '../common/health.js';
import type { Recorder } from '../common/recording/recorder.js';
import { readMappingFor } from './mapping.js';
import { defaultLimits, type MllpLimits } from './mllp/limits.js';
import { startMllpServer } from './mllp/mllp-server.js';
import type { MllpTls } from './mllp/mllp-tls.js';
import { Receiver } from './receive.js';

export type MeliorOptions = {
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** The mapping file, parsed as JSON; checked here. */
  readonly mapping: unknown;
  /** Refuses a mapping file that lets anybody send. Default false. */
  readonly listedSendersOnly?: boolean;
  /** Where the receipts are; migrated. It must have an `error` listener, and is closed by whoever made it. */
  readonly pool: Pool;
  readonly transport: FactPublisherOptions['transport'];
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly limits?: Partial<MllpLimits>;
  /** Absent: plain TCP. */
  readonly tls?: MllpTls;
  /** How long a control id counts as a repeat. Default a day. */
  readonly windowMilliseconds?: number;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
  readonly recorder?: Recorder;
};

const day = 24 * 60 * 60 * 1000;

/**
 * Listens for ADT messages over MLLP and tells them as facts on `journal.stay.v1`.
 * @throws MappingUnusable; the socket's error when the address is taken; what is wrong with a certificate.
 */
export async function startMelior(options: MeliorOptions): Promise<Running & { readonly address: Address }> {
  const { listedSendersOnly = false, tls } = options;
  const mapping = readMappingFor(
    { listedSendersOnly, asksCertificates: tls?.clients !== undefined },
    options.mapping,
  );
  const limits = { ...defaultLimits, ...options.limits };
  const clock = options.clock ?? ((): Date => new Date());
  const { pool, transport, logger, personKeys, metrics, recorder, host, port } = options;
  const publisher = new FactPublisher({
    connector: 'melior',
    pool,
    transport,
    logger,
    clock,
    ...(metrics && { metrics }),
    ...(recorder && { recorder }),
    rules: { onOtherContent: 'refuse', personKeys, windowMilliseconds: options.windowMilliseconds ?? day },
  });
  const { largestMessageBytes, batchMessages } = limits;
  const receiver = new Receiver({
    publisher,
    mapping,
    personKeys,
    largestMessageBytes,
    batchMessages,
    logger,
    clock,
  });
  const server = await startMllpServer({
    host,
    port,
    limits,
    logger,
    ...(options.tls && { tls: options.tls }),
    answer: (frame, certificate) => receiver.answer(frame, certificate),
    onStrayEnd: () => (receiver.counts.strayEnds += 1),
  });
  publisher.start();
  const listening = { connector: 'melior', ...server.address, tls: options.tls !== undefined };
  logger.info(listening, 'listening for HL7 v2 over MLLP');

  return {
    address: server.address,
    async stop() {
      await server.stop();
      await publisher.stop();
    },
    async health() {
      const own = { connections: server.connections(), tls: options.tls !== undefined, ...receiver.counts };
      return combineHealth([await publisher.health()], own);
    },
  };
}
