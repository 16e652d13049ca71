import type { StreamName } from '../stream-type.js';

/**
 * Turns one old shape of an event's payload into the next: from type version `from` to `from + 1`. Pure and total: what
 * was once written is read for ever, so it never rejects and makes up nothing it cannot know.
 */
export type Upcaster = {
  readonly stream: StreamName;
  /** The event's type as it was stored. */
  readonly type: string;
  readonly from: number;
  upcast(data: unknown): unknown;
};

/** Reads payloads of every version ever written. */
export class Upcasters {
  readonly #byKey: ReadonlyMap<string, Upcaster>;

  /** @throws Error when two are given for one version. */
  constructor(upcasters: readonly Upcaster[]) {
    this.#byKey = new Map(upcasters.map((each) => [key(each.stream, each.type, each.from), each]));
    if (this.#byKey.size !== upcasters.length) throw new Error('Two upcasters for one version of an event');
  }

  /**
   * The payload in the shape of version `to`.
   * @throws Error when a step is missing, or the event was written by a newer program than this one.
   */
  read(stream: StreamName, type: string, data: unknown, versions: { from: number; to: number }): unknown {
    if (versions.from > versions.to) {
      throw new Error(
        `${stream} ${type} version ${versions.from} is newer than this program (${versions.to})`,
      );
    }
    let current = data;
    for (let version = versions.from; version < versions.to; version += 1) {
      const step = this.#byKey.get(key(stream, type, version));
      if (!step) throw new Error(`There is no upcaster for ${stream} ${type} version ${version}`);
      current = step.upcast(current);
    }
    return current;
  }
}

const key = (stream: StreamName, type: string, from: number) => `${stream} ${type} ${from}`;
