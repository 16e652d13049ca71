import { unitsOf } from '../case/questions.js';
import { isBegun } from '../case/written-documents.js';
import { partsOfForm } from '../form/questionnaire.js';
import type { PartOfForm } from '../form/questionnaire.js';
import type { HsaId } from '../vocabulary.js';
import { sharedLevel } from '../case/shared-level.js';
import type { Signature, Statement } from './signatures.js';
import type { StepState, SvuState } from './state.js';

/** What the statement (ställningstagande) is called among the forms and the steps of a case. */
export const statementForm = 'statement';

/** Nobody has completed or signed anything. */
export const unsigned: Statement = { signatures: {} };

export const statementOf = ({ statement }: SvuState): Statement => statement ?? unsigned;

/** Every unit that takes part and is of a side that signs, in the order of their ids. */
export const signers = (state: SvuState): readonly HsaId[] => unitsOf(state, ...partsOfForm);

/** Whether a side has signed: each of its units has, and there is one (SVU-19). */
function hasSigned(state: SvuState, side: PartOfForm): boolean {
  const units = unitsOf(state, side);
  const { signatures } = statementOf(state);
  return units.length > 0 && units.every((unit) => signatures[unit] !== undefined);
}

/** Whether every unit of all three sides has signed: the hospital alone opens it again (SVU-20). */
export const isFullySigned = (state: SvuState): boolean =>
  statementOf(state).completed !== undefined && partsOfForm.every((side) => hasSigned(state, side));

/** The step of the statement. It waits for the hospital until its part is complete, and then for who has not signed (SVU-19). */
export function stepOfStatement(state: SvuState): StepState {
  if (!isBegun(state, statementForm)) return 'not-begun';
  if (isFullySigned(state)) return 'done';
  return Object.keys(statementOf(state).signatures).length > 0 ? 'partly' : 'awaiting';
}

/**
 * The signatures that are left when a part is changed (SVU-20). None, where a unit of its side has signed; nor where the part is the
 * hospital's, on which the others build. Else those of who signed before anything stood in the part: what is written there for the first time
 * changes nothing that they have put their names to.
 */
export function signaturesAfter(state: SvuState, part: PartOfForm): Statement['signatures'] {
  const { signatures, signedParts = [] } = statementOf(state);
  if (signedParts.includes(part) || part === 'hospital') return {};
  return Object.fromEntries(Object.entries(signatures).filter(([, { seen }]) => !seen.includes(part)));
}

/** SVU-19, VIEW-12: who has signed, of those who take part, once all have; undefined before, and where the case does not share it (CON-5). */
export const sharedSignatures = (state: SvuState): readonly Signature[] | undefined =>
  sharedLevel(state) === 'full' && isFullySigned(state)
    ? Object.values(statementOf(state).signatures)
    : undefined;
