import type { PersonHash } from '../common/recording/recorder.js';
import { createConnectorPool } from '../common/connector-pool.js';
import { FactTaker } from '../common/fact-taker.js';
import { FactPublishing, type FactPublishingOptions } from '../common/fact-publishing.js';
import type { ConnectorMetrics } from '../common/connector-metrics.js';
import { combineHealth, type Address, type Running } from '../common/health.js';
import { Recorder, type RecordingKey } from '../common/recording/recorder.js';
import { ReceiptStore } from '../common/receipt-store.js';
import { startReceivingThread } from '../common/thread/receiving-thread.js';
import type { RunningThread, ThreadSurroundings } from '../common/thread/run-thread.js';
import { meliorRules, startMeliorIntake, type MeliorIntakeSettings } from './melior-intake.js';

/** What the receiving thread is started with. */
export type MeliorThreadSettings = MeliorIntakeSettings & {
  /** Of the receipts. */
  readonly databaseUrl: string;
  readonly logLevel: string;
  /** How long a control id counts as a repeat. */
  readonly windowMilliseconds: number;
  readonly recordingKey?: RecordingKey;
};

/** Sessions with the database that a receiving thread has: one that stores, one for what is asked and recorded beside it. */
export const threadConnections = 2;

/** The receiving half, in a thread of its own. @param hashOf how a recording names persons */
export async function runMeliorIntake(
  { settings, logger: loggerOf, metrics, stored, during }: ThreadSurroundings<MeliorThreadSettings>,
  hashOf: PersonHash,
): Promise<RunningThread> {
  const { databaseUrl, logLevel, windowMilliseconds, recordingKey } = settings;
  const logger = loggerOf(logLevel);
  const clock = (): Date => new Date();
  const pool = createConnectorPool(databaseUrl, threadConnections);
  const taker = new FactTaker({
    connector: 'melior',
    pool,
    logger,
    clock,
    metrics,
    rules: meliorRules(settings.personKeys, windowMilliseconds),
    onStored: stored,
    ...(recordingKey && { recorder: new Recorder(recordingKey, hashOf) }),
  });
  const intake = await startMeliorIntake({ ...settings, publisher: taker, logger, clock, during }).catch(
    async (error: unknown) => {
      await pool.end();
      throw error;
    },
  );
  return {
    address: intake.address,
    report: () => ({ soFar: taker.soFar(), own: intake.detail() }),
    async stop() {
      await intake.stop();
      await taker.stop();
      await pool.end();
    },
  };
}

export type ApartOptions = Omit<FactPublishingOptions, 'connector'> & {
  readonly entry: URL;
  readonly settings: MeliorThreadSettings;
  readonly metrics?: ConnectorMetrics;
};

/**
 * The whole connector, its receiving half in a thread of its own: an answer waits for the disk, and for nothing else that the process does.
 * @throws as `startMelior`
 */
export async function startMeliorApart(
  options: ApartOptions,
): Promise<Running & { readonly address: Address; busy(): boolean }> {
  const { entry, settings, logger, metrics, pool } = options;
  const connector = 'melior';
  const store = new ReceiptStore(
    pool,
    connector,
    meliorRules(settings.personKeys, settings.windowMilliseconds),
  );
  const publishing = new FactPublishing({ ...options, connector }, store);
  const thread = await startReceivingThread({
    connector,
    entry,
    settings,
    logger,
    ...(metrics && { metrics }),
    onStored: () => publishing.loop.wake(),
  });
  publishing.loop.start();
  return {
    address: thread.address,
    busy: () => thread.busy(),
    async stop() {
      await thread.stop();
      await publishing.loop.stop();
    },
    async health() {
      const report = await thread.report();
      if (report === undefined)
        return { status: 'down', why: 'the receiving thread does not answer', detail: {} };
      return combineHealth([await publishing.health(report.soFar)], report.own);
    },
  };
}
