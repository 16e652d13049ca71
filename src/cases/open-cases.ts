import type { Session } from '../log/log.js';
import type { CaseState } from '../process/case/state.js';
import type { Rejection } from '../process/rejections/rejection.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import type { CaseKind, CaseKinds } from './kinds/case-kind.js';

/** A case of a person. */
export type FoundCase = { readonly id: Uuid; readonly kind: CaseKind; readonly state: CaseState };

/** The person's cases of every kind but those destroyed by decision, of which there is nothing left to tell. */
export async function casesOf(
  session: Session,
  kinds: CaseKinds,
  personId: Uuid,
): Promise<readonly FoundCase[]> {
  const found: FoundCase[] = [];
  for (const { id, type } of await session.streamsOf(personId, ...kinds.names)) {
    const kind = kinds.ofStream(type);
    const state = kind && (await session.load(kind.stream, id)).state;
    if (kind !== undefined && state !== undefined) found.push({ id, kind, state });
  }
  return found;
}

/** The case with this id, of whatever kind; undefined where it is none, or is destroyed by decision. */
export async function findCase(session: Session, kinds: CaseKinds, id: Uuid): Promise<FoundCase | undefined> {
  const kind = kinds.ofStream(await session.typeOf(id));
  const state = kind && (await session.load(kind.stream, id)).state;
  return kind === undefined || state === undefined ? undefined : { id, kind, state };
}

/** The person's open cases; of a kind often at most one (SVU-2). Under the person's lock the answer holds for the transaction. */
export async function openCases(
  session: Session,
  kinds: CaseKinds,
  personId: Uuid,
): Promise<readonly FoundCase[]> {
  return (await casesOf(session, kinds, personId)).filter(({ kind, state }) => kind.stream.isOpen(state));
}

/** The rejection as it may be told: who takes no part in the open case learns that there is one, and not which (ACC-1). */
export function hidden(
  { onePerPerson }: CaseKind,
  rejection: Rejection,
  by: UserActor,
  open: FoundCase | undefined,
): Rejection {
  const toHide =
    rejection.code === onePerPerson?.rejection && open?.state.participants[by.unit] === undefined;
  return toHide ? onePerPerson.elsewhere : rejection;
}
