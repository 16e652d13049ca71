/**
 * What is recorded beside each fact of a resource: the resource as far as it is looked at (null: it was deleted), and what it is told by,
 * because a fact is what a resource differs in from what was told before.
 */
export type Recorded = {
  readonly resource: unknown;
  /** What had been told of it; null: nothing. */
  readonly before: unknown;
  /** What it was read as, by the settings of then and what it referred to. */
  readonly seen: unknown;
  /** Our own time. */
  readonly at: string;
};

/** @param at our own time */
export function recordedResource(recorded: Omit<Recorded, 'at'> & { readonly at: Date }): Buffer {
  return Buffer.from(JSON.stringify({ ...recorded, at: recorded.at.toISOString() } satisfies Recorded));
}
