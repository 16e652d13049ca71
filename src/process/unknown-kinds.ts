import type { TablesOfKind } from './case/tables-of-kind.js';

/** What a state may hold that has a kind. */
type Holds = {
  readonly todos?: Readonly<Record<string, { readonly kind: string }>>;
  readonly notices?: Readonly<Record<string, { readonly kind: string }>>;
};

/**
 * The first kind of to-do or notice in a state that this program does not know; undefined where it knows them all.
 * @param known the kinds that states of the stream may hold
 */
export const unknownKindIn =
  (known: TablesOfKind) =>
  ({ todos = {}, notices = {} }: Holds): string | undefined => {
    const todo = Object.values(todos).find(({ kind }) => !Object.hasOwn(known.todos, kind));
    if (todo !== undefined) return `the to-do ${todo.kind}`;
    const notice = Object.values(notices).find(({ kind }) => !Object.hasOwn(known.notices, kind));
    return notice && `the notice ${notice.kind}`;
  };
