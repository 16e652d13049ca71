import type { Database } from '../persistence/database.js';
import { rebuild, RebuildUnderWay, type RebuildReport } from './rebuild.js';
import { rendering } from './rendering.js';
import type { StreamRegistry } from './stream-registry.js';

export type ShownKeeperOptions = {
  readonly database: Database;
  /** Where a rebuild runs: without limits of time for a statement, because a large log is compared in one. Default: `database`. */
  readonly rebuildOn?: Database;
  readonly registry: StreamRegistry;
  /** The version of this program. Default: its own (`rendering`). */
  readonly version?: string;
  /** So long nobody of the version in force was seen: those of another take over. Default a minute. */
  readonly leaseMilliseconds?: number;
  /** How long to rest after a rebuild that took so long, while another version writes too. Default a minute, or nine times that. */
  readonly restAfter?: (tookMilliseconds: number) => number;
  readonly onEvent?: (event: ShownEvent) => void;
};

export type ShownEvent =
  /** `why`: another version rendered what is shown, or its processes wrote beside this one's. */
  | { readonly kind: 'begun'; readonly why: Why }
  | { readonly kind: 'progress'; readonly sequence: number }
  | { readonly kind: 'ended'; readonly report: RebuildReport }
  /** Another version is in force; this process leaves what is shown alone. */
  | { readonly kind: 'yielded'; readonly to: string };

type Why = 'version' | 'written-by-another';

const minute = 60_000;
/** Replayed in one transaction. Few, so that a process that serves people too is never held up for long. */
const batchSize = 50;
/** Events looked at in one go for who wrote them. */
const lookedAt = 10_000;
/** While another version writes too, rebuilding takes at most a tenth of the time. */
const restAfter = (tookMilliseconds: number) => Math.max(minute, 9 * tookMilliseconds);

/**
 * Keeps what is shown equal to what this program makes of the log (ADR 51). The version that was started last is in force: the
 * first of its processes to come rebuilds what others rendered, while everybody goes on reading and writing. Events that a
 * process of another version writes meanwhile are known by the version they bear, and are corrected by rebuilding again.
 */
export class ShownKeeper {
  readonly #options: ShownKeeperOptions;
  readonly #version: string;
  readonly #ending = new AbortController();
  #state: 'current' | 'rebuilding' | 'yielded' = 'rebuilding';
  #restUntil = 0;

  constructor(options: ShownKeeperOptions) {
    this.#options = options;
    this.#version = options.version ?? rendering;
  }

  /** How it stood the last time it was looked at: `rebuilding` also while it waits for its turn. */
  get state(): 'current' | 'rebuilding' | 'yielded' {
    return this.#state;
  }

  /** Puts this program's version in force. Called once at start. */
  async begin(): Promise<void> {
    await this.#takeOver('true');
  }

  /** Says that a process of this version lives; takes over where nobody of the version in force does any more. */
  async sign(): Promise<void> {
    const { rowCount } = await this.#options.database.query(
      'update rendering set seen_at = clock_timestamp() where version = $1',
      [this.#version],
    );
    const lease = this.#options.leaseMilliseconds ?? minute;
    if (rowCount === 0)
      await this.#takeOver(`rendering.seen_at < clock_timestamp() - interval '${lease} milliseconds'`);
  }

  /**
   * Looks once, and rebuilds where something shown is not of this version.
   * @throws what the rebuild or the database threw; the next call goes on from there
   */
  async keep(): Promise<void> {
    const { rows } = await this.#options.database.query<{ version: string; sequence: number | null }>(
      'select version, sequence from rendering',
    );
    const [row] = rows;
    if (row === undefined) return;
    if (row.version !== this.#version) return this.#yield(row.version);
    if (row.sequence === null) return this.#rebuild('version');
    const fresh = await this.#writtenSince(row.sequence);
    if (fresh.byAnother) return this.#rebuild('written-by-another');
    this.#state = 'current';
    if (fresh.last !== null) await this.#mark(fresh.last);
  }

  /** Cuts a rebuild short; the next process goes on with it. */
  stop(): void {
    this.#ending.abort();
  }

  /** An empty log needs no rebuild, and what is in force already is not begun again. */
  async #takeOver(condition: string): Promise<void> {
    await this.#options.database.query(
      `insert into rendering (one, version, sequence, seen_at)
       values (true, $1, case when exists (select 1 from event) then null else 0 end, clock_timestamp())
       on conflict (one) do update set version = excluded.version, seen_at = excluded.seen_at,
         sequence = case when rendering.version = excluded.version then rendering.sequence else excluded.sequence end
       where ${condition}`,
      [this.#version],
    );
  }

  async #writtenSince(sequence: number): Promise<{ last: number | null; byAnother: boolean }> {
    const { rows } = await this.#options.database.query<{ last: number | null; byAnother: boolean | null }>(
      `select max(sequence) as last, bool_or(rendering is distinct from $2) as "byAnother"
         from (select sequence, rendering from event_sequence join event using (position)
                where sequence > $1 order by sequence limit ${lookedAt}) as fresh`,
      [sequence, this.#version],
    );
    return { last: rows[0]?.last ?? null, byAnother: rows[0]?.byAnother ?? false };
  }

  async #mark(sequence: number): Promise<void> {
    await this.#options.database.query('update rendering set sequence = $2 where version = $1', [
      this.#version,
      sequence,
    ]);
  }

  #yield(to: string): void {
    if (this.#state !== 'yielded') this.#options.onEvent?.({ kind: 'yielded', to });
    this.#state = 'yielded';
  }

  async #rebuild(why: Why): Promise<void> {
    this.#state = 'rebuilding';
    const began = performance.now();
    if (began < this.#restUntil || this.#ending.signal.aborted) return;
    const { database, rebuildOn = database, registry, onEvent } = this.#options;
    let told = false;
    const tell = (event: ShownEvent) => {
      if (!told) onEvent?.({ kind: 'begun', why });
      told = true;
      onEvent?.(event);
    };
    const onProgress = (sequence: number) => tell({ kind: 'progress', sequence });
    const { signal } = this.#ending;
    try {
      const options = { database: rebuildOn, registry, batchSize, onProgress, signal, resume: true };
      const report = await rebuild({ ...options, swap: 'where-different' });
      await this.#mark(report.sequence);
      this.#state = 'current';
      tell({ kind: 'ended', report });
      const ended = performance.now();
      this.#restUntil = ended + (this.#options.restAfter ?? restAfter)(ended - began);
    } catch (error) {
      // Another process does it, or this one ends; what is replayed already is gone on with.
      if (!(error instanceof RebuildUnderWay) && !signal.aborted) throw error;
    }
  }
}
