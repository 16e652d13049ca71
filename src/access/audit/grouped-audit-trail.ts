import { randomUUID } from 'node:crypto';
import type { SqlConnection } from '../../persistence/database.js';
import { AuditUnavailable } from '../access-context.js';
import type { AuditEntry, AuditTrail } from '../access-context.js';
import { chainStart, groupHash, recordOf } from './audit-record.js';
import type { AuditRecord, GroupHead } from './audit-record.js';
import { chainHeads } from './chain-heads.js';

/** Entries that may wait for their group; more are refused at once, since the database does not keep up. */
const longestQueue = 10_000;
/** Entries in one group: bounds the size of the statement. */
const largestGroup = 500;
/** How long a group may take before its requests get 503. */
const groupTimeoutMs = 5_000;

const insertGroup = `
  with written as (
    insert into audit_group (chain, number, hash, previous, recorded_at) values ($1, $2, $3, $4, $5))
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
 * process writes a chain of its own; the first record of a chain holds the heads of the chains before it, so that the end
 * of an old chain cannot be cut off unnoticed either.
 */
export class GroupedAuditTrail implements AuditTrail {
  #queue: Waiting[] = [];
  #queued = 0;
  #writing: Promise<void> | undefined;
  #chain: { readonly id: string; readonly next: number; readonly previous: string } | undefined;

  constructor(
    private readonly database: SqlConnection,
    private readonly clock: { readonly now: () => Date },
  ) {}

  /** @throws {AuditUnavailable} when the group could not be written in time; nothing may be answered then */
  record(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    if (this.#queued + entries.length > longestQueue)
      return Promise.reject(new AuditUnavailable('too many entries wait to be written'));
    this.#queued += entries.length;
    return new Promise<void>((resolve, reject) => {
      this.#queue.push({ records: entries.map(recordOf), resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** The end of this process's chain, for a log line outside the database; undefined before the first group. */
  get head(): { readonly chain: string; readonly number: number; readonly hash: string } | undefined {
    return this.#chain && { chain: this.#chain.id, number: this.#chain.next - 1, hash: this.#chain.previous };
  }

  /** Waits until everything taken is written or refused. */
  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
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
    const head: GroupHead = {
      chain: chain.id,
      number: chain.next,
      previous: chain.previous,
      recordedAt: this.clock.now(),
    };
    const hash = groupHash(head, content);
    await this.database.prepared('audit-group', insertGroup, [
      head.chain,
      head.number,
      hash,
      head.previous,
      head.recordedAt,
      JSON.stringify(content.map((record, place) => ({ ...record, place }))),
    ]);
    this.#chain = { id: chain.id, next: chain.next + 1, previous: hash };
  }

  async #chainStarted(): Promise<AuditRecord> {
    const heads = await chainHeads(this.database);
    const context = { client: 'hub', units: [], requestId: randomUUID() };
    return recordOf({
      context,
      at: this.clock.now(),
      action: 'audit-chain-started',
      outcome: 'success',
      detail: { heads },
    });
  }
}

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
