import type { SharedEvent } from '../case/shared-subjects.js';
import type { NeedsAssessmentEvent } from './admission-notice-due.js';
import type { AnnulmentEvent } from './annulling.js';
import type { CancellationEvent } from './cancellations.js';
import type { DischargeEvent } from './discharge.js';
import type { JournalFactEvent } from './facts.js';
import type { JournalExpectationEvent } from './journal-expectation.js';
import type { OpeningEvent } from './opening.js';
import type { InformationEvent } from './patient-information.js';
import type { PlannedDischargeEvent } from './planned-discharge.js';
import type { PublishingEvent } from './publishing.js';
import type { ReadyEvent } from './ready.js';
import type { WardEvent } from './ward.js';

/** Everything that can have happened to an SVU case, by subject. The log keeps these for ever: a change of shape is a new type version with an upcaster. */
export type SvuEvent =
  | OpeningEvent
  | SharedEvent
  | InformationEvent
  | NeedsAssessmentEvent
  | PublishingEvent
  | PlannedDischargeEvent
  | ReadyEvent
  | DischargeEvent
  | AnnulmentEvent
  | WardEvent
  | JournalFactEvent
  | JournalExpectationEvent
  | CancellationEvent;
