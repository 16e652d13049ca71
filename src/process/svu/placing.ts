import { happened, stated } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import type { PlacingMunicipality } from './care-outside.js';
import { wrongPhase } from './guards.js';
import { tell } from './notices.js';
import { reject } from './rejections.js';
import type { SvuState } from './state.js';
import { tellPlacing } from './tell-placing.js';

/** Without a municipality: nobody placed her. */
export type PlacingCommand = Command<'state-placing-municipality', Partial<PlacingMunicipality>>;

export type PlacingEvent = ProcessEvent<'PlacingMunicipalityStated', Partial<PlacingMunicipality>>;

export const placing: Subject<SvuState, PlacingCommand, PlacingEvent> = {
  decide: { 'state-placing-municipality': decideState },
  evolve: { PlacingMunicipalityStated: evolveStated },
};

/**
 * ADR-9: no register says which municipality placed a person, so the hospital or a municipality does. It stays responsible for payment;
 * its units are added by hand (ADR-10), for who pays need not be who plans.
 */
function decideState(command: PlacingCommand, state: SvuState): Decision<PlacingEvent> {
  const { by } = command;
  const ofHospital = by.kind === 'user' && state.participants[by.unit]?.side === 'hospital';
  const ownOrganisation = ofHospital ? { ownOrganisation: reject('step-of-another-organisation') } : {};
  const admission = admit(command, state, { wrongPhase, ...ownOrganisation });
  if (admission.rejected !== undefined) return admission.rejected;
  const { side } = admission.user;
  if (side !== 'hospital' && side !== 'municipality') return reject('placing-not-of-this-side');
  const undecided = state.phase === 'published' ? withoutDecision(state) : undefined;
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum', { field: 'municipality' });
  if (state.sharing === 'minimum') return reject('publish-in-full-first');
  const municipality = stated(command.data.municipality);
  const municipalityName = stated(command.data.municipalityName);
  if (municipality === state.placing?.municipality) return accept();
  if (municipality === undefined) return accept(happened(command, 'PlacingMunicipalityStated', {}));
  if (!/^\d{4}$/u.test(municipality)) return reject('municipality-code-of-four', { field: 'municipality' });
  return accept(
    happened(command, 'PlacingMunicipalityStated', {
      municipality,
      ...(municipalityName === undefined ? {} : { municipalityName }),
    }),
  );
}

/** Of a draft nobody is told yet (ACC-2): what stands is told with its publication. */
function evolveStated(state: SvuState, event: PlacingEvent): SvuState {
  const { municipality, municipalityName } = event.data;
  const { placing: _before, ...rest } = state;
  const now: SvuState =
    municipality === undefined
      ? rest
      : {
          ...rest,
          placing: { municipality, ...(municipalityName === undefined ? {} : { municipalityName }) },
        };
  if (state.phase !== 'published') return now;
  return municipality === undefined
    ? tell(now, 'placing-municipality-withdrawn', everyUnit(state), {}, event)
    : tellPlacing(now, event);
}
