import { acknowledgementKind } from './acknowledgement-rounds.js';
import { policyOfSvu } from './settings.js';
import type { AcknowledgedStep, StepState, SvuState } from './state.js';
import { stepOfStatement } from './statement-state.js';
import { documentSteps } from './step-names.js';
import type { DocumentStep } from './step-names.js';

/** The state of each step, the same for every reader (the ground of VIEW-2). A function of the rest of the state. */
export function stepsOf(state: SvuState): SvuState['steps'] {
  const published = state.publishedAt !== undefined;
  return {
    'admission-notice': published ? acknowledged(state, 'admission-notice') : 'not-begun',
    // The day is in the admission notice; it needs an acknowledgement of its own once it changes (SVU-9).
    'planned-discharge': published
      ? state.rounds['planned-discharge'] === 0
        ? 'done'
        : acknowledged(state, 'planned-discharge')
      : 'not-begun',
    ready: state.ready === undefined ? 'not-begun' : acknowledged(state, 'ready'),
    discharge: state.phase === 'discharged' ? 'done' : 'not-begun',
    ...documentStates(state),
  };
}

const stateOfDocument: Readonly<Record<DocumentStep, (state: SvuState) => StepState>> = {
  statement: stepOfStatement,
};

/** The states of the working documents that the policy of the case has. */
function documentStates(state: SvuState): Readonly<Partial<Record<DocumentStep, StepState>>> {
  const { workingDocuments } = policyOfSvu(state);
  const own = documentSteps.filter((step) => workingDocuments.includes(step));
  return Object.fromEntries(own.map((step) => [step, stateOfDocument[step](state)]));
}

/**
 * How far the units have come with the current round. What a discharge or a freeze interrupted was not done; what was
 * cancelled for another reason no longer counts. Where nobody is addressed, the step waits for somebody (ADR-13).
 */
function acknowledged(state: SvuState, step: AcknowledgedStep): StepState {
  const round = Object.values(state.todos).filter(
    (todo) =>
      todo.kind === acknowledgementKind[step] &&
      todo.key.endsWith(`:${state.rounds[step]}`) &&
      (todo.state !== 'cancelled' || state.interrupted.includes(todo.key)),
  );
  const done = round.filter((todo) => todo.state === 'completed').length;
  if (done === 0) return 'awaiting';
  return done === round.length ? 'done' : 'partly';
}
