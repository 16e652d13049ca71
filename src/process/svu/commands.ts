import type { SharedCommand } from '../case/shared-subjects.js';
import type { NeedsAssessmentCommand } from './admission-notice-due.js';
import type { AnnulmentCommand } from './annulling.js';
import type { CancellationCommand } from './cancellations.js';
import type { DischargeCommand } from './discharge.js';
import type { JournalFactCommand } from './facts.js';
import type { JournalExpectationCommand } from './journal-expectation.js';
import type { OpeningCommand } from './opening.js';
import type { InformationCommand } from './patient-information.js';
import type { PlannedDischargeCommand } from './planned-discharge.js';
import type { PublishingCommand } from './publishing.js';
import type { ReadyCommand } from './ready.js';
import type { WardCommand } from './ward.js';

/** Everything anybody can ask of an SVU case, by subject. Facts from outside come as commands of a system actor. */
export type SvuCommand =
  | OpeningCommand
  | SharedCommand
  | InformationCommand
  | NeedsAssessmentCommand
  | PublishingCommand
  | PlannedDischargeCommand
  | ReadyCommand
  | DischargeCommand
  | AnnulmentCommand
  | WardCommand
  | JournalFactCommand
  | JournalExpectationCommand
  | CancellationCommand;
