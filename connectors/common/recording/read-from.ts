/**
 * What a fact of a register was read from. It stays beside the fact for as long as that lives and is nowhere in it, so nothing
 * that is published or logged can hold it. Written out only when somebody records it.
 */
const sources = new WeakMap<object, () => string>();

/** Remembers what a fact, or a part of one, was read from. */
export function readFrom<Fact extends object>(fact: Fact, source: () => string): Fact {
  sources.set(fact, source);
  return fact;
}

/** The same for a fact that was made of another. */
export function withSourceOf<Fact extends object>(fact: Fact, other: object): Fact {
  const source = sources.get(other);
  return source ? readFrom(fact, source) : fact;
}

/** What a register said, as it is recorded: its answer about one thing, and the fact that it became then. */
export type RecordedAnswer = { readonly answer: string; readonly fact: unknown };

/** The recording of a fact; undefined for one that nothing may be kept of (a protected person's), or without a source. */
export function recordingOf(fact: object): Buffer | undefined {
  const source = sources.get(fact);
  return source && Buffer.from(JSON.stringify({ answer: source(), fact } satisfies RecordedAnswer));
}
