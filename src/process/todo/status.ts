import type { Todo, TodoProgress } from '../vocabulary.js';

/** Task.status of a to-do. */
export type TodoStatus = Todo['state'] | TodoProgress;

/** Every status, in the order in which a to-do goes through them. */
export const todoStatuses = [
  'requested',
  'received',
  'accepted',
  'in-progress',
  'completed',
  'cancelled',
] as const satisfies readonly TodoStatus[];

/**
 * What a unit may say of its to-do, from → to: forward only, and steps may be left out. Saying the same again changes
 * nothing. `completed` alone acknowledges (SVU-7, SVU-9, SVU-13); `cancelled` is the hub's, when what was asked no longer is.
 */
export const statusTransitions: Readonly<Record<TodoStatus, readonly TodoStatus[]>> = {
  requested: ['received', 'accepted', 'in-progress', 'completed'],
  received: ['accepted', 'in-progress', 'completed'],
  accepted: ['in-progress', 'completed'],
  'in-progress': ['completed'],
  completed: [],
  cancelled: [],
};

export const statusOf = ({ state, progress }: Todo): TodoStatus =>
  state === 'requested' ? (progress ?? 'requested') : state;

/** Whether the unit has seen it: it said so, or did it. An own step; that a system fetched the list is not seeing. */
export const isSeen = ({ state, progress }: Todo): boolean => progress !== undefined || state === 'completed';
