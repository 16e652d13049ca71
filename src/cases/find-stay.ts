import type { Session } from '../log/log.js';
import type { StayState } from '../process/stay/stay.js';
import type { HsaId, UserActor, Uuid } from '../process/vocabulary.js';
import type { CaseKind } from './kinds/case-kind.js';
import type { CasesDependencies } from './dependencies.js';
import { stayStream } from './streams/of-no-case.js';

/** The stay that a case is opened in; `elsewhere`: of none, while the journal has the patient in this one. */
type FoundStay = {
  readonly stay?: Uuid;
  readonly elsewhere?: { readonly id: Uuid; readonly state: StayState };
};

/** A stay was named, but it is not this person's, or another organisation's. */
export const wrongStay = Symbol('wrong stay');

/**
 * The stay the client named, or the person's current stay: at the ward, else at another ward of its organisation when it began about when
 * the case says (SVU-25: the journal is told of a change of ward later than the patient is moved). Of several the one that began nearest.
 * Where none is the one, the last that is under way in the organisation, which the ward is asked about (decision 66).
 */
export async function findStay(
  deps: CasesDependencies,
  session: Session,
  personId: Uuid,
  { kind, asked, by }: { readonly kind: CaseKind; readonly asked: unknown; readonly by: UserActor },
): Promise<FoundStay | typeof wrongStay> {
  const { stay: rule } = kind.opening;
  if (rule === undefined) return {};
  const organisationOf = (ward: HsaId) => deps.directory.unit(ward)?.organisationNumber;
  const named = rule.named(asked);
  if (named !== undefined) {
    // Asked by the person, so that another thing's id is as wrong as one that nobody has (ACC-1).
    const known = (await session.streamsOf(personId, stayStream.name)).some(({ id }) => id === named);
    const ward = known ? (await session.load(stayStream, named)).state?.ward : undefined;
    const organisation = ward === undefined ? undefined : organisationOf(ward);
    const another = organisation !== undefined && organisation !== by.organisation;
    return known && !another ? { stay: named } : wrongStay;
  }
  let best: { readonly id: Uuid; readonly here: boolean; readonly away: number } | undefined;
  let elsewhere: FoundStay['elsewhere'];
  for (const { id } of await session.streamsOf(personId, stayStream.name)) {
    const { state } = await session.load(stayStream, id);
    if (state?.status !== 'in-progress') continue;
    const within = state.ward !== undefined && organisationOf(state.ward) === by.organisation;
    const near = rule.nearness(asked, by, state, within);
    if (near === undefined) {
      if (within && (elsewhere?.state.admittedAt ?? '') <= (state.admittedAt ?? ''))
        elsewhere = { id, state };
      continue;
    }
    const { here, away } = near;
    if (best === undefined || (here === best.here ? away < best.away : here)) best = { id, here, away };
  }
  if (best !== undefined) return { stay: best.id };
  return elsewhere === undefined ? {} : { elsewhere };
}
