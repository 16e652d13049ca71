import { unseen } from '../persistence/kept-plan.js';
import type { Decision } from '../process/rejections/rejection.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import type { BatchStatement, Transaction } from '../persistence/database.js';
import { isLaterEvent } from '../persistence/event-types-at-first.js';
import { StreamDestroyed, type Owned, type Session } from './log.js';
import { record } from './recorded-event.js';
import type { StreamRegistry } from './stream-registry.js';
import { changeOf, type FoldedStream, type StreamChange } from './stream-change.js';
import type { Cause, LoggedEvent, ProjectionContext, StreamName, StreamType } from './stream-type.js';
import type { Upcasters } from './upcasters/upcaster.js';
import type { Appended } from './write-change.js';
import { requireKnownEvents, requireKnownState, WrittenByNewer } from './written-by-newer.js';

/** What a stream has of events that came later than the first ones: most have none. */
type Later = { readonly type: string; readonly typeVersion: number };

type Row = {
  readonly id: Uuid;
  readonly type: string;
  readonly version: number;
  readonly state: unknown;
  readonly later: readonly Later[] | null;
};

type OwnedRow = Owned & { readonly person: Uuid };

/** The streams with some ids, for each who asks. */
const loadStreams: BatchStatement<readonly Uuid[], readonly Row[]> = async (sql, asked) => {
  const { rows } = await sql.prepared<Row>(
    'log-load',
    `select id, type, version, state,
       (select json_agg(json_build_object('type', type, 'typeVersion', type_version)) from event
         where stream_id = stream.id and ${isLaterEvent}) as later
       from stream where id = any(${unseen('$1::uuid[]')})`,
    [asked.flat()],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return asked.map((ids) => ids.map((id) => found.get(id)).filter((row) => row !== undefined));
};

/** The streams of a person in the order of their ids, for each who asks. */
const streamsOfPerson: BatchStatement<Uuid, readonly Owned[]> = async (sql, persons) => {
  const { rows } = await sql.prepared<OwnedRow>(
    'log-streams-of',
    `select id, type, person_id as person from stream where person_id = any(${unseen('$1::uuid[]')}) order by id`,
    [persons],
  );
  const found = Map.groupBy(rows, ({ person }) => person);
  return persons.map((person) => (found.get(person) ?? []).map(({ id, type }) => ({ id, type })));
};

/** One transaction's view of the log. What it has loaded or appended it knows and does not load again. */
export class PostgresSession implements Session {
  readonly #known = new Map<Uuid, FoldedStream<unknown>>();
  /** What was read beforehand and nobody has asked for yet. */
  readonly #read = new Map<Uuid, Row | undefined>();
  readonly #types = new Map<Uuid, StreamName>();
  /** The streams of persons that were read beforehand, as this transaction changed them. */
  readonly #owned = new Map<Uuid, readonly Owned[]>();
  #appended = false;

  constructor(
    readonly sql: Transaction,
    private readonly origin: { cause: Cause; recordedAt: Instant },
    private readonly environment: {
      upcasters: Upcasters;
      context: ProjectionContext;
      /** Writes what was decided, now or before the commit; nobody waits for it. */
      append: (appended: Appended) => void;
      streams?: Pick<StreamRegistry, 'has'>;
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
    requireKnownEvents(type, row?.later ?? []);
    if (row?.state) requireKnownState(type, row.state);
    const folded = { state: row?.state ?? undefined, version: row?.version ?? 0 };
    this.#known.set(id, folded);
    return folded;
  }

  async readAhead(ids: readonly Uuid[], persons: readonly Uuid[] = []): Promise<void> {
    const unknown = ids.filter((id) => !this.#known.has(id) && !this.#read.has(id));
    const [rows] = await Promise.all([
      this.sql.batched(loadStreams, unknown),
      ...persons.map(async (person) => this.#owned.set(person, await this.#ownedBy(person))),
    ]);
    for (const id of unknown) this.#read.set(id, undefined);
    for (const row of rows) {
      this.#read.set(row.id, row);
      this.#types.set(row.id, row.type);
    }
  }

  async typeOf(id: Uuid): Promise<StreamName | undefined> {
    if (!this.#types.has(id) && !this.#read.has(id)) await this.readAhead([id]);
    return this.#types.get(id);
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
    this.#types.set(id, type.name);
    const owner = before.state === undefined ? undefined : type.personOf(before.state);
    if (owner !== change.personId) this.#gotOwner(change, owner);
    this.#appended = true;
    this.environment.append({ change, expectedVersion: before.version, events });
    this.#known.set(id, change.folded);
    return { decision, ...change.folded };
  }

  async streamsOf(personId: Uuid, ...types: readonly StreamName[]): Promise<readonly Owned[]> {
    const owned = await this.#ownedBy(personId);
    const unknown = owned.find(({ type }) => this.environment.streams?.has(type) === false);
    if (unknown !== undefined) throw new WrittenByNewer(unknown.type, 'the kind of stream');
    return owned.filter(({ type }) => types.includes(type));
  }

  async #ownedBy(personId: Uuid): Promise<readonly Owned[]> {
    return this.#owned.get(personId) ?? this.sql.batched(streamsOfPerson, personId);
  }

  /** A stream that is new, or another person's than before. */
  #gotOwner({ id, type, personId }: StreamChange<unknown>, before: Uuid | undefined): void {
    if (before !== undefined) this.#owned.delete(before);
    const known = personId === undefined ? undefined : this.#owned.get(personId);
    if (personId === undefined || known === undefined) return;
    const others = known.filter((each) => each.id !== id);
    const all = [...others, { id, type }];
    this.#owned.set(
      personId,
      all.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
  }
}
