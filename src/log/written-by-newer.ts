import { destroyedType } from './recorded-event.js';
import type { LoggedEvent, StreamType } from './stream-type.js';

/**
 * A newer version of the program, which runs beside this one, has written something here that this one does not know. It leaves the stream to
 * those of the newer version: what it would make of the state could be wrong (ADR 88). Trying again helps, wherever a newer process takes it.
 */
export class WrittenByNewer extends Error {
  override readonly name = 'WrittenByNewer';

  /** @param what kind of thing, by its name in the program; never content */
  constructor(stream: string, what: string) {
    super(`${stream}: ${what} is of a newer version of the program; its processes take it`);
  }
}

type Known = Pick<StreamType<never, never, LoggedEvent>, 'name' | 'events' | 'versions'>;

/** Whether this program knows an event, in the form in which it was written. The log's own may stand in every stream. */
export const knowsEvent = (
  { events, versions }: Known,
  { type, typeVersion }: { readonly type: string; readonly typeVersion: number },
): boolean =>
  events === undefined ||
  ((type === destroyedType || events.has(type)) && typeVersion <= (versions?.[type] ?? 1));

/** @throws {WrittenByNewer} */
export function requireKnownEvents(
  stream: Known,
  events: readonly { readonly type: string; readonly typeVersion: number }[],
): void {
  const unknown = events.find((event) => !knowsEvent(stream, event));
  if (unknown !== undefined) throw new WrittenByNewer(stream.name, `${unknown.type} ${unknown.typeVersion}`);
}

/** @throws {WrittenByNewer} */
export function requireKnownState<State>(
  { name, unknownIn }: Pick<StreamType<State, never, LoggedEvent>, 'name' | 'unknownIn'>,
  state: State,
): void {
  const unknown = unknownIn?.(state);
  if (unknown !== undefined) throw new WrittenByNewer(name, unknown);
}
