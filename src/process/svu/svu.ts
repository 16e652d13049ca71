import { hospitalStep } from '../case/guards.js';
import { sharedSubjects } from '../case/shared-subjects.js';
import type { Decider } from '../decider.js';
import { reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { decideBy, evolveBy, together } from '../subject.js';
import type { Subject } from '../subject.js';
import { needsAssessment } from './admission-notice-due.js';
import { annulment } from './annulling.js';
import { cancellations } from './cancellations.js';
import type { SvuCommand } from './commands.js';
import { discharge } from './discharge.js';
import type { SvuEvent } from './events.js';
import { journalFacts } from './facts.js';
import { journalExpectation } from './journal-expectation.js';
import { blank, decideOpen, evolveCaseOpened } from './opening.js';
import type { OpeningCommand, OpeningEvent } from './opening.js';
import { patientInformation } from './patient-information.js';
import { plannedDischarge } from './planned-discharge.js';
import { publishing } from './publishing.js';
import { ready } from './ready.js';
import { rulesOfSvu } from './rules-of-svu.js';
import type { SvuState } from './state.js';
import { stepsOf } from './steps.js';
import { wardOfCase } from './ward.js';

/** Every subject of an SVU: what all cases have, and its own. */
const subjects: Subject<
  SvuState,
  Exclude<SvuCommand, OpeningCommand>,
  Exclude<SvuEvent, OpeningEvent>
> = together(
  sharedSubjects(rulesOfSvu, {
    register: hospitalStep('only-hospital-registers-decision'),
    deregister: hospitalStep('only-hospital-deregisters'),
  }),
  patientInformation,
  needsAssessment,
  publishing,
  plannedDischarge,
  ready,
  discharge,
  annulment,
  wardOfCase,
  journalFacts,
  journalExpectation,
  cancellations,
);

/** Coordination at discharge: every rule of an SVU case, one file for each subject. */
export const svu: Decider<SvuState, SvuCommand, SvuEvent> = { decide, evolve };

function decide(command: SvuCommand, state: SvuState | undefined): Decision<SvuEvent> {
  if (command.type === 'open') return decideOpen(command, state);
  if (state === undefined) return reject('no-such-case');
  return decideBy(subjects, command, state) ?? reject('step-unknown');
}

/** Never refuses: an event that this build does not know changes nothing, and a log without its beginning is borne. */
function evolve(state: SvuState | undefined, event: SvuEvent): SvuState {
  const before = state ?? blank(event);
  const next =
    event.type === 'CaseOpened'
      ? state === undefined
        ? evolveCaseOpened(event)
        : before
      : evolveBy(subjects, before, event);
  return { ...next, steps: stepsOf(next) };
}
