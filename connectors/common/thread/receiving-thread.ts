import { Worker } from 'node:worker_threads';
import { pino, type Logger } from 'pino';
import type { ConnectorMetrics } from '../connector-metrics.js';
import type { Address } from '../health.js';
import { sharedPlaces, type FromThread, type ThreadReport, type Told, type ToThread } from './messages.js';

export type ReceivingThreadOptions = {
  readonly connector: string;
  /** The file of the thread, which calls `runThread`. */
  readonly entry: URL;
  /** What the thread is to know, as far as it can be copied. */
  readonly settings: unknown;
  readonly logger: Logger;
  readonly metrics?: ConnectorMetrics;
  /** Something new is durable and waits to be published. */
  readonly onStored: () => void;
};

/** Receiving in a thread of its own, so that no sender waits for what else the process is doing. */
export type ReceivingThread = {
  readonly address: Address;
  /** Whether senders wait for answers most of the time. */
  busy(): boolean;
  /** Undefined: it did not answer in time. */
  report(): Promise<ThreadReport | undefined>;
  /** Takes nothing new, sends the answers under way. */
  stop(): Promise<void>;
};

const reportMilliseconds = 800;
/** What messages leave behind is dropped many at a time: each time costs nearly the same. */
const youngMegabytes = 64;

/**
 * Starts it, and resolves when it listens. An error that nobody caught in it ends the process, as one in this thread does.
 * @throws what kept it from listening
 */
export async function startReceivingThread(options: ReceivingThreadOptions): Promise<ReceivingThread> {
  const { entry, settings, connector, logger, metrics, onStored } = options;
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const places = new Int32Array(shared);
  const log = destinationOf(logger);
  const worker = new Worker(entry, {
    workerData: { settings, shared },
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const ask = (message: ToThread): void => worker.postMessage(message, []);
  const heed = ({ lines, lostLines, outcomes, stored }: Told): void => {
    Atomics.sub(places, sharedPlaces.unread, 1);
    if (stored) onStored();
    for (const [outcome, seconds] of outcomes) metrics?.message(connector, outcome, seconds);
    if (lines !== '') log.write(lines);
    if (lostLines > 0) logger.warn({ connector, count: lostLines }, 'lines of the log were lost');
  };
  const waiting = new Set<(report: ThreadReport) => void>();
  let stopped: (() => void) | undefined;
  const address = await new Promise<Address>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'told') heed(message);
      else if (message.kind === 'listening') resolve(message.address);
      else if (message.kind === 'refused') {
        void worker.terminate();
        reject(withCode(message.error, message.code));
      } else if (message.kind === 'report') {
        for (const each of waiting) each(message.report);
        waiting.clear();
      } else stopped?.();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(lost()));
  });
  worker.removeAllListeners('error');
  worker.on('error', (error) => {
    throw error;
  });
  worker.on('exit', () => {
    if (stopped === undefined) throw lost();
  });
  return {
    address,
    busy: () => Atomics.load(places, sharedPlaces.busy) === 1,
    report: () =>
      new Promise((resolve) => {
        const answered = (report?: ThreadReport): void => {
          clearTimeout(timer);
          waiting.delete(answered);
          resolve(report);
        };
        const timer = setTimeout(() => answered(), reportMilliseconds);
        waiting.add(answered);
        ask('report');
      }),
    async stop() {
      const done = new Promise<void>((resolve) => (stopped = resolve));
      ask('stop');
      await done;
      await worker.terminate();
    },
  };
}

function lost(): Error {
  return new Error('the receiving thread ended');
}

/** Between threads an error keeps its name and text, not its code. */
function withCode(error: unknown, code: string | undefined): unknown {
  return error instanceof Error && code !== undefined ? Object.assign(error, { code }) : error;
}

/** Where a logger writes its lines. */
function destinationOf(logger: Logger): { write(lines: string): void } {
  return (logger as unknown as Record<symbol, { write(lines: string): void }>)[pino.symbols.streamSym]!;
}
