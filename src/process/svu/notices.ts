import { sendNotice as sendOfKind } from '../case/notices.js';
import type { SvuState } from './state.js';
import { svuTables } from './tables.js';

type Notice =
  Parameters<typeof sendOfKind<SvuState>> extends readonly [unknown, ...infer Rest] ? Rest : never;

/** Adds a notice of an SVU and says under which key. */
export const sendNotice = (...notice: Notice): ReturnType<typeof sendOfKind<SvuState>> =>
  sendOfKind(svuTables.notices, ...notice);

/** Sends a notice where nobody needs its key. */
export const tell = (...notice: Notice): SvuState => sendNotice(...notice).state;
