import type { Logger } from 'pino';
import { delay } from '../messaging/transport/delay.js';
import { errorKind } from './logger.js';

/**
 * Runs `job` again and again, never overlapping, until stopped. A failure is logged and the next round tries again.
 * @param job.soonerAfter in how many milliseconds a run wants the next one, where that is sooner
 */
export function repeat<Outcome>(
  job: {
    readonly name: string;
    readonly everyMilliseconds: number;
    run(): Promise<Outcome>;
    soonerAfter?(outcome: Outcome): number | undefined;
  },
  logger: Logger,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const running = (async () => {
    while (!ending.signal.aborted) {
      let pause = job.everyMilliseconds;
      try {
        const outcome = await job.run();
        pause = Math.min(pause, job.soonerAfter?.(outcome) ?? pause);
      } catch (error) {
        logger.warn({ job: job.name, error: errorKind(error) }, 'a timer job failed');
      }
      await delay(pause, ending.signal);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
