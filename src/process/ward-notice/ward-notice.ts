import type { DeadlineEvent, NoteDeadlines } from '../deadlines/telling.js';
import type { Command, HsaId, ProcessEvent, Todo, WardNoticeEnd } from '../vocabulary.js';
import type { TodoCommandOfNoCase, TodoEventOfNoCase } from '../todo/todos-of-no-case.js';
import type { WardNoticeKind } from './todo-kinds.js';

type Told = {
  readonly ward: HsaId;
  /** The sender's message id. */
  readonly reference: string;
  /** The ward's own number of the visit, by which its staff find the patient in their journal; never a person's number. */
  readonly visit?: string;
  /** Left out: `plan-by-telephone`. */
  readonly kind?: WardNoticeKind;
};

/**
 * A to-do for a ward about a patient the hub may not or cannot know: unknown (PAT-1), reserve-numbered (PAT-4),
 * protected (PAT-5); or about one who came from another organisation (SVU-42). It carries no personal data: the ward, and
 * what the sender calls visit and message. Unknown and protected look alike to the reader: both say to plan by telephone.
 */
export type WardNoticeCommand =
  | Command<'notify-ward', Told>
  /** There is nothing more to agree on (SVU-42), or to plan by telephone. */
  | Command<'close-notice', { readonly end: WardNoticeEnd }>
  /** What ended it was undone. */
  | Command<'ask-again', Record<string, never>>
  /** How far the ward has come; a to-do about nobody takes no remarks (PAT-6). */
  | TodoCommandOfNoCase
  | NoteDeadlines;

export type WardNoticeEvent =
  | ProcessEvent<'WardTold', Told>
  | ProcessEvent<'WardNoticeClosed', { readonly key: string; readonly end: WardNoticeEnd }>
  | TodoEventOfNoCase
  | DeadlineEvent;

export type WardNoticeState = {
  readonly kind: 'ward-notice';
  readonly todos: Readonly<Record<string, Todo>>;
};
