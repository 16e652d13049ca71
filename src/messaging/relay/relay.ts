import { unitsThatSee } from '../../access/units-that-see.js';
import { currentEpoch } from '../../log/epoch.js';
import { moveReader, readerPosition, readLog } from '../../log/read-log.js';
import type { SequencedEvent } from '../../log/recorded-event.js';
import { WrittenByNewer } from '../../log/written-by-newer.js';
import { advisoryLocks } from '../../persistence/advisory-locks.js';
import type { Database, SqlConnection } from '../../persistence/database.js';
import { workUnderLock } from '../../persistence/session-lock.js';
import { toldToNobody } from '../../process/case/circles.js';
import type { KindOfCase } from '../../process/case/kind-of-case.js';
import type { CaseState } from '../../process/case/state.js';
import { caseEvent, eventMessage } from '../contracts/build-event.js';
import { caseTopic } from '../contracts/facts.js';
import { delay } from '../transport/delay.js';
import type { OutgoingMessage, Transport } from '../transport/transport.js';
import { Pace } from '../transport/pace.js';
import { Wake } from '../transport/wake.js';

/** What the relay asks of a kind of case. */
type FollowedKind = Pick<KindOfCase, 'name' | 'followers'>;

/** The kinds of case, and the streams that hang on their cases. */
type FollowedKinds = {
  readonly all: readonly FollowedKind[];
  readonly under: readonly { readonly name: string }[];
};

export type RelayOptions = {
  readonly database: Database;
  readonly transport: Transport;
  /** The kinds of case of which followers are told. */
  readonly kinds: FollowedKinds;
  /** Whether this program knows an event; one that it does not know it tells nobody of, and lets another process relay. Default: all. */
  readonly knows?: (event: SequencedEvent) => boolean;
  /** How soon to look for events that other processes logged, up to ten times as seldom while there are none. Default 50 ms. */
  readonly pollMs?: number;
  /** Told after each batch: up to which sequence the log has been told. */
  readonly onRelayed?: (sequence: number) => void;
  /** Told of what went wrong; the relay goes on by itself. */
  readonly onError?: (error: unknown) => void;
};

/** By which the log knows how far followers have been told. */
export const readerName = 'relay';
const batchSize = 500;
const gatherMs = 20;
/** How often one that stands by looks whether the lock came free. */
const standByMs = 1_000;

/**
 * Tells followers what happened in cases: reads the log by its dense order and appends thin events to the case topic,
 * keyed by case, at least once and in order. How far it has come moves after the append, on the session that holds the
 * lock, which is asked before each append too. One of the processes that start a relay works at a time.
 */
export class Relay {
  readonly #wake = new Wake();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #pace: Pace;
  readonly #kinds: ReadonlyMap<string, FollowedKind>;
  readonly #underCases: ReadonlySet<string>;

  constructor(private readonly options: RelayOptions) {
    this.#kinds = new Map(options.kinds.all.map((kind) => [kind.name, kind]));
    this.#underCases = new Set(options.kinds.under.map(({ name }) => name));
    this.#pace = new Pace(options.pollMs ?? 50);
    this.#running = this.#run();
  }

  /** Looks at once; for the process that has just sequenced. */
  wake(): void {
    this.#wake.ring();
  }

  /** Finishes the batch under way and lets another process take over. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { database, onError } = this.options;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        await database.session(async (sql, lost) => {
          await workUnderLock(sql, advisoryLocks.relay, {
            lost,
            over: () => this.#stopping.signal.aborted,
            standBy: () => delay(standByMs, this.#stopping.signal),
            turn: async (stillHeld) => {
              const count = await this.#relay(sql, stillHeld);
              failures = 0;
              if (count < batchSize) await this.#rest(count > 0);
            },
          });
        });
      } catch (error) {
        failures += 1;
        onError?.(error);
        await delay(Math.min(10_000, 100 * 2 ** Math.min(failures, 10)), this.#stopping.signal);
      }
    }
  }

  async #rest(found: boolean): Promise<void> {
    // What comes right after goes together: one look costs as much as one for a hundred.
    if (found) await delay(gatherMs, this.#stopping.signal);
    await this.#wake.wait(this.#pace.after(found), this.#stopping.signal);
  }

  /** One batch. @returns how many events of the log were read */
  async #relay(sql: SqlConnection, stillHeld: () => Promise<void>): Promise<number> {
    const events = await readLog(sql, await readerPosition(sql, readerName), batchSize);
    const last = events.at(-1);
    if (last === undefined) return 0;
    const unknown = events.find((event) => this.options.knows?.(event) === false);
    if (unknown !== undefined) throw new WrittenByNewer(unknown.streamType, unknown.type);
    const ofCases = await this.#ofCases(sql, events);
    const participating = await participatingUnits(sql, ofCases);
    const epoch = ofCases.length === 0 ? undefined : await currentEpoch(sql);
    const messages = ofCases.map((of) => toMessage(of, participating.get(of.caseId) ?? nobody, epoch));
    if (messages.length > 0) {
      // Who was frozen since it read must not tell what another has told since, with units as they were.
      await stillHeld();
      await this.options.transport.append(caseTopic, messages);
    }
    await moveReader(sql, readerName, last.sequence);
    this.options.onRelayed?.(last.sequence);
    return events.length;
  }

  /** The events of cases, and of what hangs on them as far as somebody sees it (CON-5). */
  async #ofCases(sql: SqlConnection, events: readonly SequencedEvent[]): Promise<readonly OfCase[]> {
    const hanging = events.filter(({ streamType }) => this.#underCases.has(streamType));
    const streams = [...new Set(hanging.map(({ streamId }) => streamId))];
    const under = streams.length === 0 ? undefined : await unitsThatSee(sql, streams);
    return events.flatMap((event): OfCase[] => {
      const hangs = under?.get(event.streamId);
      const kind = this.#kinds.get(hangs?.kind ?? event.streamType);
      if (kind === undefined || hangs?.units.length === 0 || toldToNobody.has(event.type)) return [];
      return [
        { event, kind, caseId: hangs?.caseId ?? event.streamId, ...(hangs && { seenBy: hangs.units }) },
      ];
    });
  }
}

/**
 * The units that see each case now (ACC-1). One that has left is not told any more (ACC-7). An annulled case nobody sees, and of
 * it those are told who can read that it is annulled (VIEW-11). Every follower reads who is named, so a unit of the hospital is
 * not where a refusal keeps it from the receivers (CON-5).
 */
async function participatingUnits(
  sql: SqlConnection,
  events: readonly OfCase[],
): Promise<ReadonlyMap<string, Participating>> {
  if (events.length === 0) return new Map();
  const kinds = new Map(events.map(({ caseId, kind }) => [caseId, kind]));
  const { rows } = await sql.query<{ scope: string; units: string[]; state: CaseState | null }>(
    `select of.scope, of.units, stream.state from (
       select g.stream_id as scope, array_agg(distinct g.unit order by g.unit) as units from access_grant as g
         where g.stream_id = any($1::uuid[]) and (g.scope = g.stream_id
           or not exists (select from access_grant as c where c.scope = g.stream_id and c.stream_id = g.stream_id))
         group by g.stream_id) as of
     left join stream on stream.id = of.scope`,
    [[...kinds.keys()]],
  );
  return new Map(
    rows.map(({ scope, units, state }) => [
      scope,
      {
        state,
        units: units.filter(
          (unit) => state === null || kinds.get(scope)?.followers.mayName(state, unit) === true,
        ),
      },
    ]),
  );
}

type Participating = { readonly units: readonly string[]; readonly state: CaseState | null };
type OfCase = {
  readonly event: SequencedEvent;
  readonly kind: FollowedKind;
  readonly caseId: string;
  /** Of an event of what hangs on the case: the units that see something of it. */
  readonly seenBy?: readonly string[];
};
const nobody: Participating = { units: [], state: null };

/**
 * The unit that this event removed from the case, so that its system takes the case off its list at once (ACC-7). None that takes part
 * again by now, and none that may not be named.
 */
function removedBy(
  { type, data, occurredAt }: SequencedEvent,
  { followers }: FollowedKind,
  { units, state }: Participating,
): string[] {
  const field = followers.leaving[type];
  const unit = field === undefined ? undefined : (data as Readonly<Record<string, unknown>> | null)?.[field];
  const named = typeof unit === 'string' && !units.includes(unit) && state !== null;
  return named && followers.mayNameAsRemoved(state, unit, occurredAt) ? [unit] : [];
}

function toMessage(
  { event, kind, caseId, seenBy }: OfCase,
  participating: Participating,
  epoch: string | undefined,
): OutgoingMessage {
  const { id, type, sequence, occurredAt } = event;
  const { state } = participating;
  const units = participating.units.filter(
    (unit) =>
      (seenBy === undefined || seenBy.includes(unit)) &&
      (state === null || kind.followers.concerns(state, unit, type)),
  );
  const removed = removedBy(event, kind, participating);
  const data = {
    caseId,
    kind: kind.name,
    event: type,
    sequence,
    occurredAt,
    units,
    ...(epoch !== undefined && { epoch }),
  } as const;
  return eventMessage(
    caseId,
    caseEvent({ id, data: removed.length === 0 ? data : { ...data, removedUnits: removed } }),
  );
}
