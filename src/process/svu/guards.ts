import type { StepGuard, WrongPhase } from '../case/guards.js';
import { reject } from './rejections.js';
import type { SvuRejectionCode } from './rejections.js';

/** Why a step of an SVU is not possible in a phase that is not one of its own. */
export const wrongPhase: WrongPhase = {
  draft: reject('not-published'),
  published: reject('not-discharged'),
};

/**
 * The guard of a step of the hospital, by default while the case is open: of the organisation where the patient is, whichever other hospital
 * takes part (decision 85).
 */
export function hospitalStep(
  otherwise: Extract<SvuRejectionCode, `only-hospital-${string}`>,
  phases?: readonly string[],
): StepGuard {
  return {
    side: ['hospital', reject(otherwise)],
    ownOrganisation: reject('step-of-another-organisation'),
    wrongPhase,
    ...(phases === undefined ? {} : { phases }),
  };
}
