import { randomUUID } from 'node:crypto';
import type { SqlConnection } from '../../persistence/database.js';
import { AuditUnavailable } from '../access-context.js';
import type { AuditEntry, AuditTrail } from '../access-context.js';
import type { AuditKey, SealedHead } from './audit-key.js';
import {
  chainStart,
  chainStarted,
  firstSealedFormat,
  groupHash,
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

const insertGroup = `
  with written as (
    insert into audit_group (chain, number, hash, previous, recorded_at, format, key_id, signature)
    values ($1, $2, $3, $4, $5, $7, $8, $9))
  insert into audit_record
    (id, chain, number, place, recorded_at, actor, unit, role, person_id, case_id, action, outcome, detail)
  select r.id, $1, $2, r.place, r."recordedAt", r.actor, r.unit, r.role, r."personId", r."caseId", r.action, r.outcome, r.detail
  from jsonb_to_recordset($6::jsonb) as r(id uuid, place integer, "recordedAt" timestamptz, actor text, unit text,
    role text, "personId" uuid, "caseId" uuid, action text, outcome text, detail jsonb)`;

type Waiting = {
  readonly records: readonly AuditRecord[];
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
      this.#queue.push({ records: entries.map(recordOf), resolve, reject });
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
      const group = this.#nextGroup();
      try {
        await withinTime(this.#writeGroup(group.flatMap(({ records }) => records)));
        for (const { resolve } of group) resolve();
      } catch (error) {
        // Whether the group is stored is not known, so what follows goes into a new chain.
        this.#chain = undefined;
        const unavailable = new AuditUnavailable('the trail could not be written', { cause: error });
        for (const { reject } of group) reject(unavailable);
      }
    }
    this.#writing = undefined;
  }

  #nextGroup(): Waiting[] {
    let size = 0;
    let count = 0;
    for (const { records } of this.#queue) {
      if (count > 0 && size + records.length > largestGroup) break;
      size += records.length;
      count++;
    }
    this.#queued -= size;
    return this.#queue.splice(0, count);
  }

  async #writeGroup(records: readonly AuditRecord[]): Promise<void> {
    const chain = this.#chain ?? { id: randomUUID(), next: 1, previous: chainStart };
    const content = this.#chain ? records : [await this.#chainStarted(), ...records];
    if (content.length === 0) return; // The chain is begun already.
    const head: GroupHead = {
      format: writtenFormat,
      chain: chain.id,
      number: chain.next,
      previous: chain.previous,
      recordedAt: this.clock.now(),
    };
    const sealed = this.#seal(head, content);
    await this.database.prepared('audit-group', insertGroup, [
      head.chain,
      head.number,
      sealed.hash,
      head.previous,
      head.recordedAt,
      JSON.stringify(content.map((record, place) => ({ ...record, place }))),
      sealed.format,
      sealed.keyId,
      sealed.signature,
    ]);
    this.#chain = { id: chain.id, next: chain.next + 1, previous: sealed.hash };
    for (const keeper of this.keepers) keeper.note(sealed);
  }

  #seal(head: GroupHead, content: readonly AuditRecord[]): SealedHead {
    const { format, chain, number, recordedAt } = head;
    const hash = groupHash(head, content, JSON.stringify);
    if (hash === undefined) throw new Error(`there is no format ${format} of the trail`);
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
