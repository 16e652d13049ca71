import { isOpen } from '../../process/case/questions.js';
import type { SvuState } from '../../process/svu/state.js';
import type { Uuid } from '../../process/vocabulary.js';
import { projectCase } from '../case/project-case.js';
import type { Projection } from '../projection.js';
import { renderCarePlan } from './care-plan.js';
import { svuCase } from './svu-case.js';

/**
 * Everything an SVU shows, as a function of its id and state: its CarePlan, and what every case shows. While the case is open it holds
 * `svu:<person>`, so a person has at most one (SVU-2).
 */
export function projectSvu(id: Uuid, state: SvuState): Projection {
  const of = svuCase(id, state);
  return {
    ...projectCase(of, renderCarePlan(of)),
    ...(isOpen(state) ? { exclusive: `svu:${state.personId}` } : {}),
  };
}
