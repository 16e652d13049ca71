import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { waitFor } from '../support/wait-for.js';

const firstPauseMs = 100;
const longestPauseMs = 2_000;
const keptErrors = 4_000;

/**
 * One process of the hub under a supervisor, as systemd or Kubernetes would run it: started again whenever it ends, with
 * back-off while it cannot start.
 */
export class SupervisedProcess {
  kills = 0;
  /** Ends that nobody asked for, of a process that had said it was ready: what a running hub must survive, it did not. */
  readonly collapses: string[] = [];
  /** Everything it logged. */
  log = '';
  #child: ChildProcess | undefined;
  #ready = false;
  #starts = 0;
  #startedAt = 0;
  #killed = false;
  #stopping = false;
  #running: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly main: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    this.#running ??= this.#supervise();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** @throws Error with what the process has said by then, and whether it runs */
  async untilReady(timeoutMs: number): Promise<void> {
    try {
      await waitFor(`${this.name} to be ready`, () => this.#ready, timeoutMs);
    } catch (error) {
      const runs = this.#child !== undefined && isRunning(this.#child);
      const state = runs ? `it runs since ${Date.now() - this.#startedAt} ms` : 'it does not run';
      throw new Error(
        `${String(error)}; ${state}, started ${this.#starts} times, and said:\n${this.fatalErrorText}`,
        {
          cause: error,
        },
      );
    }
  }

  get fatalErrorText(): string {
    return this.log.slice(-keptErrors);
  }

  /** SIGKILL to the process as it is now. @returns false when there was none */
  kill(): boolean {
    if (this.#child === undefined || !isRunning(this.#child)) return false;
    this.#killed = true;
    this.kills += 1;
    return this.#child.kill('SIGKILL');
  }

  /** SIGTERM, and no new start. @returns the exit code */
  async stop(): Promise<number | null> {
    this.#stopping = true;
    const child = this.#child;
    child?.kill('SIGTERM');
    await this.#running;
    return child?.exitCode ?? null;
  }

  async #supervise(): Promise<void> {
    for (let pause = firstPauseMs; !this.#stopping;) {
      const wasReady = await this.#runOnce();
      pause = wasReady ? firstPauseMs : Math.min(longestPauseMs, pause * 2);
      if (!this.#stopping) await wait(pause);
    }
  }

  /** @returns whether it had come up before it ended */
  async #runOnce(): Promise<boolean> {
    this.#ready = false;
    this.#killed = false;
    // Nothing of the test's own environment, so that it means the same everywhere.
    const child = spawn(process.execPath, ['--no-warnings', this.main], {
      env: { PATH: process.env['PATH'] ?? '', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#starts += 1;
    this.#startedAt = Date.now();
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.on('exit', endWithUs);
    child.stdout.on('data', (text: Buffer) => (this.#ready ||= text.includes('Hemgång is ready')));
    child.stderr.on('data', (text: Buffer) => (this.log += text.toString()));
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    process.off('exit', endWithUs);
    const wasReady = this.#ready;
    this.#ready = false;
    if (wasReady && !this.#killed && !this.#stopping)
      this.collapses.push(`${this.name} ended by itself (${signal ?? code}):\n${this.fatalErrorText}`);
    return wasReady;
  }
}

/** Neither ended by itself nor by a signal. */
function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
