import { happened, stated } from '../case/event.js';
import { admit, faultInText, withoutDecision } from '../case/guards.js';
import { keepsText } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { hospitalStep } from './guards.js';

type Information = {
  readonly informed: boolean;
  readonly oral: boolean;
  readonly written: boolean;
  readonly reason?: string;
};

export type InformationCommand = Command<'record-patient-information', Information>;
export type InformationEvent = ProcessEvent<'PatientInformationRecorded', Information>;

/** Whether and how the patient was informed (CON-1). */
export const patientInformation: Subject<SvuState, InformationCommand, InformationEvent> = {
  decide: { 'record-patient-information': decideRecord },
  evolve: { PatientInformationRecorded: evolveRecorded },
};

/**
 * CON-1: informed orally and in writing is a yes; anything less is a no with its reason. Under a refusal whether the brochure was given
 * is shared and nothing else (CON-5), so no reason is asked for then, and none is taken.
 */
function decideRecord(command: InformationCommand, state: SvuState): Decision<InformationEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-records-information'));
  if (rejected !== undefined) return rejected;
  // Before publication it is recorded first and the decision after; once published, receivers read it.
  const undecided = state.publishedAt === undefined ? undefined : withoutDecision(state);
  if (undecided !== undefined) return undecided;
  const { informed, oral, written } = command.data;
  const reason = stated(command.data.reason);
  if (informed && !(oral && written)) return reject('information-not-both-ways', { field: 'informed' });
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  if (!informed && reason === undefined && keepsText(state)) {
    return reject('information-reason-required', { field: 'reason' });
  }
  const before = state.information;
  const same =
    before?.informed === informed &&
    before.oral === oral &&
    before.written === written &&
    before.reason === reason;
  if (same) return accept();
  return accept(
    happened(command, 'PatientInformationRecorded', {
      informed,
      oral,
      written,
      ...(reason === undefined ? {} : { reason }),
    }),
  );
}

function evolveRecorded(state: SvuState, event: InformationEvent): SvuState {
  return { ...state, information: { ...event.data, at: event.at, by: event.by } };
}
