import type { SvuCommand } from '../svu/commands.js';
import type { SvuEvent } from '../svu/events.js';

/** One kind of command, or of event, of an SVU. */
export type CommandOf<Type extends SvuCommand['type']> = Extract<SvuCommand, { type: Type }>;
export type EventOf<Type extends SvuEvent['type']> = Extract<SvuEvent, { type: Type }>;

/** The event a command leads to: who and when are the command's. */
export function happened<Type extends SvuEvent['type']>(
  command: SvuCommand,
  type: Type,
  data: EventOf<Type>['data'],
): SvuEvent {
  return { type, at: command.at, by: command.by, data } as EventOf<Type>;
}

/** The text, trimmed; undefined when there is none. */
export function stated(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? undefined : trimmed;
}
