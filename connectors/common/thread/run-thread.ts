import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { ConnectorMetrics } from '../connector-metrics.js';
import type { Address } from '../health.js';
import {
  sharedPlaces,
  type FromThread,
  type ThreadData,
  type ThreadReport,
  type ToThread,
} from './messages.js';
import { Occupancy } from './occupancy.js';
import { ThreadReporter } from './thread-reporter.js';

/** What a receiving thread has from the one that started it. */
export type ThreadSurroundings<Settings> = {
  readonly settings: Settings;
  readonly logger: (level: string) => Logger;
  readonly metrics: Pick<ConnectorMetrics, 'message'>;
  /** Something new is durable and waits to be published. */
  readonly stored: () => void;
  /** Does something that a sender waits for. */
  readonly during: Occupancy['during'];
};

export type RunningThread = {
  readonly address: Address;
  report(): ThreadReport;
  stop(): Promise<void>;
};

/**
 * Runs the receiving of a connector in this thread, for the thread that started it with `startReceivingThread`.
 * @param lastCheck every line of the log goes through it, as those of the process do
 */
export async function runThread<Settings>(
  start: (surroundings: ThreadSurroundings<Settings>) => Promise<RunningThread>,
  lastCheck: (line: string) => string,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('not a thread of its own');
  const { settings, shared } = workerData as ThreadData<Settings>;
  const places = new Int32Array(shared);
  const post = (message: FromThread): void => port.postMessage(message, []);
  const reporter = new ThreadReporter(post, places, lastCheck);
  const occupancy = new Occupancy((busy) => Atomics.store(places, sharedPlaces.busy, busy ? 1 : 0));
  const end = async (running: RunningThread): Promise<void> => {
    await running.stop();
    occupancy.stop();
    reporter.end();
    post({ kind: 'stopped' });
  };
  try {
    const running = await start({
      settings,
      logger: (level) => reporter.logger(level),
      metrics: reporter.metrics,
      stored: () => reporter.stored(),
      during: (work, pressing) => occupancy.during(work, pressing),
    });
    port.on('message', (message: ToThread) => {
      if (message === 'report') return post({ kind: 'report', report: running.report() });
      void end(running);
    });
    post({ kind: 'listening', address: running.address });
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    post({ kind: 'refused', error, code });
  }
}
