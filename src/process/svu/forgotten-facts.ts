import type { Moment } from '../case/event.js';
import { everyUnit } from '../case/questions.js';
import type { ForgottenFact } from './care-outside.js';
import { tell } from './notices.js';
import type { SvuState } from './state.js';

/** By the notice that tells a fact of care outside: the notice that takes it back, and the field that says why. */
const takenBackBy = {
  'coordinated-care-plan': { kind: 'coordinated-care-plan-withdrawn', field: 'planForgotten' },
  'placing-municipality': { kind: 'placing-municipality-withdrawn', field: 'placingForgotten' },
} as const satisfies Record<ForgottenFact, object>;

/** CON-5: the case forgets the coordinated care plan (SVU-31) and who placed the patient (ADR-9), and keeps which of them was told. */
export function forgetFacts(state: SvuState): SvuState {
  const { coordinatedCarePlan, placing, forgottenUntold = [], ...rest } = state;
  const told = new Set(Object.values(state.notices).map(({ kind }) => kind));
  const facts: readonly ForgottenFact[] = [
    ...(coordinatedCarePlan === undefined ? [] : (['coordinated-care-plan'] as const)),
    ...(placing === undefined ? [] : (['placing-municipality'] as const)),
  ];
  const untold = [...new Set([...forgottenUntold, ...facts.filter((fact) => told.has(fact))])];
  return untold.length === 0 ? rest : { ...rest, forgottenUntold: untold };
}

/** All is shared again: everybody hears that what was forgotten does not hold, for its notice is to be seen again and nobody could take it back. */
export function tellForgottenFacts(state: SvuState, event: Moment): SvuState {
  const { forgottenUntold = [], ...rest } = state;
  return forgottenUntold.reduce<SvuState>((each, fact) => {
    const { kind, field } = takenBackBy[fact];
    return tell(each, kind, everyUnit(each), { [field]: 'shared-again' }, event);
  }, rest);
}
