import type { Pool, PoolClient } from 'pg';
import { recordedValues, repeatsAmong } from './recording/recorded-receipts.js';
import type { Receipt } from './receipt.js';
import {
  backlog,
  earlierOfId,
  forgetPublished,
  formerHashes,
  keepWaiting,
  keyFormerHashes,
  knownAmong,
  lastReceived,
  markPublished,
  oldestWaiting,
  storeReceipts,
} from './receipt-statements.js';
import type { Recorder } from './recording/recorder.js';
import { sealFact } from '../../src/messaging/contracts/sealed-event.js';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { isKeptHash, keptHash } from './content-hash.js';
import { forgetVisits, isTold, visitsOf } from './told-visits.js';
import type { OutgoingMessage } from '../../src/messaging/transport/transport.js';

/**
 * `stored`: it is on durable storage now. `repeat`: it was already, with the same content, and was answered `answer`.
 * `conflict`: the same id came with other content within the window; nothing was stored.
 */
export type Taken =
  | { readonly kind: 'stored' }
  | { readonly kind: 'repeat'; readonly answer: string }
  | { readonly kind: 'conflict' };

/**
 * When an id may come again with other content. `refuse`: after `windowMilliseconds`, because senders reset their counters.
 * `replace`: at once; the receipt is then what is known last about a thing (a register's answer about a person), and what was
 * said before and still waits is told first.
 */
export type ReceiptRules = { readonly windowMilliseconds: number } & (
  | {
      readonly onOtherContent: 'refuse';
      /** Keys the hashes of contents, so that guesses of a number cannot be held against them. */
      readonly personKeys: PersonKeySecret;
    }
  | { readonly onOtherContent: 'replace' }
);

/** What an id that came before stands for now. */
export type Earlier = Exclude<Taken, { readonly kind: 'stored' }>;

/** A receipt not yet published. */
export type Waiting = {
  readonly number: string;
  readonly sender: string;
  readonly topic: string;
  readonly message: OutgoingMessage;
};

/** A fact that the inbox never got is kept for so long: a topic that lost it is noticed long before. */
const untakenMilliseconds = 30 * 86_400_000;

/** Long enough that most connectors have heard something. */
const lately = 3_600_000;

type Stored = { readonly topic: string } & OutgoingMessage;

/**
 * The receipts of one connector, in the table `connector_receipt`. What is in here is durable: an answer that says "taken"
 * is given only after `store`.
 */
export class ReceiptStore {
  constructor(
    private readonly pool: Pool,
    private readonly connector: string,
    private readonly rules: ReceiptRules,
    private readonly recorder?: Recorder,
  ) {}

  /**
   * Stores receipts in their order, in one statement and so one commit. No two of them may share sender and control id.
   * @param now of the receipt
   * @param sql the caller's transaction, when they are to become durable together with something else
   */
  async store(
    receipts: readonly Receipt[],
    now: Date,
    sql: Pool | PoolClient = this.pool,
  ): Promise<readonly Taken[]> {
    const since = new Date(now.getTime() - this.rules.windowMilliseconds);
    if (this.rules.onOtherContent === 'replace') await this.keepWaiting(receipts, sql);
    const isRepeat = this.recorder ? await this.repeats(receipts, since, sql) : (): boolean => false;
    const facts = receipts.map(({ topic, message }) => sealFact(topic, message.value));
    const hashes = receipts.map(({ contentHash }) => this.kept(contentHash));
    const recordings = this.recorder
      ? recordedValues(receipts, this.recorder, this.connector, isRepeat, facts)
      : [];
    const values: unknown[] = [
      this.connector,
      receipts.map((each) => each.sender),
      receipts.map((each) => each.controlId),
      hashes,
      receipts.map((each) => each.answer),
      receipts.map((each, place) => JSON.stringify(storedAs(each, facts[place]))),
      now,
      since,
      facts.map(({ key, value }) => key?.eventId ?? eventIdOf(value)),
      facts.map(({ key }) => key?.id ?? null),
      facts.map(({ key }) => key?.key ?? null),
      ...recordings,
    ];
    const visits = visitsOf(receipts);
    if (visits) values.push(visits);
    const alone = receipts.length === 1;
    const { rows } = await sql.query<{ sender: string; control_id: string }>({
      name: `receipt-store-${this.rules.onOtherContent}${this.recorder ? '-recorded' : ''}${visits ? '-visits' : ''}${alone ? '-alone' : ''}`,
      text: storeReceipts(
        this.rules.onOtherContent,
        { isRecorded: this.recorder !== undefined, visits: visits && values.length },
        alone,
      ),
      values: alone ? values.map((each) => (Array.isArray(each) ? (each[0] as unknown) : each)) : [...values],
    });
    const stored = new Set(rows.map((row) => keyOf(row.sender, row.control_id)));
    const earlier = receipts.filter((each) => !stored.has(keyOf(each.sender, each.controlId)));
    const known = earlier.length === 0 ? new Map<string, Known>() : await this.known(earlier, sql);
    return receipts.map((receipt, place): Taken => {
      const key = keyOf(receipt.sender, receipt.controlId);
      if (stored.has(key)) return { kind: 'stored' };
      const first = known.get(key);
      if (first === undefined || this.kept(first.content_hash) !== hashes[place]) return { kind: 'conflict' };
      return { kind: 'repeat', answer: first.answer };
    });
  }

  /** As it is kept in the table; makes a hash from an older version comparable. */
  private kept(hash: string): string {
    return this.rules.onOtherContent === 'refuse' ? keptHash(hash, this.rules.personKeys) : hash;
  }

  /**
   * Keys the hashes that were kept before hashes were keyed, a thousand at a time. A process of before that runs beside this one writes
   * more of them, which go with their receipts.
   * @param after the number to begin behind
   * @returns the number it came to; undefined when there is nothing behind it
   */
  async keyFormer(after: string): Promise<string | undefined> {
    if (this.rules.onOtherContent !== 'refuse') return undefined;
    const { rows } = await this.pool.query<{ number: string; content_hash: string }>(formerHashes, [
      this.connector,
      after,
    ]);
    const former = rows.filter((row) => !isKeptHash(row.content_hash));
    await this.pool.query(keyFormerHashes, [
      former.map(({ number }) => number),
      former.map((row) => row.content_hash),
      former.map((row) => this.kept(row.content_hash)),
    ]);
    return rows.at(-1)?.number;
  }

  /**
   * One that still waits keeps its place in the line under an id of its own, so that the newer one is told after it, not instead:
   * what the catalogue said twice in a row must be heard twice (decision 24), however long the transport was down.
   */
  private async keepWaiting(receipts: readonly Receipt[], sql: Pool | PoolClient): Promise<void> {
    await sql.query({
      name: 'receipt-keep-waiting',
      text: keepWaiting,
      values: [
        receipts.map((each) => each.sender),
        receipts.map((each) => each.controlId),
        receipts.map((each) => each.contentHash),
      ],
    });
  }

  /** Whether a receipt says what was said last, where a register is read again; elsewhere nobody asks beforehand. */
  private async repeats(
    receipts: readonly Receipt[],
    since: Date,
    sql: Pool | PoolClient,
  ): Promise<(receipt: Receipt) => boolean> {
    if (this.rules.onOtherContent === 'refuse') return () => false;
    const rows = await repeatsAmong(receipts, since, sql);
    const keys = new Set(rows.map((row) => keyOf(row.sender, row.control_id)));
    return ({ sender, controlId }) => keys.has(keyOf(sender, controlId));
  }

  /** What became of an id that came before; undefined when it has not, or is free again. Stores nothing. */
  async earlier(sender: string, controlId: string, hash: string, now: Date): Promise<Earlier | undefined> {
    const { rows } = await this.pool.query<{ answer: string; same: boolean; taken: boolean }>(
      earlierOfId,
      // A row of an older version may not be keyed yet.
      [sender, controlId, [this.kept(hash), hash], new Date(now.getTime() - this.rules.windowMilliseconds)],
    );
    const [first] = rows;
    if (first?.same === true) return { kind: 'repeat', answer: first.answer };
    return first?.taken === true ? { kind: 'conflict' } : undefined;
  }

  /** Whether a visit was told as a stay. */
  isTold(visit: Buffer): Promise<boolean> {
    return isTold(this.pool, visit);
  }

  /** The oldest receipts not yet published, in order of arrival. */
  async waiting(limit: number): Promise<readonly Waiting[]> {
    const { rows } = await this.pool.query<{ number: string; sender: string; message: string }>({
      name: 'receipt-waiting',
      text: oldestWaiting,
      values: [this.connector, limit],
    });
    return rows.map(({ number, sender, message }) => {
      const { topic, ...rest } = JSON.parse(message) as Stored;
      return { number, sender, topic, message: rest };
    });
  }

  /** Marks receipts as published. What they carried stays until they are forgotten: the topic may lose it before it is taken. */
  async published(numbers: readonly string[]): Promise<void> {
    await this.pool.query({
      name: 'receipt-published',
      text: markPublished,
      values: [numbers],
    });
  }

  /** How many wait to be published, and since when. */
  async backlog(): Promise<{ readonly waiting: number; readonly oldest: Date | null }> {
    const { rows } = await this.pool.query<{ waiting: number; oldest: Date | null }>(backlog, [
      this.connector,
    ]);
    return rows[0] ?? { waiting: 0, oldest: null };
  }

  /** When the latest message came that is still remembered; all are looked at only when none came lately. */
  async lastReceivedAt(): Promise<Date | undefined> {
    const { rows } = await this.pool.query<{ at: Date | null }>(lastReceived, [
      this.connector,
      new Date(Date.now() - lately),
    ]);
    return rows[0]?.at ?? undefined;
  }

  /**
   * Deletes published receipts past the window whose facts the inbox has, those that it never got after thirty days, and old visits. Bounded,
   * so call it again while it returns `limit`.
   */
  async forget(now: Date, limit = 5000): Promise<number> {
    const { rowCount } = await this.pool.query(forgetPublished, [
      this.connector,
      new Date(now.getTime() - this.rules.windowMilliseconds),
      new Date(now.getTime() - untakenMilliseconds),
      limit,
    ]);
    await forgetVisits(this.pool, now, limit);
    return rowCount ?? 0;
  }

  private async known(
    receipts: readonly Receipt[],
    sql: Pool | PoolClient,
  ): Promise<ReadonlyMap<string, Known>> {
    const { rows } = await sql.query<Known>(knownAmong, [
      receipts.map((each) => each.sender),
      receipts.map((each) => each.controlId),
    ]);
    return new Map(rows.map((row) => [keyOf(row.sender, row.control_id), row]));
  }
}

type Known = {
  readonly sender: string;
  readonly control_id: string;
  readonly content_hash: string;
  readonly answer: string;
};

/** What waits to be published: a fact about somebody sealed, so that it is never on the disk in clear. */
function storedAs({ topic, message }: Receipt, fact: Pick<Stored, 'topic' | 'value'> | undefined): Stored {
  return { topic: fact?.topic ?? topic, ...message, value: fact?.value ?? message.value };
}

/** The id of an event that goes as it is; null for what is no event. */
function eventIdOf(value: string): string | null {
  try {
    const event: unknown = JSON.parse(value);
    return typeof event === 'object' && event !== null && 'id' in event && typeof event.id === 'string'
      ? event.id
      : null;
  } catch {
    return null;
  }
}

function keyOf(sender: string, controlId: string): string {
  return JSON.stringify([sender, controlId]);
}
