import { happened, stated } from '../case/event.js';
import type { OfType } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isLocalDate, localDateOf } from '../time.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import type { CoordinatedCarePlan } from './care-outside.js';
import { hospitalStep } from './guards.js';
import { tell } from './notices.js';
import { reject } from './rejections.js';
import type { SvuState } from './state.js';

export type CoordinatedCarePlanCommand =
  | Command<
      'record-coordinated-care-plan',
      CoordinatedCarePlan & {
        /** What the catalogue says (SVU-43). */
        readonly isHospitalDoctor: boolean;
      }
    >
  | Command<'withdraw-coordinated-care-plan', Record<string, never>>;

export type CoordinatedCarePlanEvent =
  | ProcessEvent<'CoordinatedCarePlanRecorded', CoordinatedCarePlan>
  | ProcessEvent<'CoordinatedCarePlanWithdrawn', Record<string, never>>;

export const coordinatedCarePlan: Subject<SvuState, CoordinatedCarePlanCommand, CoordinatedCarePlanEvent> = {
  decide: {
    'record-coordinated-care-plan': decideRecord,
    'withdraw-coordinated-care-plan': decideWithdraw,
  },
  evolve: { CoordinatedCarePlanRecorded: evolveRecorded, CoordinatedCarePlanWithdrawn: evolveWithdrawn },
};

const guard = hospitalStep('only-hospital-records-coordinated-care-plan', ['published']);

/**
 * SVU-31: on the way to compulsory outpatient psychiatric or forensic care a coordinated care plan takes the place of SIP and invitation.
 * Recorded again otherwise, it is changed.
 */
function decideRecord(
  command: OfType<CoordinatedCarePlanCommand, 'record-coordinated-care-plan'>,
  state: SvuState,
): Decision<CoordinatedCarePlanEvent> {
  const { rejected } = admit(command, state, guard);
  if (rejected !== undefined) return rejected;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum');
  if (state.sharing === 'minimum') return reject('publish-in-full-first');
  const { date, madeBy, law, isHospitalDoctor } = command.data;
  const doctor = stated(command.data.doctor);
  const doctorName = stated(command.data.doctorName);
  if (!isLocalDate(date)) return reject('time-not-understood', { field: 'date' });
  if (date > localDateOf(command.at)) return reject('care-plan-in-the-future', { field: 'date' });
  if (doctor === undefined || doctorName === undefined) return reject('doctor-required', { field: 'doctor' });
  if (!isHospitalDoctor) return reject('not-a-hospital-doctor', { field: 'doctor' });
  const { coordinatedCarePlan: recorded } = state;
  const same =
    recorded?.date === date &&
    recorded.doctor === doctor &&
    recorded.madeBy === madeBy &&
    recorded.law === law;
  if (same) return accept();
  return accept(happened(command, 'CoordinatedCarePlanRecorded', { date, doctor, doctorName, madeBy, law }));
}

/** All who plan are told. */
function evolveRecorded(
  state: SvuState,
  event: OfType<CoordinatedCarePlanEvent, 'CoordinatedCarePlanRecorded'>,
): SvuState {
  const { date: planDate, ...content } = event.data;
  const recorded: SvuState = { ...state, coordinatedCarePlan: event.data };
  return tell(recorded, 'coordinated-care-plan', everyUnit(state), { planDate, ...content }, event);
}

/** It was a mistake, or the court decided otherwise: the SIP is asked for again. */
function decideWithdraw(
  command: OfType<CoordinatedCarePlanCommand, 'withdraw-coordinated-care-plan'>,
  state: SvuState,
): Decision<CoordinatedCarePlanEvent> {
  const { rejected } = admit(command, state, guard);
  if (rejected !== undefined) return rejected;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  return state.coordinatedCarePlan === undefined
    ? accept()
    : accept(happened(command, 'CoordinatedCarePlanWithdrawn', {}));
}

function evolveWithdrawn(
  state: SvuState,
  event: OfType<CoordinatedCarePlanEvent, 'CoordinatedCarePlanWithdrawn'>,
): SvuState {
  const { coordinatedCarePlan: _withdrawn, ...rest } = state;
  return tell(rest, 'coordinated-care-plan-withdrawn', everyUnit(state), {}, event);
}
