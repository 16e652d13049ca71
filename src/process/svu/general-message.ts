import type { Moment } from '../case/event.js';
import { everyUnit } from '../case/questions.js';
import { openTodo } from '../case/todos.js';
import type { HsaId } from '../vocabulary.js';
import { acknowledgers } from './acknowledgement-rounds.js';
import type { SvuNoticeKind, SvuState } from './state.js';
import { sendNotice } from './notices.js';
import { policyOfSvu } from './settings.js';
import { svuTables } from './tables.js';

/** How a notice says that it is a general message. */
export const presentedAs = 'general-message';

/**
 * MSG-6: a withdrawal reaches the receivers as a general message. Where the policy says so, every receiving unit acknowledges it,
 * each message by itself.
 */
export function sendMessage(
  state: SvuState,
  kind: SvuNoticeKind,
  content: Readonly<Record<string, string | undefined>>,
  event: Moment,
  to: readonly HsaId[] = everyUnit(state),
): SvuState {
  const message = { ...content, presentedAs };
  const { state: told, key } = sendNotice(state, kind, to, message, event);
  if (!policyOfSvu(state).messagesAcknowledged) return told;
  return acknowledgers(told, 'admission-notice').reduce(
    (each, unit) =>
      openTodo(
        svuTables.todos,
        each,
        {
          key: `acknowledge-message:${unit}:${key}`,
          kind: 'acknowledge-message',
          unit,
          about: key,
        },
        event.at,
      ),
    told,
  );
}
