import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { FactPublisher, type FactPublisherOptions } from '../frame/fact-publisher.js';
import type { ConnectorMetrics } from '../frame/connector-metrics.js';
import { combineHealth, type Address, type Running } from '../frame/health.js';
import { readMapping } from './mapping.js';
import { defaultLimits, startMllpServer, type MllpLimits } from './mllp/mllp-server.js';
import { Receiver } from './receive.js';

export type MeliorOptions = {
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** The mapping file, parsed as JSON; checked here. */
  readonly mapping: unknown;
  /** Where the receipts are; migrated. It must have an `error` listener, and is closed by whoever made it. */
  readonly pool: Pool;
  readonly transport: FactPublisherOptions['transport'];
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly limits?: Partial<MllpLimits>;
  /** How long a control id counts as a repeat. Default a day. */
  readonly windowMilliseconds?: number;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
};

const day = 24 * 60 * 60 * 1000;

/**
 * Listens for ADT messages over MLLP and tells them as facts on `journal.stay.v1`.
 * @throws MappingUnusable; the socket's error when the address is taken.
 */
export async function startMelior(options: MeliorOptions): Promise<Running & { readonly address: Address }> {
  const mapping = readMapping(options.mapping);
  const limits = { ...defaultLimits, ...options.limits };
  const clock = options.clock ?? ((): Date => new Date());
  const { pool, transport, logger, personKeys, metrics, host, port } = options;
  const publisher = new FactPublisher({
    connector: 'melior',
    pool,
    transport,
    logger,
    clock,
    ...(metrics && { metrics }),
    rules: { onOtherContent: 'refuse', windowMilliseconds: options.windowMilliseconds ?? day },
  });
  const { largestMessageBytes } = limits;
  const receiver = new Receiver({ publisher, mapping, personKeys, largestMessageBytes, logger, clock });
  const server = await startMllpServer({
    host,
    port,
    limits,
    logger,
    answer: (frame) => receiver.answer(frame),
  });
  publisher.start();
  logger.info({ connector: 'melior', ...server.address }, 'listening for HL7 v2 over MLLP');

  return {
    address: server.address,
    async stop() {
      await server.stop();
      await publisher.stop();
    },
    async health() {
      const own = { connections: server.connections(), unknownWards: receiver.unknownWards };
      return combineHealth([await publisher.health()], own);
    },
  };
}
