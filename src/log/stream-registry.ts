import type { LoggedEvent, StreamName, StreamType } from './stream-type.js';

/** A stream type of which only the log's own needs are known: fold and project. */
export type AnyStreamType = StreamType<unknown, never, LoggedEvent>;

/** Which stream types there are, for work that meets every stream (rebuild, destruction). Made by the composition. */
export class StreamRegistry {
  readonly #byName: ReadonlyMap<string, AnyStreamType>;

  constructor(types: readonly AnyStreamType[]) {
    this.#byName = new Map(types.map((type) => [type.name, type]));
  }

  /** @throws Error for a name that is not registered: a log written by another program. */
  get(name: StreamName): AnyStreamType {
    const type = this.#byName.get(name);
    if (!type) throw new Error(`There is no stream type ${name}`);
    return type;
  }
}
