import type { LoggedEvent, StreamType } from '../log/stream-type.js';
import { nextDeadline } from '../process/deadlines/deadlines.js';
import type { NoteDeadlines } from '../process/deadlines/telling.js';
import { wardNotice } from '../process/ward-notice/ward-notice-decider.js';
import type {
  WardNoticeCommand,
  WardNoticeEvent,
  WardNoticeState,
} from '../process/ward-notice/ward-notice.js';
import { stay } from '../process/stay/stay-decider.js';
import type { StayCommand, StayEvent, StayState } from '../process/stay/stay.js';
import type { SvuCommand } from '../process/svu/commands.js';
import type { SvuEvent } from '../process/svu/events.js';
import type { SvuState } from '../process/svu/state.js';
import { svu } from '../process/svu/svu.js';
import { projectWardNotice } from '../projection/ward-notice/ward-notice.js';
import { projectStay } from '../projection/stay/encounter.js';
import { projectSvu } from '../projection/svu/svu.js';

/** The streams that the application services write: process and view of each. The person's is in src/persons. */
export const svuStream: StreamType<SvuState, SvuCommand, SvuEvent> = {
  name: 'svu',
  decider: svu,
  personOf: (state) => state.personId,
  nextDeadline: ({ todos }) => nextDeadline(todos),
  project: projectSvu,
};

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

/** The streams that have to-dos, and with them deadlines (src/cases/jobs/deadlines.ts). */
export const streamsWithDeadlines: readonly StreamType<unknown, NoteDeadlines, LoggedEvent>[] = [
  svuStream,
  wardNoticeStream,
];
