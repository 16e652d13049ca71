import type { LoggedEvent, StreamName, StreamType } from './stream-type.js';
import { knowsEvent, WrittenByNewer } from './written-by-newer.js';

/** A stream type of which only the log's own needs are known: fold and project. */
export type AnyStreamType = StreamType<unknown, never, LoggedEvent>;

/** Which stream types there are, for work that meets every stream (rebuild, destruction). Made by the composition. */
export class StreamRegistry {
  readonly #byName: ReadonlyMap<string, AnyStreamType>;

  constructor(types: readonly AnyStreamType[]) {
    this.#byName = new Map(types.map((type) => [type.name, type]));
  }

  /** @throws {WrittenByNewer} for a name that is not registered: a log written by another program. */
  get(name: StreamName): AnyStreamType {
    const type = this.#byName.get(name);
    if (!type) throw new WrittenByNewer(name, 'the kind of stream');
    return type;
  }

  has(name: StreamName): boolean {
    return this.#byName.has(name);
  }

  /** Whether this program knows an event of a stream, and the stream itself. */
  knows(event: {
    readonly streamType: StreamName;
    readonly type: string;
    readonly typeVersion: number;
  }): boolean {
    const type = this.#byName.get(event.streamType);
    return type !== undefined && knowsEvent(type, event);
  }
}
