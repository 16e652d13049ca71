import { happened } from '../case/event.js';
import type { OfType } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import type { StepGuard } from '../case/guards.js';
import { isRefused } from '../case/questions.js';
import type { FormReading } from '../form/parts.js';
import { partsOfForm } from '../form/questionnaire.js';
import type { PartOfForm } from '../form/questionnaire.js';
import { accept } from '../rejections/rejection.js';
import type { Decision, Rejection } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, Side, UserActor } from '../vocabulary.js';
import { hospitalStep, wrongPhase } from './guards.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';
import type { SvuState } from './state.js';
import { statementEvolve } from './statement-events.js';
import type { StatementEvent } from './statement-events.js';
import { signaturesAfter, statementForm, statementOf } from './statement-state.js';

/** What the statement says now; left out where nobody has opened it. */
type OfForm = { readonly form?: FormReading };

export type StatementCommand =
  | Command<'complete-statement', OfForm>
  /** `version`: of the form, in which the unit saw what it signs. */
  | Command<'sign-statement', OfForm & { readonly version: number }>
  | Command<'reopen-statement', Record<string, never>>
  /** A side has written in its part; the form says how it reads now, and whether the no was said with this. */
  | Command<'note-statement-changed', { readonly part: PartOfForm; readonly form: FormReading }>;

/** The statement: who has completed and signed it (SVU-16 to SVU-20). What it says is written in its form. */
export const statement: Subject<SvuState, StatementCommand, StatementEvent> = {
  decide: {
    'complete-statement': decideComplete,
    'sign-statement': decideSign,
    'reopen-statement': decideReopen,
    'note-statement-changed': decideChanged,
  },
  evolve: statementEvolve,
};

const hospital = hospitalStep('only-hospital-completes-statement', ['published']);

/** Who takes part and may, while the case goes on and is shared in full, in a case that has a statement. */
function hindrance(
  command: Pick<StatementCommand, 'by'>,
  state: SvuState,
  guard: StepGuard,
): { readonly user: UserActor; readonly rejected?: undefined } | { readonly rejected: Decision<never> } {
  const admission = admit(command, state, guard);
  if (admission.rejected !== undefined) return admission;
  if (!policyOfSvu(state).workingDocuments.includes(statementForm))
    return { rejected: reject('document-not-of-policy') };
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return { rejected: undecided };
  if (isRefused(state)) return { rejected: reject('refusal-shares-minimum') };
  return state.sharing === 'full' ? admission : { rejected: reject('publish-in-full-first') };
}

/** SVU-16: the hospital marks its part complete, which opens the others. */
function decideComplete(
  command: OfType<StatementCommand, 'complete-statement'>,
  state: SvuState,
): Decision<StatementEvent> {
  const { rejected } = hindrance(command, state, hospital);
  if (rejected !== undefined) return rejected;
  const { form } = command.data;
  if (form === undefined) return reject('statement-not-begun');
  const missing = form.missing.hospital;
  if (missing !== undefined) return reject('part-not-complete', { values: { question: missing } });
  return statementOf(state).completed === undefined
    ? accept(happened(command, 'StatementCompleted', {}))
    : accept();
}

/** SVU-19: a unit signs what it has seen, once its own part is complete and nobody says no to the stance on SIP. */
function decideSign(
  command: OfType<StatementCommand, 'sign-statement'>,
  state: SvuState,
): Decision<StatementEvent> {
  const admission = hindrance(command, state, {
    responsibility: 'sign',
    phases: ['published'],
    wrongPhase,
  });
  if (admission.rejected !== undefined) return admission.rejected;
  const { unit } = admission.user;
  const side = partOfSide(state.participants[unit]?.side);
  if (side === undefined) return reject('only-three-sides-sign');
  const { form, version } = command.data;
  const closed = closedBecause(state);
  if (closed !== undefined) return { rejection: closed };
  if (form === undefined) return reject('statement-not-begun');
  if (statementOf(state).signatures[unit] !== undefined) return accept();
  if (form.version !== version) return reject('statement-changed', { field: 'version' });
  const lacking = policyOfSvu(state).statementSignedWhole ? partsOfForm : ([side, 'hospital'] as const);
  for (const part of lacking) {
    const question = form.missing[part];
    if (question !== undefined) return reject('part-not-complete', { values: { question } });
  }
  if (form.disagrees) return reject('sip-stance-not-agreed');
  return accept(happened(command, 'StatementSigned', { unit, seen: form.written }));
}

const partOfSide = (side: Side | undefined): PartOfForm | undefined =>
  partsOfForm.find((each) => each === side);

/** Why the parts of outpatient care and the municipality are closed, and nobody signs. */
function closedBecause(state: SvuState): Rejection | undefined {
  const { completed, returned } = statementOf(state);
  if (completed !== undefined) return undefined;
  return reject(returned === undefined ? 'statement-not-complete' : 'statement-returned').rejection;
}

/**
 * Why nothing is written in a part now: others than the hospital wait until its part is complete (SVU-16), and what all have signed is opened
 * by the hospital first (SVU-20).
 */
export function closedPart(state: SvuState, part: PartOfForm, by: UserActor): Rejection | undefined {
  if (statementOf(state).sealed === true) return reject('statement-signed').rejection;
  if (part !== 'hospital') return closedBecause(state);
  // ORG-3: the steps of the hospital are those of the organisation that has the case, and so is its part.
  return by.organisation === state.organisation
    ? undefined
    : reject('step-of-another-organisation').rejection;
}

/** SVU-20: what is signed, the hospital opens again, and it alone. */
function decideReopen(
  command: OfType<StatementCommand, 'reopen-statement'>,
  state: SvuState,
): Decision<StatementEvent> {
  const { rejected } = hindrance(command, state, hospital);
  if (rejected !== undefined) return rejected;
  return statementOf(state).completed === undefined
    ? accept()
    : accept(happened(command, 'StatementReopened', {}));
}

/** SVU-17, SVU-20: what a change of a part breaks. Where it breaks nothing the case has nothing to keep of it. */
function decideChanged(
  command: OfType<StatementCommand, 'note-statement-changed'>,
  state: SvuState,
): Decision<StatementEvent> {
  const { rejected } = admit(command, state, {});
  if (rejected !== undefined) return rejected;
  const { part, form } = command.data;
  const { completed, signatures } = statementOf(state);
  if (completed === undefined) return accept();
  const incomplete = part === 'hospital' && form.missing.hospital !== undefined;
  const disagrees = part === 'outpatient' && form.disagrees;
  const left = Object.keys(signaturesAfter(state, part)).length;
  if (!incomplete && !disagrees && left === Object.keys(signatures).length) return accept();
  return accept(
    happened(command, 'StatementChanged', {
      part,
      ...(incomplete ? { incomplete } : {}),
      ...(disagrees ? { disagrees } : {}),
    }),
  );
}
