import { sharedSubjects } from '../case/shared-subjects.js';
import { together } from '../subject.js';
import type { CommandOf, EventOf } from '../subject.js';
import { needsAssessment } from './admission-notice-deadline.js';
import { annulment } from './annulling.js';
import { cancellations } from './cancellations.js';
import { coordinatedCarePlan } from './coordinated-care-plan.js';
import { discharge } from './discharge.js';
import { informationHandOver } from './handed-over.js';
import { homecoming } from './homecoming.js';
import { journalFacts } from './facts.js';
import { journalExpectation } from './journal-expectation.js';
import type { OpeningCommand, OpeningEvent } from './opening.js';
import { npo } from './npo.js';
import { otherCare } from './other-care.js';
import { otherStay } from './other-stay.js';
import { patientInformation } from './patient-information.js';
import { placing } from './placing.js';
import { planning } from './planning.js';
import { plannedDischarge } from './planned-discharge.js';
import { publishing } from './publishing.js';
import { ready } from './ready.js';
import { rulesOfSvu } from './rules-of-svu.js';
import { statement } from './statement.js';
import { wardOfCase } from './ward.js';
import { hospitalStep } from './guards.js';

/** CON-8: the patient says no at any time, also after the discharge; SVU-23 locks the parts of the planning. */
const decidedIn = ['draft', 'published', 'discharged'];

/** Every subject of an SVU: what all cases have, and its own. What can be asked of a case and can have happened to it comes from these. */
export const subjects = together(
  sharedSubjects(rulesOfSvu, {
    register: hospitalStep('only-hospital-registers-decision', decidedIn),
    deregister: hospitalStep('only-hospital-deregisters', decidedIn),
  }),
  patientInformation,
  needsAssessment,
  publishing,
  plannedDischarge,
  ready,
  homecoming,
  planning,
  coordinatedCarePlan,
  placing,
  npo,
  informationHandOver,
  statement,
  discharge,
  annulment,
  wardOfCase,
  journalFacts,
  otherStay,
  otherCare,
  journalExpectation,
  cancellations,
);

/** Everything anybody can ask of an SVU case. Facts from outside come as commands of a system actor. */
export type SvuCommand = OpeningCommand | CommandOf<typeof subjects>;

/**
 * Everything that can have happened to an SVU case. The log keeps these for ever: a change of shape is a new type version with an
 * upcaster.
 */
export type SvuEvent = OpeningEvent | EventOf<typeof subjects>;
