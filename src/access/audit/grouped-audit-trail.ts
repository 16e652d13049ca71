import { randomUUID } from 'node:crypto';
import type { SqlConnection } from '../../persistence/database.js';
import { AuditUnavailable } from '../access-context.js';
import type { AuditEntry, AuditTrail } from '../access-context.js';
import type { AuditKey, SealedHead } from './audit-key.js';
import {
  chainStart,
  chainStarted,
  firstSealedFormat,
  hashOfLines,
  lineOf,
  recordOf,
  writtenFormat,
} from './audit-record.js';
import type { AuditRecord, GroupHead } from './audit-record.js';
import { chainHeads } from './chain-heads.js';
import type { ChainHead } from './chain-heads.js';
import type { HeadKeeper } from './head-keeper.js';

/** Entries that may wait for their group; more are refused at once, since the database does not keep up. */
const longestQueue = 10_000;
/** Entries in one group: bounds the size of the statement. */
const largestGroup = 500;
/** How long a group may take before its requests get 503. */
const groupTimeoutMs = 5_000;
/** Heads of earlier chains that a new chain holds on to; older ones are held by the chains that came after them. */
const heldHeads = 64;

/** The records come as the lines that the hash is made of, so each is spelled once. */
const insertGroup = `
  with written as (
    insert into audit_group (chain, number, hash, previous, recorded_at, format, key_id, signature)
    values ($1, $2, $3, $4, $5, $7, $8, $9))
  insert into audit_record
    (id, chain, number, place, recorded_at, actor, unit, role, person_id, case_id, action, outcome, detail)
  select (r.field ->> 0)::uuid, $1, $2, r.place - 1, (r.field ->> 1)::timestamptz, r.field ->> 2, r.field ->> 3, r.field ->> 4,
    (r.field ->> 5)::uuid, (r.field ->> 6)::uuid, r.field ->> 7, r.field ->> 8, r.field -> 9
  from jsonb_array_elements($6::jsonb) with ordinality as r(field, place)`;

type Waiting = {
  /** Of its records, as `lineOf` spells them. */
  readonly lines: readonly string[];
  readonly resolve: () => void;
  readonly reject: (error: AuditUnavailable) => void;
};

/**
 * The trail, written in groups (ACC-5, promise 8): while one group is on its way to the disk, the next gathers. Each
 * process writes a chain of its own; the first record of a chain holds the heads of the chains before it. Each group is
 * sealed by a key that is not in the database, and its head goes to keepers outside it, so that neither a rewritten trail nor
 * a shortened one passes for whole.
 */
export class GroupedAuditTrail implements AuditTrail {
  #queue: Waiting[] = [];
  #queued = 0;
  #writing: Promise<void> | undefined;
  #chain: { readonly id: string; readonly next: number; readonly previous: string } | undefined;

  constructor(
    private readonly database: SqlConnection,
    private readonly clock: { readonly now: () => Date },
    private readonly key: AuditKey,
    private readonly keepers: readonly Pick<HeadKeeper, 'note' | 'flush' | 'close'>[] = [],
  ) {}

  /**
   * Begins this process's chain and brings its head out, so that a trail that was ever written to is never empty.
   * @throws {AuditUnavailable} when the database cannot be written; what a keeper throws
   */
  async begin(): Promise<void> {
    await this.#take([]);
    for (const keeper of this.keepers) await keeper.flush();
  }

  /** @throws {AuditUnavailable} when the group could not be written in time; nothing may be answered then */
  record(entries: readonly AuditEntry[]): Promise<void> {
    return entries.length === 0 ? Promise.resolve() : this.#take(entries);
  }

  #take(entries: readonly AuditEntry[]): Promise<void> {
    if (this.#queued + entries.length > longestQueue)
      return Promise.reject(new AuditUnavailable('too many entries wait to be written'));
    this.#queued += entries.length;
    return new Promise<void>((resolve, reject) => {
      this.#queue.push({ lines: entries.map((entry) => lineOf(recordOf(entry))), resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** The chain that this process writes; undefined before its first group. */
  get chain(): string | undefined {
    return this.#chain?.id;
  }

  /** Waits until everything taken is written or refused. */
  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    for (const keeper of this.keepers) await keeper.close();
  }

  async #write(): Promise<void> {
    // Entries of the same turn of the event loop, whose reads came back together, share the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const tell = await this.#written(this.#nextGroup());
      // The next group goes out first, so that the database has work while this one's requests are answered.
      if (this.#queue.length > 0) setImmediate(tell);
      else tell();
    }
    this.#writing = undefined;
  }

  /** Writes a group. @returns what tells everybody in it how that went */
  async #written(group: readonly Waiting[]): Promise<() => void> {
    try {
      await withinTime(this.#writeGroup(group.flatMap(({ lines }) => lines)));
      return () => group.forEach(({ resolve }) => resolve());
    } catch (error) {
      // Whether the group is stored is not known, so what follows goes into a new chain.
      this.#chain = undefined;
      const unavailable = new AuditUnavailable('the trail could not be written', { cause: error });
      return () => group.forEach(({ reject }) => reject(unavailable));
    }
  }

  #nextGroup(): Waiting[] {
    let size = 0;
    let count = 0;
    for (const { lines } of this.#queue) {
      if (count > 0 && size + lines.length > largestGroup) break;
      size += lines.length;
      count++;
    }
    this.#queued -= size;
    return this.#queue.splice(0, count);
  }

  async #writeGroup(taken: readonly string[]): Promise<void> {
    const chain = this.#chain ?? { id: randomUUID(), next: 1, previous: chainStart };
    const lines = this.#chain ? taken : [lineOf(await this.#chainStarted()), ...taken];
    if (lines.length === 0) return; // The chain is begun already.
    const head: GroupHead = {
      format: writtenFormat,
      chain: chain.id,
      number: chain.next,
      previous: chain.previous,
      recordedAt: this.clock.now(),
    };
    const sealed = this.#seal(head, lines);
    await this.database.prepared('audit-group', insertGroup, [
      head.chain,
      head.number,
      sealed.hash,
      head.previous,
      head.recordedAt,
      `[${lines.join(',')}]`,
      sealed.format,
      sealed.keyId,
      sealed.signature,
    ]);
    this.#chain = { id: chain.id, next: chain.next + 1, previous: sealed.hash };
    for (const keeper of this.keepers) keeper.note(sealed);
  }

  #seal(head: GroupHead, lines: readonly string[]): SealedHead {
    const { format, chain, number, recordedAt } = head;
    const hash = hashOfLines(head, lines);
    return this.key.seal({ format, chain, number, hash, recordedAt: recordedAt.toISOString() });
  }

  /**
   * Holds on to the chains written latest. The first sealed chain holds on to every one that is not sealed: it marks where
   * seals begin, and what is not sealed and not held there was not written by the hub before.
   */
  async #chainStarted(): Promise<AuditRecord> {
    const heads = await chainHeads(this.database);
    const unsealed = heads.filter(({ format }) => format < firstSealedFormat);
    const isFirst = unsealed.length === heads.length;
    return recordOf({
      context: { client: 'hub', units: [], requestId: randomUUID() },
      at: this.clock.now(),
      action: chainStarted,
      outcome: 'success',
      detail: {
        heads: heads.slice(0, heldHeads).map(named),
        ...(isFirst && { unsealed: unsealed.map(named) }),
      },
    });
  }
}

const named = ({ chain, number, hash }: ChainHead) => ({ chain, number, hash });

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not written within ${groupTimeoutMs} ms`)), groupTimeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
