import type { TodoEvent } from '../case/acknowledging.js';
import { circleOf } from '../case/circles.js';
import type { CommandUnderCase } from '../under-case/command-under-case.js';
import type { FollowingCommand, FollowingEvent } from '../under-case/following-case.js';
import type { TodoCommandUnderCase } from '../under-case/todos-under-case.js';
import type { Actor, HsaId, Instant, ProcessEvent, Todo, Uuid } from '../vocabulary.js';

/** The one file of a message (MSG-4): a text, as bytes in base64. */
export type Attachment = { readonly name: string; readonly contentType: string; readonly data: string };

/** What a unit writes to others of a case. */
type Sending = {
  readonly caseId: Uuid;
  readonly text: string;
  /** To whom. Left out: everybody who takes part; of an answer, who read what it answers. */
  readonly to?: readonly HsaId[];
  /** Who is asked to acknowledge it (MSG-2). Left out: all who get it. */
  readonly acknowledgedBy?: readonly HsaId[];
  /** The message that it answers, and who alone reads that now. */
  readonly answers?: { readonly id: Uuid; readonly readers?: readonly HsaId[] };
  readonly attachment?: Attachment;
  /** Whether the stay that the case is of goes on (MSG-9). */
  readonly duringStay: boolean;
};

export type MessageCommand =
  | CommandUnderCase<'send', Sending>
  /** MSG-3 */
  | CommandUnderCase<'annul', Record<string, never>>
  | TodoCommandUnderCase
  | FollowingCommand;

/** A message as it was sent. */
type Sent = {
  readonly caseId: Uuid;
  readonly personId: Uuid;
  readonly text: string;
  readonly recipients: readonly HsaId[];
  /** Who alone reads it, the sender included. Left out: everybody who takes part (MSG-1). */
  readonly readers?: readonly HsaId[];
  /** The circle of the case that reads it. Earlier versions left it out: the first one of `readers`. */
  readonly circle?: string;
  readonly acknowledgedBy: readonly HsaId[];
  /** What the units were called then. */
  readonly unitNames: Readonly<Record<HsaId, string>>;
  readonly answers?: Uuid;
  readonly attachment?: Attachment;
};

export type MessageEvent =
  | ProcessEvent<'MessageSent', Sent>
  | ProcessEvent<'MessageAnnulled', Record<string, never>>
  | TodoEvent
  | FollowingEvent;

/** The circle of the case that alone reads a message; undefined: everybody who takes part does (MSG-1). */
export const circleOfMessage = ({ circle, readers }: Pick<Sent, 'circle' | 'readers'>): string | undefined =>
  circle ?? (readers && circleOf(readers));

/** A message under a case, in a stream of its own, so that a step of the case costs the same however many there are. */
export type MessageState = Omit<Sent, 'acknowledgedBy'> & {
  readonly sentAt: Instant;
  readonly sentBy: Actor;
  readonly annulled?: { readonly at: Instant; readonly by: Actor };
  readonly todos: Readonly<Record<string, Todo>>;
};
