import type { StreamType } from '../../log/stream-type.js';
import { nextDeadline } from '../../process/deadlines/deadlines.js';
import {
  outsideMessage,
  outsideMessageEvents,
} from '../../process/outside-message/outside-message-decider.js';
import type {
  OutsideMessageCommand,
  OutsideMessageEvent,
  OutsideMessageState,
} from '../../process/outside-message/outside-message.js';
import { outsideMessageTodoKinds } from '../../process/outside-message/todo-kinds.js';
import { unknownKindIn } from '../../process/unknown-kinds.js';
import { wardTodoKinds } from '../../process/ward-notice/todo-kinds.js';
import { wardNotice, wardNoticeEvents } from '../../process/ward-notice/ward-notice-decider.js';
import type {
  WardNoticeCommand,
  WardNoticeEvent,
  WardNoticeState,
} from '../../process/ward-notice/ward-notice.js';
import { stay, stayEvents } from '../../process/stay/stay-decider.js';
import type { StayCommand, StayEvent, StayState } from '../../process/stay/stay.js';
import { projectWardNotice } from '../../projection/ward-notice/ward-notice.js';
import { projectOutsideMessage } from '../../projection/outside-message/outside-message.js';
import { projectStay } from '../../projection/stay/encounter.js';

/** The streams of no case that the application services write: process and view of each. The person's is in src/persons. */
export const stayStream: StreamType<StayState, StayCommand, StayEvent> = {
  name: 'stay',
  decider: stay,
  events: stayEvents,
  personOf: (state) => state.personId,
  project: projectStay,
};

export const wardNoticeStream: StreamType<WardNoticeState, WardNoticeCommand, WardNoticeEvent> = {
  name: 'ward-notice',
  decider: wardNotice,
  events: wardNoticeEvents,
  unknownIn: unknownKindIn({ todos: wardTodoKinds, notices: {} }),
  personOf: () => undefined,
  nextDeadline: ({ todos }) => nextDeadline(wardTodoKinds, todos),
  project: projectWardNotice,
};

export const outsideMessageStream: StreamType<
  OutsideMessageState,
  OutsideMessageCommand,
  OutsideMessageEvent
> = {
  name: 'outside-message',
  decider: outsideMessage,
  events: outsideMessageEvents,
  unknownIn: unknownKindIn({ todos: outsideMessageTodoKinds, notices: {} }),
  personOf: ({ personId }) => personId,
  project: projectOutsideMessage,
};
