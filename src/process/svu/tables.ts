import { tablesOf } from '../case/tables-of-kind.js';
import { svuNoticeKinds } from './notice-kinds.js';
import { svuRejections } from './rejections.js';
import { svuSettings } from './settings.js';
import { svuTodoKinds } from './todo-kinds.js';

/** What coordination at discharge brings of its own. */
export const svuRows = {
  todos: svuTodoKinds,
  notices: svuNoticeKinds,
  rejections: svuRejections,
  settings: svuSettings,
};

/** What every case has of to-dos and notices, and what an SVU adds. */
export const svuTables = tablesOf(svuRows);
