import { DatabaseError } from 'pg';
import type { Decision } from '../process/rejections/rejection.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import type { Transaction } from '../persistence/database.js';
import { StreamDestroyed, type Session } from './log.js';
import { record, type RecordedEvent } from './recorded-event.js';
import { changeOf, type FoldedStream } from './stream-change.js';
import type { Cause, LoggedEvent, ProjectionContext, StreamName, StreamType } from './stream-type.js';
import type { Upcasters } from './upcasters/upcaster.js';
import { appendChange, otherVersion } from './write-change.js';

/** Another writer was quicker; the transaction is lost and the work can run again. */
export class WriterConflict extends Error {
  override readonly name = 'WriterConflict';
  /** The exclusive key that another stream holds, where that is the cause. */
  readonly exclusive: string | undefined;

  constructor(exclusive: string | undefined, options?: ErrorOptions) {
    super('Another writer was quicker', options);
    this.exclusive = exclusive;
  }
}

/** The event is there already, or the stream has another version. */
const writtenByAnother: ReadonlySet<string> = new Set(['23505', otherVersion]);

type Row = {
  readonly id: Uuid;
  readonly type: string;
  readonly version: number;
  readonly state: unknown;
};

const owned = (person: Uuid, type: StreamName): string => `${person} ${type}`;

/** One transaction's view of the log. What it has loaded or appended it knows and does not load again. */
export class PostgresSession implements Session {
  readonly #known = new Map<Uuid, FoldedStream<unknown>>();
  /** What was read beforehand and nobody has asked for yet. */
  readonly #read = new Map<Uuid, Row | undefined>();
  readonly #owned = new Map<string, readonly Uuid[]>();
  #appended = false;

  constructor(
    readonly sql: Transaction,
    private readonly origin: { cause: Cause; recordedAt: Instant },
    private readonly environment: {
      upcasters: Upcasters;
      context: ProjectionContext;
      /** The first attempt of its work: a conflict lets it run again. */
      first?: boolean;
    },
  ) {}

  readonly later: Transaction['later'] = (answer) => this.sql.later(answer);

  /** True once events were appended. */
  get appended(): boolean {
    return this.#appended;
  }

  async load<S, C, E extends LoggedEvent>(
    type: StreamType<S, C, E>,
    id: Uuid,
  ): Promise<{ state: S | undefined; version: number }> {
    const known = this.#known.get(id) as FoldedStream<S> | undefined;
    if (known) return known;
    if (!this.#read.has(id)) await this.readAhead([id]);
    const row = this.#read.get(id) as (Row & { readonly state: S | null }) | undefined;
    if (row && row.type !== type.name) throw new Error(`Stream ${id} is a ${row.type}, not a ${type.name}`);
    const folded = { state: row?.state ?? undefined, version: row?.version ?? 0 };
    this.#known.set(id, folded);
    return folded;
  }

  async readAhead(ids: readonly Uuid[], cases: readonly Uuid[] = []): Promise<void> {
    const unknown = ids.filter((id) => !this.#known.has(id) && !this.#read.has(id));
    const [{ rows }] = await Promise.all([
      this.sql.prepared<Row>(
        'log-load',
        'select id, type, version, state from stream where id = any($1::uuid[])',
        [unknown],
      ),
      ...cases.map(async (person) =>
        this.#owned.set(owned(person, 'svu'), await this.streamsOf(person, 'svu')),
      ),
    ]);
    for (const id of unknown) this.#read.set(id, undefined);
    for (const row of rows) this.#read.set(row.id, row);
  }

  async execute<S, C, E extends LoggedEvent>(
    type: StreamType<S, C, E>,
    id: Uuid,
    command: C,
  ): Promise<{ decision: Decision<E>; state: S | undefined; version: number }> {
    const before = await this.load(type, id);
    if (before.state === undefined && before.version > 0)
      throw new StreamDestroyed(`Stream ${id} is destroyed`);
    const decision = type.decider.decide(command, before.state);
    if (!decision.events || decision.events.length === 0) return { decision, ...before };
    const events = decision.events.map((event, index) =>
      record(type, id, before.version + index + 1, event, this.origin),
    );
    const change = await changeOf(type, id, before, events, this.environment);
    this.later(this.#append(change, before.version, events));
    this.#known.set(id, change.folded);
    return { decision, ...change.folded };
  }

  async streamsOf(personId: Uuid, type: StreamName): Promise<readonly Uuid[]> {
    const before = this.#owned.get(owned(personId, type));
    if (before !== undefined) return before;
    const { rows } = await this.sql.prepared<{ id: Uuid }>(
      'log-streams-of',
      'select id from stream where person_id = $1 and type = $2 order by id',
      [personId, type],
    );
    return rows.map(({ id }) => id);
  }

  async #append(
    change: Parameters<typeof appendChange>[1],
    expectedVersion: number,
    events: readonly RecordedEvent[],
  ): Promise<void> {
    // It may be another's now, or a new one.
    if (change.type === 'svu') this.#owned.clear();
    this.#appended = true;
    try {
      await appendChange(this.sql, change, expectedVersion, events, {
        unmet: this.environment.first === true,
      });
    } catch (error) {
      if (!(error instanceof DatabaseError) || !writtenByAnother.has(error.code ?? '')) throw error;
      const exclusive = error.constraint === 'stream_exclusive_key' ? change.exclusive : undefined;
      throw new WriterConflict(exclusive, { cause: error });
    }
  }
}
