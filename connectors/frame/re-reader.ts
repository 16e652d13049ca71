import type { Logger } from 'pino';
import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import type { Health, Running } from './health.js';
import { errorCode } from './log-text.js';
import { sleep } from './sleep.js';

/** Who has to be followed (persons with an open case), told by the hub through the composition. */
export type PersonsToFollow = () => Promise<readonly PersonIdentifier[]>;

export type ReReaderOptions = {
  readonly name: string;
  readonly logger: Logger;
  readonly personsToFollow: PersonsToFollow;
  /** From the start of one round to the start of the next. Default 15 minutes. A round that takes longer is not overlapped. */
  readonly intervalMilliseconds?: number;
  readonly batchSize: number;
  /** Reads a batch and takes every fact that changed; returns how many did. Its own rate limit applies. */
  readonly readBatch: (persons: readonly PersonIdentifier[]) => Promise<number>;
  readonly clock?: () => Date;
};

/** A re-reader at work. */
export type ReReader = Running & {
  /** Reads everybody now, or joins the round that is under way; resolves when it has ended. */
  readNow(): Promise<void>;
};

type Round = {
  readonly at: Date;
  readonly persons: number;
  readonly changed: number;
  readonly failed: number;
};

const defaultInterval = 15 * 60 * 1000;

/**
 * Registers are asked, they do not push: so everybody with an open case is read again at an interval, and what changed is
 * published (PAT-7, design section 5). A batch that fails is left to the next round; the others go on.
 */
export function startReReader(options: ReReaderOptions): ReReader {
  const ending = new AbortController();
  const clock = options.clock ?? ((): Date => new Date());
  const interval = options.intervalMilliseconds ?? defaultInterval;
  let last: Round | undefined;
  let current: Promise<void> | undefined;

  const round = async (): Promise<void> => {
    const at = clock();
    let changed = 0;
    let failed = 0;
    let total = 0;
    try {
      const persons = await options.personsToFollow();
      total = persons.length;
      for (let from = 0; from < persons.length && !ending.signal.aborted; from += options.batchSize) {
        const batch = persons.slice(from, from + options.batchSize);
        try {
          changed += await options.readBatch(batch);
        } catch (error) {
          failed += batch.length;
          options.logger.warn(
            { connector: options.name, error: errorCode(error), persons: batch.length },
            're-reading failed; the next round tries again',
          );
        }
      }
    } catch (error) {
      failed = -1;
      options.logger.warn({ connector: options.name, error: errorCode(error) }, 'who to follow is not known');
    }
    last = { at, persons: total, changed, failed };
    options.logger.info({ connector: options.name, persons: total, changed, failed }, 're-read');
  };

  const readNow = (): Promise<void> => {
    current ??= round().finally(() => {
      current = undefined;
    });
    return current;
  };

  const running = (async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const started = performance.now();
      await readNow();
      await sleep(Math.max(0, interval - (performance.now() - started)), ending.signal);
    }
  })();

  return {
    readNow,
    async stop() {
      ending.abort();
      await running;
      await current;
    },
    health: () => Promise.resolve(healthOf(last)),
  };
}

function healthOf(last: Round | undefined): Health {
  if (!last) return { status: 'up', detail: { rounds: 'none yet' } };
  const { at, persons, changed, failed } = last;
  const detail = { lastRound: at.toISOString(), persons, changed, failed };
  return { status: failed === 0 ? 'up' : 'degraded', detail };
}
