import type { Logger } from 'pino';
import type { ConnectorMetrics } from './connector-metrics.js';
import type { Health, Running } from './health.js';
import { errorCode } from './log-text.js';
import { delay } from './delay.js';

/**
 * What has to be followed (persons whom somebody may read; units and staff), told by the hub through the composition a page at a
 * time, so that no round holds all of it.
 */
export type Follow<Item> = () => AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>;

/** What became of a batch: facts that said something new, and things that got no answer. */
type BatchRead = { readonly changed: number; readonly failed: number };

export type ReReaderOptions<Item> = {
  readonly name: string;
  readonly logger: Logger;
  readonly follow: Follow<Item>;
  /** From the start of one round to the start of the next. Default 15 minutes. A round that takes longer is not overlapped. */
  readonly intervalMilliseconds?: number;
  readonly batchSize: number;
  /** Whether this process is the one that reads; asked before each round and each batch. */
  readonly isOurs: () => Promise<boolean>;
  /** Reads a batch and takes every fact that changed. Its own rate limit applies. */
  readonly readBatch: (items: readonly Item[]) => Promise<BatchRead>;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
};

/** A re-reader at work. */
export type ReReader = Running & {
  /** Reads everybody now, or joins the round that is under way; resolves when it has ended. Nothing is read where another process does. */
  readNow(): Promise<void>;
};

type Round = {
  readonly at: Date;
  readonly read: number;
  readonly changed: number;
  readonly failed: number;
};

const defaultInterval = 15 * 60 * 1000;
/** How often one that stands by looks whether it is to read. */
const standByMilliseconds = 1000;

/**
 * Registers are asked, they do not push: so everything followed is read again at an interval, and what changed is
 * published (PAT-7, design section 5). A batch that fails is left to the next round; the others go on.
 */
export function startReReader<Item>(options: ReReaderOptions<Item>): ReReader {
  const ending = new AbortController();
  const clock = options.clock ?? ((): Date => new Date());
  const interval = options.intervalMilliseconds ?? defaultInterval;
  /** When this process began to read: now it is to keep pace. */
  let began: Date | undefined;
  let last: Round | undefined;
  let lastWhole: Date | undefined;
  let current: Promise<boolean> | undefined;

  const readBatch = async (batch: readonly Item[]): Promise<BatchRead> => {
    try {
      return await options.readBatch(batch);
    } catch (error) {
      options.logger.warn(
        { connector: options.name, error: errorCode(error), asked: batch.length },
        're-reading failed; the next round tries again',
      );
      return { changed: 0, failed: batch.length };
    }
  };

  /** Undefined: the database does not say. */
  const ours = async (): Promise<boolean | undefined> => {
    if (ending.signal.aborted) return false;
    try {
      return await options.isOurs();
    } catch (error) {
      options.logger.warn(
        { connector: options.name, error: errorCode(error) },
        'whether to read is not known',
      );
      return undefined;
    }
  };

  /** False: another process reads, or nobody knows who. */
  const round = async (): Promise<boolean> => {
    let isOurs = await ours();
    if (isOurs === false) began = last = lastWhole = undefined;
    if (isOurs !== true) return false;
    const at = clock();
    began ??= at;
    let changed = 0;
    let failed = 0;
    let read = 0;
    try {
      for await (const page of options.follow()) {
        for (let from = 0; from < page.length && isOurs === true; from += options.batchSize) {
          const batch = page.slice(from, from + options.batchSize);
          const done = await readBatch(batch);
          read += batch.length;
          changed += done.changed;
          failed += done.failed;
          isOurs = await ours();
        }
        if (isOurs !== true) break;
      }
    } catch (error) {
      failed = -1;
      options.logger.warn(
        { connector: options.name, error: errorCode(error) },
        'what to follow is not known',
      );
    }
    last = { at, read, changed, failed };
    if (failed === 0 && isOurs === true) {
      lastWhole = clock();
      options.metrics?.allRead(options.name, lastWhole);
    }
    options.logger.info({ connector: options.name, read, changed, failed }, 're-read');
    return isOurs === true;
  };

  const read = (): Promise<boolean> => {
    current ??= round().finally(() => {
      current = undefined;
    });
    return current;
  };

  const running = (async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const started = performance.now();
      const wasOurs = await read();
      const pause = wasOurs ? Math.max(0, interval - (performance.now() - started)) : standByMilliseconds;
      await delay(pause, ending.signal);
    }
  })();

  return {
    readNow: () => read().then(() => undefined),
    async stop() {
      ending.abort();
      await running;
      await current;
    },
    health: () => {
      if (began === undefined)
        return Promise.resolve({ status: 'up', detail: { reading: 'another process' } });
      const pace = { allReadAt: lastWhole ?? began, everyMilliseconds: interval };
      return Promise.resolve({ ...healthOf(last), pace });
    },
  };
}

function healthOf(last: Round | undefined): Health {
  if (!last) return { status: 'up', detail: { rounds: 'none yet' } };
  const { at, read, changed, failed } = last;
  const detail = { lastRound: at.toISOString(), read, changed, failed };
  const heard = read > Math.max(0, failed) && { lastMessageAt: at.toISOString() };
  if (failed === 0) return { status: 'up', ...heard, detail };
  const why = failed < 0 ? 'what to follow is not known' : `${failed} could not be read in the last round`;
  return { status: 'degraded', why, ...heard, detail };
}
