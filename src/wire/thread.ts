import { Worker } from 'node:worker_threads';

/** What one thing asked of a thread is told by, so that the answer finds who waits. */
export type Numbered<Message> = Message & { readonly number: number };

export type ThreadLimits = {
  /** How long one thing may take, with those before it. Milliseconds. */
  readonly waitMilliseconds: number;
  /** How many may wait. */
  readonly most: number;
  /** Of the thread's memory. */
  readonly megabytes: number;
};

/** Why a thread gives no answer. All of it passes: the next thing asked begins another thread. */
export type ThreadFailureCode = 'timeout' | 'busy' | 'thread-ended';

/** Told without what the thread was doing: that may quote what it read. */
export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure';
  constructor(readonly code: ThreadFailureCode) {
    super(code);
  }
}

type Waiting<Answer> = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Work that takes long, in a thread of its own, one thing after the other, so that it delays no request. The thread begins with the first
 * thing that is asked and keeps no process alive.
 */
export class Thread<Asked extends object, Answer extends object> {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #last = 0;

  /** @param entry its file, which answers each `Numbered<Asked>` on its port by a `Numbered<Answer>` */
  constructor(
    private readonly entry: URL,
    private readonly limits: ThreadLimits,
  ) {}

  /** @throws ThreadFailure */
  ask(asked: Asked): Promise<Answer> {
    if (this.#waiting.size >= this.limits.most) return Promise.reject(new ThreadFailure('busy'));
    const worker = (this.#worker ??= this.#start());
    const number = (this.#last += 1);
    return new Promise<Answer>((resolve, reject) => {
      // What hangs in it would hang for all that come after.
      const timer = setTimeout(() => this.#end(worker, 'timeout'), this.limits.waitMilliseconds);
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(number);
        if (this.#waiting.size === 0) worker.unref();
      };
      this.#waiting.set(number, {
        resolve: (answer) => (done(), resolve(answer)),
        reject: (error) => (done(), reject(error)),
      });
      worker.ref();
      worker.postMessage({ ...asked, number } satisfies Numbered<Asked>, []);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.entry, {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.megabytes },
    });
    worker.unref();
    worker.on('message', (answer: Numbered<Answer>) => this.#waiting.get(answer.number)?.resolve(answer));
    worker.on('error', () => this.#end(worker, 'thread-ended'));
    worker.on('exit', () => this.#end(worker, 'thread-ended'));
    return worker;
  }

  /** Who waits fails, and the next thing asked begins another thread. */
  #end(worker: Worker, code: ThreadFailureCode): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const each of this.#waiting.values()) each.reject(new ThreadFailure(code));
    void worker.terminate();
  }
}
