import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonKeySecret } from '../../../src/messaging/contracts/person-key.js';
import type { Transport } from '../../../src/messaging/transport/transport.js';
import type { ConnectorMetrics } from '../connector-metrics.js';
import { FactPublisher } from '../fact-publisher.js';
import type { Address, Running } from '../health.js';
import type { Recorder } from '../recording/recorder.js';
import { startHttpReceiver, type HttpReceiverOptions } from './http-receiver.js';
import { Intake, type Translate } from './intake.js';

/** What the composition gives every connector. */
type ConnectorServices = {
  /** Where the receipts are; migrated. Closed by whoever made it. */
  readonly pool: Pool;
  readonly transport: Transport;
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly metrics?: ConnectorMetrics;
  readonly recorder?: Recorder;
  readonly clock?: () => Date;
};

export type ReceivingOptions = ConnectorServices &
  Omit<HttpReceiverOptions, 'take' | 'logger'> & {
    /** Its name: in facts, receipts, metrics and `npm run connectors`. */
    readonly connector: string;
    readonly translate: Translate;
    /** How long an id counts as a repeat. Default a day. */
    readonly windowMilliseconds?: number;
  };

const day = 24 * 60 * 60 * 1000;

/** A connector to a system that sends messages over HTTP: everything but `translate` is done in `connectors/common` (docs/new-connector.md). */
export async function startReceivingConnector(
  options: ReceivingOptions,
): Promise<Running & { readonly address: Address }> {
  const publisher = new FactPublisher({
    ...options,
    rules: {
      onOtherContent: 'refuse',
      personKeys: options.personKeys,
      windowMilliseconds: options.windowMilliseconds ?? day,
    },
  });
  const intake = new Intake({ ...options, publisher, answer: JSON.stringify({ result: 'stored' }) });
  const server = await startHttpReceiver({ ...options, take: (raw) => intake.take(raw) });
  publisher.start();
  options.logger.info(
    { connector: options.connector, ...server.address },
    'listening for messages over HTTP',
  );
  return {
    address: server.address,
    async stop() {
      await server.stop();
      await publisher.stop();
    },
    health: () => publisher.health(),
  };
}
