import type { RepeatableRequest } from './idempotency-key.js';

/** Requests with an Idempotency-Key that this process works on. Of those of other processes the database tells, when both end. */
export class UnderWay {
  /** The hash of the body, by scope and key. */
  readonly #running = new Map<string, string>();

  /** Whether a request with this key is under way, of the same content or another. */
  of(
    request: RepeatableRequest,
  ):
    | { readonly kind: 'under-way' }
    | { readonly kind: 'other-content'; readonly answer: undefined }
    | undefined {
    const hash = this.#running.get(nameOf(request));
    if (hash === undefined) return undefined;
    return hash === request.contentHash
      ? { kind: 'under-way' }
      : { kind: 'other-content', answer: undefined };
  }

  async during<Result>(request: RepeatableRequest, work: () => Promise<Result>): Promise<Result> {
    const name = nameOf(request);
    this.#running.set(name, request.contentHash);
    try {
      return await work();
    } finally {
      this.#running.delete(name);
    }
  }
}

const nameOf = ({ scope, key }: RepeatableRequest): string => `${key} ${scope}`;
