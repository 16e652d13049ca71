import { randomUUID } from 'node:crypto';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import type { Cause, LoggedEvent, StreamName, StreamType } from './stream-type.js';
import type { Upcasters } from './upcasters/upcaster.js';

/** The type of the log's own event: everything before it in the stream was destroyed by decision. */
export const destroyedType = 'StreamDestroyed';

/** An event as the log keeps it. `data` is null when it was destroyed by decision. */
export type RecordedEvent = {
  readonly id: Uuid;
  readonly streamType: StreamName;
  readonly streamId: Uuid;
  readonly streamVersion: number;
  readonly type: string;
  readonly typeVersion: number;
  readonly personId: Uuid | undefined;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly cause: Cause;
  readonly data: unknown;
};

/** An event with its place in the log: `position` as allocated, `sequence` as given by the sequencer, dense. */
export type SequencedEvent = RecordedEvent & { readonly position: number; readonly sequence: number };

/** The event as it will be kept: what JSON does not carry is gone, times have milliseconds and `Z`. */
export function record(
  type: Pick<StreamType<never, never, never>, 'name' | 'versions'>,
  streamId: Uuid,
  streamVersion: number,
  event: LoggedEvent,
  options: { cause: Cause; recordedAt: Instant },
): RecordedEvent {
  return {
    id: randomUUID(),
    streamType: type.name,
    streamId,
    streamVersion,
    type: event.type,
    typeVersion: versionOf(type, event.type),
    personId: undefined,
    occurredAt: instant(event.at),
    recordedAt: instant(options.recordedAt),
    actor: asJson(event.by),
    cause: options.cause,
    data: asJson(event.data),
  };
}

/** The event as `evolve` takes it, its payload in the shape of today. */
export function asProcessEvent(
  type: Pick<StreamType<never, never, never>, 'name' | 'versions'>,
  event: RecordedEvent,
  upcasters: Upcasters,
): LoggedEvent {
  const versions = { from: event.typeVersion, to: versionOf(type, event.type) };
  const data = upcasters.read(type.name, event.type, event.data, versions);
  return { type: event.type, at: event.occurredAt, by: event.actor, data };
}

/** What storing and reading back makes of a value. */
export function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export const instant = (time: Instant | Date): Instant => new Date(time).toISOString();

function versionOf(type: Pick<StreamType<never, never, never>, 'versions'>, eventType: string): number {
  return type.versions?.[eventType] ?? 1;
}
