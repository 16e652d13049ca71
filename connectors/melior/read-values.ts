import { readHl7Time, UnreadableTime, type SourceTime } from '../frame/stockholm-time.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { writePath, type FieldPath } from './hl7/field-path.js';
import type { Hl7Message } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';

/** A time and the field it stood in. */
export type FoundTime = SourceTime & { readonly from: string };

/** @throws MessageRefused naming the first that is missing. */
export function requireSegments(message: Hl7Message, segments: readonly string[]): void {
  for (const segment of segments)
    if (!message.has(segment)) throw new MessageRefused('AE', 100, `the segment ${segment} is missing`);
}

/** What orders the facts of a source. @throws MessageRefused when no field holds it. */
export function readOccurredAt(message: Hl7Message, { times }: FieldMapping): FoundTime {
  const time = readTime(message, times.occurredAt);
  if (!time) throw missing(times.occurredAt);
  return time;
}

/** The source's own sequence number (MSH-13), when it is one. */
export function readSequence(message: Hl7Message): number | undefined {
  const sequence = message.get({ segment: 'MSH', field: 13, component: 1, subcomponent: 1 });
  return sequence && /^\d{1,15}$/.test(sequence) ? Number(sequence) : undefined;
}

/** The time in the first field that holds one; `null` when none does and one says explicitly that there is none (`""`). */
export function readTimeOrNull(
  message: Hl7Message,
  paths: readonly FieldPath[],
): FoundTime | null | undefined {
  return readTime(message, paths) ?? (paths.some((path) => message.get(path) === null) ? null : undefined);
}

/** The time in the first field that holds one. @throws MessageRefused when it cannot be read. */
export function readTime(message: Hl7Message, paths: readonly FieldPath[]): FoundTime | undefined {
  for (const path of paths) {
    const text = message.get(path);
    if (!text) continue;
    try {
      return { ...readHl7Time(text), from: writePath(path) };
    } catch (error) {
      if (error instanceof UnreadableTime)
        throw new MessageRefused('AE', 102, error.message, writePath(path));
      throw error;
    }
  }
  return undefined;
}

/** What to refuse with when none of these fields holds anything. */
export function missing(paths: readonly FieldPath[]): MessageRefused {
  const [first] = paths;
  return new MessageRefused('AE', 101, 'required', first && writePath(first));
}
