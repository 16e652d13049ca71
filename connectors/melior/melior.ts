import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { FactPublisher, type FactPublisherOptions } from '../common/fact-publisher.js';
import type { ConnectorMetrics } from '../common/connector-metrics.js';
import { combineHealth, type Address, type Running } from '../common/health.js';
import type { Recorder } from '../common/recording/recorder.js';
import { meliorRules, startMeliorIntake, type MeliorIntakeSettings } from './melior-intake.js';

export type MeliorOptions = MeliorIntakeSettings & {
  /** Where the receipts are; migrated. It must have an `error` listener, and is closed by whoever made it. */
  readonly pool: Pool;
  readonly transport: FactPublisherOptions['transport'];
  readonly logger: Logger;
  /** How long a control id counts as a repeat. Default a day. */
  readonly windowMilliseconds?: number;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
  readonly recorder?: Recorder;
};

/**
 * Listens for ADT messages over MLLP and tells them as facts on `journal.stay.v1`, all in this thread.
 * @throws MappingUnusable; the socket's error when the address is taken; what is wrong with a certificate.
 */
export async function startMelior(options: MeliorOptions): Promise<Running & { readonly address: Address }> {
  const { pool, transport, logger, metrics, recorder, windowMilliseconds } = options;
  const clock = options.clock ?? ((): Date => new Date());
  const publisher = new FactPublisher({
    connector: 'melior',
    pool,
    transport,
    logger,
    clock,
    ...(metrics && { metrics }),
    ...(recorder && { recorder }),
    rules: meliorRules(options.personKeys, windowMilliseconds),
  });
  const intake = await startMeliorIntake({ ...options, publisher, clock });
  publisher.start();
  return {
    address: intake.address,
    async stop() {
      await intake.stop();
      await publisher.stop();
    },
    health: async () => combineHealth([await publisher.health()], intake.detail()),
  };
}
