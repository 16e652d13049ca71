import type { BatchStatement, Transaction } from '../persistence/database.js';
import type { Appended } from './write-change.js';

/** What a piece of work does in a transaction that it shares. `sql` is its own view of the transaction. */
export type SharedWork = {
  /** The names of its advisory locks. */
  readonly locks: readonly string[];
  readonly run: (sql: Transaction, append: (appended: Appended) => void) => Promise<unknown>;
};

/** What came of it: its result once all is committed, or that it has to run in a transaction of its own. */
export type SharedOutcome = { readonly result: unknown } | 'alone';

/** A question that waits for its answer. */
export type Asked = {
  readonly statement: BatchStatement<unknown, unknown>;
  readonly question: unknown;
  readonly answer: (answer: unknown) => void;
};

/** It asked for something that is not done for several, or something that it needs is another's just now. */
class NotShared extends Error {
  override readonly name = 'NotShared';
}

/** One piece of work in a shared transaction. Whatever keeps it from its end lets it leave, and then nothing of it is written. */
export class SharedMember {
  readonly appended: Appended[] = [];
  /** What it writes behind that. */
  readonly last: { readonly statement: BatchStatement<unknown, void>; readonly write: unknown }[] = [];
  #outcome: SharedOutcome | undefined;
  #asked: Asked[] = [];
  readonly #refusals = new Set<(error: Error) => void>();

  constructor(readonly work: SharedWork) {}

  /** Undefined until it has decided or left. */
  get outcome(): SharedOutcome | undefined {
    return this.#outcome;
  }

  start(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    try {
      const result = await this.work.run(this.#sql(), (appended) => this.appended.push(appended));
      this.#outcome ??= { result };
    } catch {
      // What it failed with it fails with again, alone, where that is told.
      this.leave();
    }
  }

  /** What it has asked for since it was last looked at. */
  takeAsked(): readonly Asked[] {
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }

  leave(): void {
    this.#outcome = 'alone';
    for (const refuse of this.#refusals) refuse(new NotShared());
    this.#refusals.clear();
    this.#asked = [];
  }

  #sql(): Transaction {
    return {
      query: notShared,
      prepared: notShared,
      later: () => {
        throw new NotShared();
      },
      batched: (statement, question) => this.#ask(statement, question),
      beforeCommit: (statement, write) =>
        void this.last.push({ statement: statement as BatchStatement<unknown, void>, write }),
    };
  }

  #ask<Question, Answer>(statement: BatchStatement<Question, Answer>, question: Question): Promise<Answer> {
    if (this.#outcome !== undefined) return notShared();
    return new Promise((resolve, reject) => {
      this.#refusals.add(reject);
      this.#asked.push({
        statement: statement as BatchStatement<unknown, unknown>,
        question,
        answer: (answer) => {
          this.#refusals.delete(reject);
          resolve(answer as Answer);
        },
      });
    });
  }
}

const notShared = () => Promise.reject(new NotShared());
