import { caseNoticeKinds } from '../case/notice-kinds.js';
import { mergedTables } from '../merged-tables.js';
import { svuNoticeKinds } from '../svu/notice-kinds.js';
import type { KindOfNotice } from './kind-of-notice.js';

/** One row for each kind of notice, above it the rule it stands for. */
export const noticeKinds = mergedTables('kinds of notice', svuNoticeKinds, caseNoticeKinds);

export type NoticeKind = keyof typeof noticeKinds;

/** What is true of the notice by its kind. */
export function kindOfNotice({ kind }: { readonly kind: NoticeKind }): KindOfNotice {
  return noticeKinds[kind];
}
