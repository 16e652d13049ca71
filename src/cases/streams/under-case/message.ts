import { message, messageEvents } from '../../../process/message/message-decider.js';
import { messageTodoKinds } from '../../../process/message/message-todos.js';
import type { MessageCommand, MessageEvent, MessageState } from '../../../process/message/message.js';
import { unknownKindIn } from '../../../process/unknown-kinds.js';
import { projectMessage } from '../../../projection/message/message.js';
import type { StreamType } from '../../../log/stream-type.js';

/** A message under a case of whatever kind. A kind whose cases have messages names it in `under`, and says `messages`. */
export const messageStream: StreamType<MessageState, MessageCommand, MessageEvent> & {
  readonly takesSteps: true;
  readonly nextDeadline?: undefined;
} = {
  name: 'message',
  decider: message,
  events: messageEvents,
  unknownIn: unknownKindIn({ todos: messageTodoKinds, notices: {} }),
  personOf: ({ personId }) => personId,
  caseOf: ({ caseId }) => caseId,
  project: projectMessage,
  takesSteps: true,
};
