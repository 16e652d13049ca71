import type { NoticeKinds } from '../../process/notice/kind-of-notice.js';
import type { TodoKinds } from '../../process/todo/kind-of-todo.js';
import { codeSystems } from './codes.js';
import { own } from './own-system.js';
import type { Concept } from './own-system.js';

/** A code system of the project as it is published. */
export type PublishedSystem = {
  readonly system: string;
  readonly name: string;
  readonly title: string;
  readonly concepts: Readonly<Record<string, Concept>>;
  readonly isFragment?: boolean;
};

/**
 * The project's own code systems with the codes of the kinds of case that a hub has.
 * @param of the kinds of to-do, with what they carry and ask, and of notice
 */
export function publishedSystems(of: {
  readonly todos: TodoKinds;
  readonly notices: NoticeKinds;
}): Readonly<Record<string, PublishedSystem>> {
  const { todo, notice } = codeSystems;
  return {
    ...codeSystems,
    todo: own<string>(todo.name, todo.title, of.todos),
    todoInput: carriedBy(of.todos),
    todoOutput: answersOf(of.todos),
    notice: own<string>(notice.name, notice.title, { ...of.notices, ...notice.concepts }),
  };
}

/** What kinds of to-do carry, as a code system. */
function carriedBy(todos: TodoKinds): PublishedSystem {
  const { name, title } = codeSystems.todoInput;
  const rows = Object.values(todos).flatMap(({ carries = {} }) => Object.entries<Concept>(carries));
  return own<string>(name, title, Object.fromEntries(rows));
}

/** The answers that kinds of to-do ask for, as a code system. */
export function answersOf(todos: TodoKinds): PublishedSystem {
  const { name, title } = codeSystems.todoOutput;
  const asked = Object.values(todos).flatMap(({ asks = {} }) => Object.entries<Concept>(asks));
  return own<string>(name, title, Object.fromEntries(asked));
}
