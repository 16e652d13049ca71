import type { Moment } from '../case/event.js';
import { everyUnit } from '../case/questions.js';
import { tell } from './notices.js';
import type { SvuState } from './state.js';

/** ADR-9: everybody is told which municipality placed the patient, where one did. */
export function tellPlacing(state: SvuState, event: Moment): SvuState {
  if (state.placing === undefined) return state;
  const { municipality, municipalityName } = state.placing;
  const placedBy = municipalityName === undefined ? municipality : `${municipalityName} (${municipality})`;
  return tell(state, 'placing-municipality', everyUnit(state), { placedBy }, event);
}
