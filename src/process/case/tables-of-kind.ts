import { mergedTables } from '../merged-tables.js';
import type { NoticeKinds } from '../notice/kind-of-notice.js';
import type { RejectionTexts } from '../rejections/rejection-text.js';
import type { SettingsOfKind } from '../policy/setting.js';
import type { TodoKinds } from '../todo/kind-of-todo.js';
import { caseNoticeKinds } from './notice-kinds.js';
import { caseTodoKinds } from './todo-kinds.js';

/** What a kind of case brings of its own: its kinds of to-do and of notice, its rejections, and what policies decide of it. */
export type RowsOfKind = {
  readonly todos: TodoKinds;
  readonly notices: NoticeKinds;
  readonly rejections: RejectionTexts;
  /** Left out: a policy decides nothing of it but what it decides of every case. */
  readonly settings?: SettingsOfKind;
};

/** The kinds of to-do and of notice that a case of one kind may have. */
export type TablesOfKind = Pick<RowsOfKind, 'todos' | 'notices'>;

/**
 * The tables of a kind of case: the rows of every case, and its own.
 * @throws Error at start, when one of its own is called as one of every case
 */
export function tablesOf<const Todos extends TodoKinds, const Notices extends NoticeKinds>({
  todos,
  notices,
}: {
  readonly todos: Todos;
  readonly notices: Notices;
}) {
  return {
    todos: mergedTables('kinds of to-do', caseTodoKinds, todos),
    notices: mergedTables('kinds of notice', caseNoticeKinds, notices),
  };
}
