import { noticeKinds } from './notice/all-notice-kinds.js';
import { todoKinds } from './todo/todo-kinds.js';

/** What a state may hold that has a kind. */
type Holds = {
  readonly todos?: Readonly<Record<string, { readonly kind: string }>>;
  readonly notices?: Readonly<Record<string, { readonly kind: string }>>;
};

/** The first kind of to-do or notice in a state that this program does not know; undefined where it knows them all. */
export function unknownKindIn({ todos = {}, notices = {} }: Holds): string | undefined {
  const todo = Object.values(todos).find(({ kind }) => !Object.hasOwn(todoKinds, kind));
  if (todo !== undefined) return `the to-do ${todo.kind}`;
  const notice = Object.values(notices).find(({ kind }) => !Object.hasOwn(noticeKinds, kind));
  return notice && `the notice ${notice.kind}`;
}
