import { RateLimiter } from '../common/rate-limiter.js';
import { SoapFailure } from '../common/soap/fault.js';
import { mostPersons } from './contract.js';
import type { RegisterAnswer } from './read-answer.js';

/** Asks the register about up to 500 numbers; those it says nothing about are missing from the answers. */
export type AskRegister = (numbers: readonly string[]) => Promise<ReadonlyMap<string, RegisterAnswer>>;

type Caller = {
  readonly numbers: readonly string[];
  readonly resolve: (answers: ReadonlyMap<string, RegisterAnswer>) => void;
  readonly reject: (error: unknown) => void;
};

export type QueueLimits = {
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  /** Callers waiting at most. */
  readonly longestQueue: number;
};

/**
 * Puts the questions of many callers together: the register allows few questions a second, but 500 persons in each. Nobody
 * waits for company; whoever comes while a question may not yet be asked goes along with it.
 */
export class QuestionQueue {
  private waiting: Caller[] = [];
  private underway = 0;
  private waitsForTurn = false;
  private readonly limiter: RateLimiter;
  private readonly ending = new AbortController();

  constructor(
    private readonly ask: AskRegister,
    private readonly limits: QueueLimits,
  ) {
    this.limiter = new RateLimiter(limits.requestsPerSecond);
  }

  /** @throws SoapFailure, also `partial` when the answer leaves one of these numbers out, `busy` when too many wait and `stopped` after `stop`. */
  answers(numbers: readonly string[]): Promise<ReadonlyMap<string, RegisterAnswer>> {
    if (this.ending.signal.aborted) return Promise.reject(new SoapFailure('stopped', 'passing'));
    if (this.waiting.length >= this.limits.longestQueue)
      return Promise.reject(new SoapFailure('busy', 'passing'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ numbers, resolve, reject });
      void this.pump();
    });
  }

  stop(): void {
    this.ending.abort();
    for (const caller of this.waiting.splice(0)) caller.reject(new SoapFailure('stopped', 'passing'));
  }

  /** Waits for one turn at a time, so that none is spent on callers who went along with the one before. */
  private async pump(): Promise<void> {
    if (this.waitsForTurn) return;
    this.waitsForTurn = true;
    while (this.waiting.length > 0 && this.underway < this.limits.concurrency) {
      await this.limiter.turn(this.ending.signal);
      void this.put(this.nextCallers());
    }
    this.waitsForTurn = false;
  }

  private async put(callers: readonly Caller[]): Promise<void> {
    if (callers.length === 0) return;
    this.underway += 1;
    await this.serve(callers);
    this.underway -= 1;
    void this.pump();
  }

  private nextCallers(): readonly Caller[] {
    const numbers = new Set<string>();
    let count = 0;
    for (const caller of this.waiting) {
      for (const number of caller.numbers) numbers.add(number);
      if (numbers.size > mostPersons && count > 0) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async serve(callers: readonly Caller[]): Promise<void> {
    try {
      const answers = await this.ask([...new Set(callers.flatMap((caller) => caller.numbers))]);
      for (const caller of callers) {
        if (caller.numbers.every((number) => answers.has(number))) caller.resolve(answers);
        else caller.reject(new SoapFailure('partial', 'passing'));
      }
    } catch (error) {
      // One caller's number may be what the other side cannot take: nobody else shall fail for it.
      const passing = error instanceof SoapFailure && error.blame === 'passing';
      if (callers.length === 1 || passing) for (const caller of callers) caller.reject(error);
      else for (const caller of callers) await this.serveAlone(caller);
    }
  }

  private async serveAlone(caller: Caller): Promise<void> {
    await this.limiter.turn(this.ending.signal);
    await this.serve([caller]);
  }
}
