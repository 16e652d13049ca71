import type { HsaId, WardNoticeEnd } from '../vocabulary.js';
import { openOfKind } from '../case/ask-leader.js';
import { listens } from '../case/guards.js';
import type { AskedElsewhere } from '../case/kind-of-case.js';
import type { SvuState } from './state.js';

/**
 * SVU-42: the wards of other organisations that were asked to agree with the ward of the case. One is asked as long as the patient is there
 * and the case is still to be handed over; and again, when what ended that is undone.
 */
export function askedElsewhere(state: SvuState): readonly AskedElsewhere[] {
  return Object.entries(state.askedElsewhere ?? {}).map(([ward, notice]) => {
    const end = endOf(state, ward);
    return { ward, notice, ...(end === undefined ? {} : { end }) };
  });
}

function endOf(state: SvuState, ward: HsaId): WardNoticeEnd | undefined {
  // Of a frozen case nothing is told but that there is nothing to agree on (PAT-6).
  if (!listens(state) || isDeceased(state)) return 'planning-ended';
  const stays = state.journalDischargedAt === undefined && openOfKind(state, 'annul-case') === undefined;
  if (openOfKind(state, 'hand-over-case')?.input?.['ward'] === ward)
    return stays ? undefined : 'patient-gone';
  const last = Object.values(state.todos)
    .filter(({ kind, input }) => kind === 'hand-over-case' && input?.['ward'] === ward)
    .reduce<string>((latest, { endedAt = '' }) => (endedAt > latest ? endedAt : latest), '');
  const done = Object.values(state.todos).some(
    ({ kind, input, state: how, endedAt }) =>
      kind === 'hand-over-case' && input?.['ward'] === ward && how === 'completed' && endedAt === last,
  );
  return done ? 'planning-ended' : 'patient-gone';
}

function isDeceased({ todos }: SvuState): boolean {
  return Object.values(todos).some(
    ({ kind, input }) =>
      kind === 'review-register-change' && input?.['changed']?.split(',').includes('deceased') === true,
  );
}
