import type { Database } from '../../persistence/database.js';
import type { RecoveryKey } from '../contracts/recovery-key.js';
import type { BatchHandler } from '../transport/transport.js';
import { Wake } from '../transport/wake.js';
import type { FactHandler } from './fact.js';
import { OpenedFacts } from './opened-facts.js';
import type { RemovedFacts } from './removed-facts.js';
import { dropPayloads } from './retention.js';
import { destroyOldKeys } from './seals.js';
import { storeFacts, type StoreOutcome } from './store.js';
import { inboxStatus, type InboxStatus } from './status.js';
import { InboxWorkers, type WorkersOptions } from './workers.js';

export type InboxOptions = {
  /** What receipt times are read from. */
  readonly now?: () => Date;
  /** After a restore of the database: opens facts whose keys went with it. */
  readonly recovery?: RecoveryKey;
  /** Looks for facts that a topic lost before they were taken. */
  readonly removed?: RemovedFacts;
  /** Told after each stored batch, for metrics. */
  readonly onStored?: (outcome: StoreOutcome) => void;
};

/** The waiting room of facts (docs/architecture.md): a consumer stores, workers take up person by person. */
export class Inbox {
  readonly #wake = new Wake();
  readonly #opened = new OpenedFacts();
  readonly #now: () => Date;

  constructor(
    private readonly database: Database,
    private readonly options: InboxOptions = {},
  ) {
    this.#now = options.now ?? (() => new Date());
  }

  /** Stores a batch, durable when it resolves; then the offset may be committed. The handler of every fact topic. */
  readonly take: BatchHandler = async (batch) => {
    const { removed, recovery } = this.options;
    const reached = await removed?.before(batch);
    const outcome = await storeFacts(this.database, batch, this.#now(), recovery, reached, this.#opened);
    if (outcome.stored > 0) this.#wake.ring();
    this.options.onStored?.(outcome);
  };

  /** Starts taking facts up in this process, beside those of other processes. */
  startWorkers(handle: FactHandler, options: Omit<WorkersOptions, 'now' | 'opened'> = {}): InboxWorkers {
    return new InboxWorkers(this.database, this.#wake, handle, {
      ...options,
      now: this.#now,
      opened: this.#opened,
    });
  }

  /** There may be facts to take up, e.g. after a replay in this process. */
  wake(): void {
    this.#wake.ring();
  }

  /** How many wait and are dead, and for how long the oldest has waited; for metrics and health. */
  status(): Promise<InboxStatus> {
    return inboxStatus(this.database, this.#now());
  }

  /** Destroys keys of sealed facts that were never taken, made more than `afterMs` milliseconds ago. @returns how many */
  destroyOldKeys(afterMs: number): Promise<number> {
    return destroyOldKeys(this.database, new Date(this.#now().getTime() - afterMs));
  }

  /** Drops the payloads of facts that ended more than `afterMs` milliseconds ago. @returns how many */
  dropPayloads(afterMs: number): Promise<number> {
    return dropPayloads(this.database, new Date(this.#now().getTime() - afterMs));
  }
}
