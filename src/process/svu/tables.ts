import { tablesOf } from '../case/tables-of-kind.js';
import { svuNoticeKinds } from './notice-kinds.js';
import { svuRejections } from './rejections.js';
import { svuTodoKinds } from './todo-kinds.js';

/** What coordination at discharge brings of its own. */
export const svuRows = { todos: svuTodoKinds, notices: svuNoticeKinds, rejections: svuRejections };

/** What every case has of to-dos and notices, and what an SVU adds. */
export const svuTables = tablesOf(svuRows);
