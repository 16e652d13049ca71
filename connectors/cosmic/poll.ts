import type { Logger } from 'pino';
import { since, type PollingSettings } from './configuration-file.js';
import type { FhirReader, Query } from './fhir/fhir-reader.js';
import { FhirFailure } from './fhir/failure.js';
import { ReadTogether } from './fhir/read-together.js';
import type { Remembered } from './kind.js';
import type { Mark, Marks } from './marks.js';
import { deleted, type Taker } from './take-resources.js';
import { advanced, turnedBack, windowStart, type WindowRules } from './window.js';

export type PollerOptions<State extends Remembered> = {
  /** Its name in the log. */
  readonly connector: string;
  readonly resourceType: string;
  /** How many are asked for by their ids in one search at a sweep. */
  readonly readTogether: number;
  readonly settings: PollingSettings;
  readonly reader: FhirReader;
  readonly marks: Marks<State>;
  readonly taker: Taker<State>;
  /** One that may not be read by its id any more counts as gone. */
  readonly unreadableIsGone: boolean;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Still the one that polls, and not stopping. */
  readonly mayGoOn: () => Promise<boolean>;
};

/** This process is no longer the one that polls, or is stopping. */
export class PollEnded extends Error {
  override readonly name = 'PollEnded';
}

type Pass = {
  /** How many were other than before. */
  readonly changed: number;
  readonly ids: ReadonlySet<string>;
  readonly pages: number;
  readonly newest?: number;
  readonly serverTime?: number;
};

const mostPasses = 10;
/** How many are read by their ids before what they lead to is read together. */
const portion = 50;
const hour = 60 * 60 * 1000;

/**
 * Reads what has changed. Searches are repeated until one shows nothing new: a page that changes while it is read can move a
 * resource from a page not yet read to one that was.
 */
export class Poller<State extends Remembered> {
  private readonly rules: WindowRules;
  private readonly together: ReadTogether;
  private sweptAt = -Infinity;
  private changesReadAt = -Infinity;
  /** What went on but an operator should know. */
  warning: 'window-unsettled' | 'too-many-gone' | undefined;

  constructor(private readonly options: PollerOptions<State>) {
    const { overlapSeconds, lookBackHours } = options.settings;
    this.together = new ReadTogether(options.reader, options.resourceType, options.readTogether);
    this.rules = { overlapMilliseconds: overlapSeconds * 1000, lookBackMilliseconds: lookBackHours * hour };
  }

  /** One poll: the changes since the last, and what is open when that is due. @throws FhirFailure, PollEnded, the database's error */
  async poll(sweepNow: boolean): Promise<void> {
    const { settings } = this.options;
    this.warning = undefined;
    const due = performance.now() - this.sweptAt >= settings.sweepSeconds * 1000;
    const sweeps = due || sweepNow || !settings.query.changes;
    if (settings.query.changes) await this.changes(settings.query.changes, sweeps);
    if (!sweeps) return;
    await this.sweep();
    this.sweptAt = performance.now();
  }

  private async changes(
    query: NonNullable<PollingSettings['query']['changes']>,
    wide: boolean,
  ): Promise<void> {
    const { marks } = this.options;
    let position = await marks.position();
    for (let passes = 0; passes < mostPasses; passes += 1) {
      const started = this.options.clock().getTime();
      const from = new Date(windowStart(position, this.rules, started, wide));
      const pass = await this.pass(since(query, from), false);
      const back = turnedBack(position, this.rules, pass.serverTime, started);
      if (back) {
        position = back;
        continue;
      }
      if (pass.pages > 1 && pass.changed > 0) continue;
      await marks.savePosition(advanced(position, pass, started));
      this.changesReadAt = performance.now();
      return;
    }
    // Nothing is lost: the next poll begins where this one did.
    this.warning = 'window-unsettled';
    await marks.savePosition(position);
    this.changesReadAt = performance.now();
  }

  /**
   * Everything that is open; and what was told as open and is not among it, read by its id. So what a window cannot show is found
   * all the same: a deletion, a server without `_lastUpdated`, a clock that is wrong.
   */
  private async sweep(): Promise<void> {
    const { marks, settings, clock } = this.options;
    const ids = new Set<string>();
    this.options.taker.beginSweep();
    for (let passes = 0; ; passes += 1) {
      const pass = await this.pass(settings.query.open, true);
      for (const id of pass.ids) ids.add(id);
      if (pass.pages === 1 || pass.changed === 0) break;
      if (passes === mostPasses) {
        this.warning = 'window-unsettled';
        break;
      }
    }
    // What has ended is asked for a while too: one that is deleted, or of another kind after all, is in no search.
    const endedSince = new Date(clock().getTime() - settings.endedHours * 3_600_000);
    await this.readEach((await marks.toSweep(endedSince)).filter(({ id }) => !ids.has(id)));
  }

  private async readEach(missing: readonly Mark<State>[]): Promise<void> {
    const { taker, settings, logger, connector } = this.options;
    const gone: Mark<State>[] = [];
    for (let from = 0; from < missing.length; from += portion) {
      if (from > 0) await this.changesIfDue();
      // What was told as gone is taken back once; it is still read for a while, because it may come back.
      const goneNow = await this.readPortion(missing.slice(from, from + portion));
      gone.push(...goneNow.filter(({ seen }) => seen !== deleted));
    }
    // A server that lost its memory, or our access to it, must not make the hub forget everybody.
    if (gone.length > settings.mostDeleted) {
      this.warning = 'too-many-gone';
      logger.error(
        { connector, gone: gone.length, most: settings.mostDeleted },
        'more are gone than is believed; none of them is told as gone',
      );
      return;
    }
    for (const mark of gone) {
      await this.checkGoesOn();
      await taker.takeDeleted(mark);
    }
  }

  /** What has changed does not wait until all is read. */
  private async changesIfDue(): Promise<void> {
    const { query, pollSeconds } = this.options.settings;
    const due = performance.now() - this.changesReadAt >= pollSeconds * 1000;
    if (query.changes && due) await this.changes(query.changes, false);
  }

  /**
   * Takes each as it is now, after what they lead to was read together: as one search for all of them shows it, and by its id what that does
   * not show, because it is gone perhaps. @returns those that are gone
   */
  private async readPortion(marks: readonly Mark<State>[]): Promise<readonly Mark<State>[]> {
    const { reader, taker, resourceType, unreadableIsGone } = this.options;
    const gone: Mark<State>[] = [];
    const there: { readonly mark: Mark<State>; readonly resource: unknown; readonly byId: boolean }[] = [];
    await this.checkGoesOn();
    const found = await this.together.read(marks.map(({ id }) => id));
    const shown = new Map(found.map((each) => [each.id, each]));
    for (const mark of marks) {
      await this.checkGoesOn();
      if (shown.has(mark.id)) {
        there.push({ mark, resource: shown.get(mark.id), byId: false });
        continue;
      }
      try {
        const answer = await reader.read(resourceType, mark.id);
        if ('gone' in answer) gone.push(mark);
        else there.push({ mark, resource: answer.resource, byId: true });
      } catch (error) {
        if (!(error instanceof FhirFailure) || error.code !== 'http-403') throw error;
        if (unreadableIsGone) gone.push(mark);
        else await taker.takeUnreadable(mark);
      }
    }
    await taker.prepare(there.map(({ resource }) => resource));
    for (const { mark, resource, byId } of there) {
      await this.checkGoesOn();
      await taker.takeRead(resource, mark, byId);
    }
    return gone;
  }

  private async pass(query: Query, again: boolean): Promise<Pass> {
    const { reader, taker, resourceType: own } = this.options;
    const ids = new Set<string>();
    let [pages, changed, newest] = [0, 0, -Infinity];
    let serverTime: number | undefined;
    for await (const page of reader.pages(own, query)) {
      await this.checkGoesOn();
      pages += 1;
      serverTime ??= page.serverTime?.getTime();
      for (const { resourceType, id, meta } of page.resources) {
        if (resourceType !== own || id === undefined) continue;
        ids.add(id);
        const updated = Date.parse(String(meta?.lastUpdated));
        if (updated > newest) newest = updated;
      }
      changed += await taker.takePage(page.resources, again);
    }
    return {
      changed,
      ids,
      pages,
      ...(Number.isFinite(newest) && { newest }),
      ...(serverTime !== undefined && { serverTime }),
    };
  }

  private async checkGoesOn(): Promise<void> {
    if (!(await this.options.mayGoOn())) throw new PollEnded('not polling here');
  }
}
