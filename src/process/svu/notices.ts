import { sendNotice as sendOfKind } from '../case/notices.js';
import type { Moment } from '../case/event.js';
import type { SvuNoticeKind, SvuState } from './state.js';
import { svuTables } from './tables.js';

type Notice =
  Parameters<typeof sendOfKind<SvuState>> extends readonly [unknown, ...infer Rest] ? Rest : never;

/** Adds a notice of an SVU and says under which key. */
export const sendNotice = (...notice: Notice): ReturnType<typeof sendOfKind<SvuState>> =>
  sendOfKind(svuTables.notices, ...notice);

/** Sends a notice where nobody needs its key. */
export const tell = (...notice: Notice): SvuState => sendNotice(...notice).state;

/**
 * When a notice is sent that takes back notices of a kind. VIEW-12: a fact of the journal that is dealt with late comes before them in time, and
 * must not look replaced by them.
 */
export function notBefore(state: SvuState, kind: SvuNoticeKind, { at, by }: Moment): Moment {
  const sent = Object.values(state.notices).filter((notice) => notice.kind === kind);
  return { at: sent.reduce((latest, { sentAt }) => (sentAt > latest ? sentAt : latest), at), by };
}
