import { isOpen } from '../../process/case/questions.js';
import type { SvuState } from '../../process/svu/state.js';
import type { Uuid } from '../../process/vocabulary.js';
import { projectCase } from '../case/project-case.js';
import type { Projection } from '../projection.js';
import { renderCarePlan } from './care-plan.js';
import { unchangedParts, type Unchanged } from '../case/unchanged-parts.js';
import { svuCase, type SvuCase } from './svu-case.js';

/**
 * Everything an SVU shows, as a function of its id and state: its CarePlan, and what every case shows. While the case is open it holds
 * `svu:<person>`, so a person has at most one (SVU-2).
 */
export function projectSvu(id: Uuid, state: SvuState): Projection {
  return shown(svuCase(id, state));
}

/** What two states of one SVU show, each without the notices and to-dos that both show alike. */
export function projectSvuChange(
  id: Uuid,
  before: SvuState,
  after: SvuState,
): { readonly before: Projection; readonly after: Projection } {
  const [was, is] = [svuCase(id, before), svuCase(id, after)];
  const unchanged = unchangedParts(was, is);
  return { before: shown(was, unchanged), after: shown(is, unchanged) };
}

function shown(of: SvuCase, unchanged?: Unchanged): Projection {
  return {
    ...projectCase(of, renderCarePlan(of), unchanged),
    ...(isOpen(of.state) ? { exclusive: `svu:${of.state.personId}` } : {}),
  };
}
