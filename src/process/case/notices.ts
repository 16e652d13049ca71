import { kindOfNotice } from '../notice/kind-of-notice.js';
import type { NoticeKinds } from '../notice/kind-of-notice.js';
import type { SharedSettings } from '../policy/shared-settings.js';
import type { HsaId, Notice } from '../vocabulary.js';
import type { Moment } from './event.js';
import { keepsText, policyOfCase } from './questions.js';
import type { CaseState, NoticeKindOf } from './state.js';

/**
 * Adds a notice and says under which key. Without a decision that lets content be shared only the minimum of a published case is
 * stored (CON-5, CON-8), whatever was handed in. The unit that acts is not told of its own act.
 * @param notices the kinds of notice of its kind of case
 * @param how `personal` false: it carries nothing about the person, not even who she is
 */
export function sendNotice<State extends CaseState>(
  notices: NoticeKinds,
  state: State,
  kind: NoticeKindOf<State>,
  to: readonly HsaId[],
  content: Readonly<Record<string, string | undefined>>,
  event: Moment,
  how: Pick<Notice, 'personal'> = { personal: true },
): { readonly state: State; readonly key: string } {
  const number = Object.values(state.notices).filter((each) => each.kind === kind).length + 1;
  const key = `${kind}:${number}`;
  const sender = event.by.kind === 'user' ? event.by.unit : undefined;
  const stated = dropUndefined(content);
  const notice: Notice = {
    key,
    kind,
    sentAt: event.at,
    sentBy: event.by,
    recipients: to.filter((unit) => unit !== sender),
    content: keepsText(state) ? stated : minimumOf(notices, kind, stated, policyOfCase(state)),
    personal: how.personal,
  };
  return { state: { ...state, notices: { ...state.notices, [key]: notice } }, key };
}

/** Sends a notice where nobody needs its key. */
export function tell<State extends CaseState>(...notice: Parameters<typeof sendNotice<State>>): State {
  return sendNotice(...notice).state;
}

/** What every notice keeps: which unit it is about, how it is presented, and which ward reads it though it left. */
const always: readonly string[] = ['unit', 'presentedAs', 'left'];

/** What of a notice may be shared under refusal (CON-5): the fields of its kind that the policy lists, and never free text. */
export function minimumOf(
  notices: NoticeKinds,
  kind: string,
  content: Readonly<Record<string, string>>,
  policy: Pick<SharedSettings, 'minimumUnderRefusal'>,
): Readonly<Record<string, string>> {
  const { minimum = {} } = kindOfNotice(notices, { kind });
  const kept = [...always, ...policy.minimumUnderRefusal.flatMap((field) => minimum[field] ?? [])];
  return Object.fromEntries(Object.entries(content).filter(([name]) => kept.includes(name)));
}

/** Whether a notice of a kind may be seen at all where only the minimum is shared (CON-5). */
export function isInMinimum(notices: NoticeKinds, notice: Pick<Notice, 'kind'>): boolean {
  const { minimum, toldUnderRefusal } = kindOfNotice(notices, notice);
  return minimum !== undefined || toldUnderRefusal === true;
}

function dropUndefined(content: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
