import { randomUUID } from 'node:crypto';
import type { Database } from '../../../persistence/database.js';
import { Consuming, type ConsumingFailure } from '../consuming.js';
import { delay } from '../delay.js';
import { GroupMembership, type HeldPlace } from './embedded-group.js';
import { fetchMessages } from './embedded-store.js';
import type { BatchHandler, Place, Subscription } from '../transport.js';
import { batchBackOffMs, defaultSessionMs, type TransportOptions } from '../transport-options.js';
import { Pace } from '../pace.js';
import { Wake } from '../wake.js';

const most = { messages: 500, bytes: 4 * 1024 * 1024 };
const concurrentPartitions = 4;

/**
 * One member of a consumer group on the embedded transport: renews its leases, reads the partitions it holds, commits
 * after the handler has resolved. A failing batch holds back its partition alone.
 */
export class EmbeddedSubscription implements Subscription {
  readonly #membership: GroupMembership;
  readonly #stopping = new AbortController();
  readonly #busy = new Map<string, Place>();
  readonly #resting = new Map<string, { failures: number; until: number }>();
  readonly #wake = new Wake();
  readonly #pace: Pace;
  /** Of its leases, and of its reading. */
  readonly #consuming = [new Consuming(), new Consuming()] as const;
  readonly #running: Promise<unknown>;

  constructor(
    private readonly database: Database,
    private readonly options: TransportOptions & { readonly pollMs: number },
    private readonly request: { group: string; topics: readonly string[]; handle: BatchHandler },
  ) {
    this.#pace = new Pace(options.pollMs);
    const leaseMs = options.sessionMs ?? defaultSessionMs;
    const { group, topics } = request;
    this.#membership = new GroupMembership(database, group, topics, randomUUID(), leaseMs);
    this.#running = Promise.all([
      this.#repeat(() => this.#balance(leaseMs / 5), this.#consuming[0]),
      this.#repeat(() => this.#read(), this.#consuming[1]),
    ]);
  }

  /** There may be something to read. */
  wake(): void {
    this.#wake.ring();
  }

  failure(): ConsumingFailure | undefined {
    return this.#consuming
      .flatMap(({ failure }) => failure ?? [])
      .toSorted((one, other) => one.since - other.since)[0];
  }

  /** Resolves when running handlers are done and the partitions have been given back. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return void (await this.#running);
    this.#stopping.abort();
    await this.#running;
    // Out of reach: the leases run out by themselves.
    await this.#membership.leave().catch((error: unknown) => this.#report(error));
  }

  async #repeat(step: () => Promise<void>, consuming: Consuming): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        await step();
        failures = 0;
        consuming.succeeded();
      } catch (error) {
        failures += 1;
        consuming.failed(error);
        this.#report(error);
        await delay(Math.min(2000, batchBackOffMs(failures)), this.#stopping.signal);
      }
    }
  }

  async #balance(everyMs: number): Promise<void> {
    await this.#membership.join();
    await this.#membership.balance([...this.#busy.values()]);
    this.#wake.ring();
    await delay(everyMs, this.#stopping.signal);
  }

  /** One round: a batch of each partition that has something. Partitions are read side by side, each in order. */
  async #read(): Promise<void> {
    const now = Date.now();
    const pending = await this.#membership.pending();
    const ready = pending.filter((place) => (this.#resting.get(nameOf(place))?.until ?? 0) <= now);
    for (let at = 0; at < ready.length; at += concurrentPartitions) {
      await Promise.all(ready.slice(at, at + concurrentPartitions).map((place) => this.#take(place)));
    }
    const wait = this.#pace.after(pending.length > 0);
    if (ready.length === 0) await this.#wake.wait(wait, this.#stopping.signal);
  }

  async #take(place: HeldPlace): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { topic, partition } = place;
    const batch = await fetchMessages(this.database, { topic, partition }, place.next, most);
    const last = batch.at(-1);
    if (last === undefined) return;
    this.#busy.set(nameOf(place), { topic, partition });
    try {
      if (!(await this.#handled(place, () => this.request.handle(batch)))) return;
      const kept = await this.#membership.commit(place, place.next, Number(last.offset) + 1);
      if (!kept) this.options.onEvent?.({ kind: 'lease-lost', topic, partition });
    } finally {
      this.#busy.delete(nameOf(place));
    }
  }

  async #handled(place: Place, handle: () => Promise<void>): Promise<boolean> {
    const name = nameOf(place);
    try {
      await handle();
      this.#resting.delete(name);
      return true;
    } catch (error) {
      const failures = (this.#resting.get(name)?.failures ?? 0) + 1;
      this.#resting.set(name, { failures, until: Date.now() + batchBackOffMs(failures) });
      const { topic, partition } = place;
      this.options.onEvent?.({ kind: 'batch-failed', topic, partition, failures, error });
      return false;
    }
  }

  #report(error: unknown): void {
    this.options.onEvent?.({ kind: 'consumer-failed', group: this.request.group, error });
  }
}

function nameOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}
