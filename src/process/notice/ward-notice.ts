import type { Command, HsaId, ProcessEvent, Todo, TodoRemarks, TodoUpdate } from '../vocabulary.js';

/**
 * A to-do for a ward about a patient the hub may not or cannot know: unknown (PAT-1), reserve-numbered (PAT-4),
 * protected (PAT-5). It carries no personal data: the ward, the cause class and the sender's message control id.
 * Unknown and protected look alike to the reader: both say to plan by telephone.
 */
export type WardNoticeCommand =
  | Command<'tell-ward', { readonly ward: HsaId; readonly reference: string }>
  | Command<'complete-todo', { readonly key: string } & TodoRemarks>
  /** How far the ward has come; a to-do about nobody takes no remarks (PAT-6). */
  | Command<'update-todo', { readonly key: string } & TodoUpdate>;

export type WardNoticeEvent =
  | ProcessEvent<'WardTold', { readonly ward: HsaId; readonly reference: string }>
  | ProcessEvent<'TodoCompleted', { readonly key: string; readonly unit: HsaId }>
  | ProcessEvent<'TodoUpdated', { readonly key: string; readonly unit: HsaId } & TodoUpdate>;

export type WardNoticeState = {
  readonly kind: 'ward-notice';
  readonly todos: Readonly<Record<string, Todo>>;
};
