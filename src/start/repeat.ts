import type { Logger } from 'pino';
import { delay } from '../messaging/transport/delay.js';
import { errorKind } from './logger.js';

/** Runs `job` again and again, never overlapping, until stopped. A failure is logged and the next round tries again. */
export function repeat(
  job: { readonly name: string; readonly everyMilliseconds: number; run(): Promise<unknown> },
  logger: Logger,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const running = (async () => {
    while (!ending.signal.aborted) {
      try {
        await job.run();
      } catch (error) {
        logger.warn({ job: job.name, error: errorKind(error) }, 'a timer job failed');
      }
      await delay(job.everyMilliseconds, ending.signal);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
