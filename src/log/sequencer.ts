import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database, SqlConnection } from '../persistence/database.js';
import { workUnderLock } from '../persistence/session-lock.js';

export type SequencerOptions = {
  readonly database: Database;
  /** How soon to look for events that other processes appended, up to ten times as seldom while there are none. Milliseconds. */
  readonly pollMs?: number;
  /** Told how far the order goes now, after each batch: wake what reads by it. */
  readonly onSequenced?: (last: number) => void;
  /** Told of what went wrong; the sequencer goes on by itself. */
  readonly onError?: (error: unknown) => void;
};

export interface Sequencer {
  /** Looks at once; for the process that has just appended. */
  wake(): void;
  /** Finishes the batch under way and lets another process take over. */
  stop(): Promise<void>;
}

// Polling: `notify` would wake other processes sooner, but committing one takes a lock that all notifying commits share.
const defaultPollMs = 50;
const batchSize = 1_000;
/** How often one that stands by looks whether the lock came free. */
const standByMs = 1_000;
/** How many times as seldom it looks at last while nothing happens. */
const slowest = 10;
const gatherMs = 20;
const firstBackOffMs = 50;
const longestBackOffMs = 10_000;

/**
 * Gives each appended event its place in a dense order: in position order, which within a stream is version order,
 * because a version is only written by who has seen the one before it committed. A position that becomes visible late
 * simply comes later in the order; nothing waits for it. One of the processes that start a sequencer works at a time.
 */
export function startSequencer(options: SequencerOptions): Sequencer {
  const rest = new Rest(options.pollMs ?? defaultPollMs);
  const running = run(options, rest);
  return {
    wake: () => rest.wake(),
    async stop() {
      rest.stop();
      await running;
    },
  };
}

async function run(options: SequencerOptions, rest: Rest): Promise<void> {
  let failures = 0;
  while (!rest.stopped) {
    try {
      await options.database.session(async (sql, lost) => {
        await workUnderLock(sql, advisoryLocks.sequencer, {
          lost,
          over: () => rest.stopped,
          standBy: () => rest.backOff(standByMs),
          turn: async () => {
            const { taken, last } = await sequenceBatch(sql);
            failures = 0;
            if (taken > 0) options.onSequenced?.(last);
            if (taken < batchSize) await rest.pause(taken > 0);
          },
        });
      });
    } catch (error) {
      failures += 1;
      options.onError?.(error);
      await rest.backOff(Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 10)));
    }
  }
}

/** One statement, so it happens wholly or not at all. The caller holds the sequencer's lock. */
async function sequenceBatch(sql: SqlConnection): Promise<{ taken: number; last: number }> {
  const { rows } = await sql.prepared<{ taken: number; last: number }>(
    'log-sequence',
    `with taken as (
       delete from unsequenced
        where position in (select position from unsequenced order by position limit $1)
       returning position
     ), placed as (
       insert into event_sequence (sequence, position)
       select coalesce((select max(sequence) from event_sequence), 0) + row_number() over (order by position), position
         from taken
       returning sequence
     )
     select count(*) as taken, coalesce(max(sequence), 0) as last from placed`,
    [batchSize],
  );
  return rows[0] ?? { taken: 0, last: 0 };
}

/**
 * The pause between two looks, which a wake ends early. A wake during work makes the next pause end at once. It doubles each time that
 * nothing was found, so that a log at rest costs next to nothing.
 */
class Rest {
  stopped = false;
  #pauseMs = 0;
  #woken = false;
  #end: (() => void) | undefined;

  constructor(private readonly pollMs: number) {}

  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  async pause(found: boolean): Promise<void> {
    this.#pauseMs = found ? this.pollMs : Math.min(this.pollMs * slowest, this.#pauseMs * 2 || this.pollMs);
    // What comes right after goes together: one look costs as much as one for a hundred.
    if (found) await this.backOff(Math.min(gatherMs, this.pollMs));
    if (!this.#woken) await this.#wait(this.#pauseMs, () => true);
    this.#woken = this.stopped;
  }

  /** A pause that only a stop ends early. */
  async backOff(ms: number): Promise<void> {
    if (!this.stopped) await this.#wait(ms, () => this.stopped);
  }

  async #wait(ms: number, mayEnd: () => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end = () => {
        if (!mayEnd()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = undefined;
  }
}
