import type { Session } from '../log/log.js';
import type { Rejection } from '../process/rejections/rejection.js';
import type { SvuState } from '../process/svu/state.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import { svuStream } from './streams.js';

export type OpenCase = { readonly id: Uuid; readonly state: SvuState };

/** A case is open until the patient is discharged or the case annulled; a frozen one is open (SVU-2). */
export function isOpen(state: SvuState): boolean {
  return state.phase === 'draft' || state.phase === 'published';
}

/** The person's open SVU cases, at most one by rule. Under the person's lock the answer holds for the transaction. */
export async function openCases(session: Session, personId: Uuid): Promise<readonly OpenCase[]> {
  const open: OpenCase[] = [];
  for (const id of await session.streamsOf(personId, 'svu')) {
    const { state } = await session.load(svuStream, id);
    if (state !== undefined && isOpen(state)) open.push({ id, state });
  }
  return open;
}

/** The refusal as it may be told: who takes no part in the open case learns that there is one, and not which (ACC-1). */
export function hidden(rejection: Rejection, by: UserActor, open: OpenCase | undefined): Rejection {
  if (rejection.code !== 'svu-already-open' || open?.state.participants[by.unit] !== undefined)
    return rejection;
  return { code: 'svu-open-elsewhere' };
}
