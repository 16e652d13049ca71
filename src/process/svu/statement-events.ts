import type { OfType } from '../case/event.js';
import { endTodos } from '../case/todos.js';
import { partsOfForm } from '../form/questionnaire.js';
import type { PartOfForm } from '../form/questionnaire.js';
import type { Subject } from '../subject.js';
import type { HsaId, ProcessEvent } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { isFullySigned, signaturesAfter, statementOf, unsigned } from './statement-state.js';
import type { Signature, Statement } from './signatures.js';

export type StatementEvent =
  | ProcessEvent<'StatementCompleted', Record<string, never>>
  | ProcessEvent<'StatementSigned', { readonly unit: HsaId; readonly seen: readonly PartOfForm[] }>
  | ProcessEvent<'StatementReopened', Record<string, never>>
  /** `incomplete`: the hospital's part lacks something now. `disagrees`: outpatient care says no to the stance on SIP. */
  | ProcessEvent<
      'StatementChanged',
      { readonly part: PartOfForm; readonly incomplete?: true; readonly disagrees?: true }
    >;

/** What completing, signing, opening again and changing the statement make of the case. Who is to sign then is derived (src/process/svu/statement-ground.ts). */
export const statementEvolve: Subject<SvuState, never, StatementEvent>['evolve'] = {
  StatementCompleted: evolveCompleted,
  StatementSigned: evolveSigned,
  StatementReopened: (state) => ({ ...state, statement: unsigned }),
  StatementChanged: evolveChanged,
};

/** The hospital's to-do is done. */
function evolveCompleted(state: SvuState, event: OfType<StatementEvent, 'StatementCompleted'>): SvuState {
  const { at, by } = event;
  if (by.kind !== 'user') return state;
  const done = endTodos(state, ({ kind }) => kind === 'complete-statement', 'completed', event);
  return { ...done, statement: { ...unsigned, completed: { at, by } } };
}

function evolveSigned(state: SvuState, event: OfType<StatementEvent, 'StatementSigned'>): SvuState {
  const { at, by, data } = event;
  if (by.kind !== 'user') return state;
  const signature: Signature = { at, by, seen: data.seen };
  const before = statementOf(state);
  const side = partsOfForm.filter((part) => part === state.participants[data.unit]?.side);
  const signed: Statement = {
    ...before,
    signedParts: [...new Set([...(before.signedParts ?? []), ...side])],
    signatures: { ...before.signatures, [data.unit]: signature },
  };
  const sealed = isFullySigned({ ...state, statement: signed });
  const done = endTodos(
    state,
    ({ kind, unit }) => kind === 'sign-statement' && unit === data.unit,
    'completed',
    event,
  );
  return { ...done, statement: sealed ? { ...signed, sealed } : signed };
}

/** SVU-17: a no breaks every signature and hands the statement back; SVU-20: what the change breaks. */
function evolveChanged(state: SvuState, event: OfType<StatementEvent, 'StatementChanged'>): SvuState {
  const { at, by, data } = event;
  if (by.kind !== 'user') return state;
  if (data.disagrees === true) return { ...state, statement: { ...unsigned, returned: { at, by } } };
  if (data.incomplete === true) return { ...state, statement: unsigned };
  const { signedParts: _before, ...statement } = statementOf(state);
  const signatures = signaturesAfter(state, data.part);
  const signedParts = Object.keys(signatures).length === 0 ? [] : (_before ?? []);
  return { ...state, statement: { ...statement, signedParts, signatures } };
}
