import type { StreamType } from '../log/stream-type.js';
import { nextDeadline } from '../process/deadlines/deadlines.js';
import { wardNotice } from '../process/ward-notice/ward-notice-decider.js';
import type {
  WardNoticeCommand,
  WardNoticeEvent,
  WardNoticeState,
} from '../process/ward-notice/ward-notice.js';
import { stay } from '../process/stay/stay-decider.js';
import type { StayCommand, StayEvent, StayState } from '../process/stay/stay.js';
import { projectWardNotice } from '../projection/ward-notice/ward-notice.js';
import { projectStay } from '../projection/stay/encounter.js';

/** The streams of no case that the application services write: process and view of each. The person's is in src/persons. */
export const stayStream: StreamType<StayState, StayCommand, StayEvent> = {
  name: 'stay',
  decider: stay,
  personOf: (state) => state.personId,
  project: projectStay,
};

export const wardNoticeStream: StreamType<WardNoticeState, WardNoticeCommand, WardNoticeEvent> = {
  name: 'ward-notice',
  decider: wardNotice,
  personOf: () => undefined,
  nextDeadline: ({ todos }) => nextDeadline(todos),
  project: projectWardNotice,
};
