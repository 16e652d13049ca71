import type { Database } from '../../persistence/database.js';
import type { RecoveryKey } from '../contracts/recovery-key.js';
import type { IncomingMessage, PartitionOffsets, Transport } from '../transport/transport.js';
import type { Reached } from './store.js';
import { takeFromReceipts } from './take-from-receipts.js';

/** What a partition lost before it was taken: from `from` up to, and without, `to`. */
export type Removal = {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  /** Facts of the topic that were taken from their receipts instead. */
  readonly recovered: number;
};

export type RemovedFactsOptions = {
  readonly database: Database;
  readonly transport: Transport;
  /** The consumer group that takes facts. */
  readonly group: string;
  readonly topics: readonly string[];
  readonly now: () => Date;
  readonly recovery?: RecoveryKey;
  /** Told of each removal once. */
  readonly onRemoved: (removal: Removal) => void;
};

/**
 * Notices facts that retention, or somebody, removed from a topic before they were taken: the first that is still there lies beyond
 * what was taken. They are taken from the receipts of the connectors, which keep them until the inbox has them, and a dead letter says
 * what was missing, for somebody to look at (decision 49). On Kafka the database keeps how far each partition was taken; the
 * embedded transport has that in the database anyway.
 */
export class RemovedFacts {
  readonly #expected = new Map<string, number>();

  constructor(private readonly options: RemovedFactsOptions) {}

  /** Looks at every partition. Before the consumer starts, so that what is missing is taken before what came after it. */
  async look(): Promise<void> {
    const { transport, group, topics } = this.options;
    const places = await transport.offsets(group, topics);
    const taken = await this.#taken(places);
    const missing = places.filter((place) => place.first > (taken.get(nameOf(place)) ?? 0));
    if (missing.length > 0) await this.#takeMissing(missing, taken);
    for (const place of places)
      this.#expected.set(nameOf(place), Math.max(place.first, taken.get(nameOf(place)) ?? 0));
  }

  /**
   * Called before a batch is stored: one that begins further on than expected may follow a removal.
   * @returns what is to be kept together with the batch; undefined where the transport keeps it
   */
  async before(batch: readonly IncomingMessage[]): Promise<Reached | undefined> {
    const [first, last] = [batch[0], batch.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const expected = this.#expected.get(nameOf(first));
    // Another process may have had the partition in between; looking tells.
    if (expected !== undefined && Number(first.offset) > expected) await this.look();
    const next = Number(last.offset) + 1;
    this.#expected.set(nameOf(first), next);
    return this.#keepsOffsets ? { topic: first.topic, partition: first.partition, next } : undefined;
  }

  get #keepsOffsets(): boolean {
    return this.options.transport.name === 'kafka';
  }

  async #taken(places: readonly PartitionOffsets[]): Promise<ReadonlyMap<string, number>> {
    const committed = places.flatMap(({ topic, partition, committed: next }) =>
      next === undefined ? [] : [{ topic, partition, next }],
    );
    if (!this.#keepsOffsets) return new Map(committed.map((place) => [nameOf(place), place.next]));
    const { database, topics } = this.options;
    // What was taken before the database kept it is what the broker says.
    await database.query(
      `insert into intake_offset (topic, partition, next)
       select * from unnest($1::text[], $2::int[], $3::bigint[]) on conflict do nothing`,
      [committed.map((at) => at.topic), committed.map((at) => at.partition), committed.map((at) => at.next)],
    );
    const { rows } = await database.query<Reached>(
      'select topic, partition, next from intake_offset where topic = any($1::text[])',
      [topics],
    );
    return new Map(rows.map((row) => [nameOf(row), row.next]));
  }

  async #takeMissing(
    missing: readonly PartitionOffsets[],
    taken: ReadonlyMap<string, number>,
  ): Promise<void> {
    const { database, now, recovery, onRemoved } = this.options;
    const lost = new Set(missing.map(({ topic }) => topic));
    const recovered = await takeFromReceipts(database, lost, now(), recovery);
    for (const place of missing) {
      const { topic, partition, first: to } = place;
      const from = taken.get(nameOf(place)) ?? 0;
      const removal = { topic, partition, from, to, recovered: recovered.get(topic) ?? 0 };
      if (await this.#note(removal)) onRemoved(removal);
    }
  }

  /** The dead letter, and that its offsets need not be looked for again. @returns false when another process was first */
  async #note(removal: Removal): Promise<boolean> {
    const { topic, partition, from, to } = removal;
    const { rowCount } = await this.options.database.query(
      `with passed as (
         insert into intake_offset as known (topic, partition, next) select $2, $5::int, $6::bigint where $7
         on conflict (topic, partition) do update set next = greatest(known.next, excluded.next))
       insert into inbox (event_id, topic, content_hash, received_at, state, next_attempt_at, cause, owner)
       values ($1, $2, 'removed', $3, 'dead', clock_timestamp(), $4, 'hub')
       on conflict (event_id) do nothing`,
      [
        `${removedPrefix}${topic}/${partition}:${from}-${to}`,
        topic,
        this.options.now(),
        describeRemoval(removal),
        partition,
        to,
        this.#keepsOffsets,
      ],
    );
    return rowCount === 1;
  }
}

/** What ids of dead letters begin with that stand for removed facts. */
export const removedPrefix = 'removed:';

/** In words, for operators. */
function describeRemoval({ partition, from, to, recovered }: Removal): string {
  const offsets = to - from === 1 ? `offset ${from}` : `offsets ${from} to ${to - 1}`;
  return `${offsets} of partition ${partition} were removed before they were taken; ${recovered} facts of the topic were taken from their receipts instead`;
}

function nameOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}/${partition}`;
}
