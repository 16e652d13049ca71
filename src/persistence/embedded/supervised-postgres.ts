import { setTimeout as wait } from 'node:timers/promises';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.js';

export type SupervisedPostgresOptions = Omit<EmbeddedPostgresOptions, 'onUnexpectedExit'> & {
  /** Told what happened: that the server ended, that it is back, that a start failed. */
  readonly onIncident: (description: string) => void;
};

/** The first pause before a new start; doubled after each that fails, up to the longest. Milliseconds. */
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/**
 * Starts the embedded server and starts it again, on the same port, whenever it ends without having been asked to. Pools
 * find it again by themselves.
 */
export async function superviseEmbeddedPostgres(
  options: SupervisedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const stopped = new AbortController();
  let recovery: Promise<void> = Promise.resolve();
  const onUnexpectedExit = (description: string) => {
    options.onIncident(description);
    recovery = recover();
  };
  let current = await startEmbeddedPostgres({ ...options, onUnexpectedExit });
  const { url, port } = current;

  async function recover(): Promise<void> {
    for (let pause = firstPauseMs; !stopped.signal.aborted; pause = Math.min(2 * pause, longestPauseMs)) {
      try {
        current = await startEmbeddedPostgres({ ...options, port, onUnexpectedExit });
        options.onIncident('PostgreSQL is back');
        return;
      } catch (error) {
        options.onIncident(`PostgreSQL does not start: ${String(error)}`);
        await wait(pause, undefined, { signal: stopped.signal }).catch(() => undefined); // Stopped meanwhile.
      }
    }
  }

  return {
    url,
    port,
    get pid() {
      return current.pid;
    },
    async stop() {
      stopped.abort();
      await recovery;
      await current.stop();
    },
    kill: () => current.kill(),
  };
}
