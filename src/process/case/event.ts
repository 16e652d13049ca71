import type { Actor, Command, Instant, ProcessEvent } from '../vocabulary.js';

/** When something happened and who did it: what a rule needs of an event whose content it does not read. */
export type Moment = { readonly at: Instant; readonly by: Actor };

/** One kind of a union of commands or events. */
export type OfType<Union extends { readonly type: string }, Type extends Union['type']> = Extract<
  Union,
  { readonly type: Type }
>;

/** The event a command leads to: who and when are the command's. */
export function happened<const Type extends string, const Data>(
  command: Pick<Command<string, unknown>, 'at' | 'by'>,
  type: Type,
  data: Data,
): ProcessEvent<Type, Data> {
  return { type, at: command.at, by: command.by, data };
}

/** Letters that show nothing, such as the Hangul fillers, say nothing. */
const readable = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/** The text, trimmed; undefined when there is none that anybody could read: no letter and no digit in it. */
export function stated(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed !== undefined && readable.test(trimmed) ? trimmed : undefined;
}
