import { correctNextDeadline, dueStreams } from '../../log/streams-with-deadlines.js';
import type { DueStream } from '../../log/streams-with-deadlines.js';
import { isConnectionFailure } from '../../persistence/connection-failure.js';
import { personLock } from '../../persons/person-locks.js';
import type { Uuid } from '../../process/vocabulary.js';
import { systemActor } from '../dependencies.js';
import type { CasesDependencies } from '../dependencies.js';
import { streamsWithDeadlines } from '../streams/collect-streams.js';

/** What one round did. */
export type DeadlineRound = {
  /** Events that were written. */
  readonly told: number;
  /** In how many milliseconds the next deadline comes, as far as one is known; 0: there is more to do now. */
  readonly nextIn: number | undefined;
};

type DeadlineDependencies = Pick<CasesDependencies, 'log' | 'sql' | 'now' | 'kinds'>;

export type DeadlineOptions = {
  /** Streams in one round, so that a round is never long. */
  readonly limit?: number;
  /** How far ahead a round looks for the next deadline; as long as the longest sleep between two rounds. */
  readonly aheadMilliseconds: number;
  readonly onFailure?: (failure: { readonly streamId: Uuid; readonly error: unknown }) => void;
};

/** So long a stream that failed is left alone, and one that the database did not let through. */
const restMilliseconds = { failed: 60_000, notNow: 10_000 };
/** The database does not answer: a round ends after so many in a row that it did not let through. */
const mostInARow = 3;
/** Streams that failed are remembered up to so many; beyond that they take their turn with the others. */
const mostRemembered = 1_000;

/**
 * Tells what has become true of deadlines: the timer job of every kind of stream that has to-dos (ADR 61). Any number of processes
 * may run it: which streams are due stands with them, and the decision under the person's lock lets each thing happen once. After
 * hours of standing still each to-do gets one event, the newest truth. A stream that fails delays no other.
 */
export class DeadlineReporter {
  readonly #failed = new Map<Uuid, number>();

  constructor(
    private readonly deps: DeadlineDependencies,
    private readonly options: DeadlineOptions,
  ) {}

  /** @throws the database's error when it does not answer; the next round goes on from there */
  async round(): Promise<DeadlineRound> {
    const { limit = 50, aheadMilliseconds } = this.options;
    const now = this.deps.now().getTime();
    const horizon = new Date(now + aheadMilliseconds).toISOString();
    const found = await dueStreams(this.deps.sql, horizon, limit, this.#resting(now));
    const later = found.find(({ nextDeadline }) => nextDeadline.getTime() > now);
    const due = found.filter(({ nextDeadline }) => nextDeadline.getTime() <= now);
    let told = 0;
    let inARow = 0;
    // In another order in each process, so that they seldom wait for one another.
    for (const stream of shuffled(due)) {
      try {
        told += await reportDeadlines(this.deps, stream);
        inARow = 0;
      } catch (error) {
        const notNow = isConnectionFailure(error);
        this.#rest(stream.id, notNow ? restMilliseconds.notNow : restMilliseconds.failed);
        this.options.onFailure?.({ streamId: stream.id, error });
        inARow = notNow ? inARow + 1 : 0;
        if (inARow === mostInARow) throw error;
      }
    }
    if (due.length === limit) return { told, nextIn: 0 };
    return { told, nextIn: later && Math.max(0, later.nextDeadline.getTime() - this.deps.now().getTime()) };
  }

  #rest(id: Uuid, milliseconds: number): void {
    if (this.#failed.size < mostRemembered) this.#failed.set(id, this.deps.now().getTime() + milliseconds);
  }

  #resting(now: number): readonly Uuid[] {
    for (const [id, until] of this.#failed) if (until <= now) this.#failed.delete(id);
    return [...this.#failed.keys()];
  }
}

/** @returns how many events were written: none where another process was quicker */
async function reportDeadlines(deps: DeadlineDependencies, stream: DueStream): Promise<number> {
  const { id, personId } = stream;
  const type = streamsWithDeadlines(deps.kinds).find(({ name }) => name === stream.type);
  if (type?.nextDeadline === undefined)
    throw new Error(`A stream of type ${stream.type} has no deadlines here`);
  const { nextDeadline } = type;
  const at = deps.now().toISOString();
  const locks = [personId === null ? `${stream.type}:${id}` : personLock(personId)];
  const cause = { kind: 'hub', id: 'note-deadlines' } as const;
  return deps.log.transact({ locks, cause, recordedAt: at }, async (session) => {
    const before = (await session.load(type, id)).state;
    // It became another's since it was found (PAT-12): the next round takes that person's lock.
    if (before === undefined || type.personOf(before) !== (personId ?? undefined)) return 0;
    const command = { type: 'note-deadlines', at, by: systemActor('clock'), data: {} } as const;
    const { decision, state } = await session.execute(type, id, command);
    if (decision.rejection !== undefined)
      throw new Error(`note-deadlines was refused: ${decision.rejection.code}`);
    const next = nextDeadline(state);
    if (next !== undefined && next <= at) throw new Error('A deadline that has come gives nothing to tell');
    if (decision.events.length === 0) await correctNextDeadline(session.sql, id, next);
    return decision.events.length;
  });
}

const shuffled = <Each>(list: readonly Each[]): readonly Each[] =>
  list
    .map((each) => ({ each, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each);
