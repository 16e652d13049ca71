import { pino, type Logger } from 'pino';
import type { ConnectorMetrics } from '../connector-metrics.js';
import { sharedPlaces, type FromThread, type Told } from './messages.js';

/**
 * How long what happened is gathered before it is told; the longer while senders wait most of the time, because everything that follows costs
 * less for many at a time.
 */
const gatherMilliseconds = 50;
const gatherWhileBusyMilliseconds = 500;
/** Of a thread that does not read; further lines are counted. */
const mostLines = 10_000;

/**
 * Tells the starting thread what happens in this one: gathered, and not again before what was told is read, so that nothing piles up. That
 * something was stored is told at once while no sender has to wait for it.
 */
export class ThreadReporter {
  readonly metrics: Pick<ConnectorMetrics, 'message'> = {
    message: (_connector, outcome, seconds) => {
      this.outcomes.push([outcome, seconds]);
      this.later();
    },
  };
  private lines: string[] = [];
  private lostLines = 0;
  private outcomes: [...Told['outcomes']] = [];
  private somethingStored = false;
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;

  constructor(
    private readonly post: (message: FromThread) => void,
    private readonly shared: Int32Array,
    /** What every line of the process's log goes through last: makes it one that may be written. */
    private readonly lastCheck: (line: string) => string,
  ) {}

  /** A logger whose lines the starting thread writes. */
  logger(level: string): Logger {
    return pino(
      { level, base: null, hooks: { streamWrite: this.lastCheck } },
      { write: (line) => this.line(line) },
    );
  }

  /** Something new is durable. */
  stored(): void {
    this.somethingStored = true;
    if (this.busy()) this.later();
    else this.immediate ??= setImmediate(() => this.tell());
  }

  /** Tells what is left, read or not: the thread ends. */
  end(): void {
    clearTimeout(this.timer);
    clearImmediate(this.immediate);
    this.send();
  }

  private line(line: string): void {
    if (this.lines.length < mostLines) this.lines.push(line);
    else this.lostLines += 1;
    this.later();
  }

  private later(): void {
    const pause = this.busy() ? gatherWhileBusyMilliseconds : gatherMilliseconds;
    this.timer ??= setTimeout(() => this.tell(), pause);
  }

  private busy(): boolean {
    return Atomics.load(this.shared, sharedPlaces.busy) === 1;
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.immediate = undefined;
    if (Atomics.load(this.shared, sharedPlaces.unread) > 0) this.later();
    else this.send();
  }

  private send(): void {
    const { lines, lostLines, outcomes, somethingStored: stored } = this;
    if (lines.length + lostLines + outcomes.length === 0 && !stored) return;
    this.lines = [];
    this.lostLines = 0;
    this.outcomes = [];
    this.somethingStored = false;
    Atomics.add(this.shared, sharedPlaces.unread, 1);
    this.post({ kind: 'told', stored, lines: lines.join(''), lostLines, outcomes });
  }
}
