import type { Session } from '../../log/log.js';
import type { StayFact } from '../../messaging/contracts/facts.js';
import type { Fact } from '../../messaging/inbox/fact.js';
import { PermanentFailure } from '../../messaging/inbox/failure.js';
import type { StayState } from '../../process/stay/stay.js';
import type { Instant, Uuid } from '../../process/vocabulary.js';
import { systemActor } from '../dependencies.js';
import type { CasesDependencies } from '../dependencies.js';
import { stayStream } from '../streams/of-no-case.js';
import { type HeardStay } from './heard-stay.js';
import { askAboutStay, stayEffects } from './stay-effects.js';
import { settleVisit, stayOfPerson, staysOfVisit } from './stays-of-visit.js';
import { endNotices } from './notify-ward.js';
import { wardUnknown } from './ward-unknown.js';
import { commandOf } from './stay-command.js';
import { wardOf, wardsOf } from './wards-of-stay.js';

export async function recordStay(
  deps: CasesDependencies,
  session: Session,
  personId: Uuid,
  fact: HeardStay,
  envelope: Fact,
  wardKnown: boolean,
  locked: readonly Uuid[],
): Promise<string> {
  const { sender, visit } = fact;
  const stays = await staysOfVisit(session, sender, visit);
  const stayId = stayOfPerson(stays, personId, fact, locked);
  const before = stays.find(({ id }) => id === stayId)?.state;
  const { decision, state } = await session.execute(stayStream, stayId, commandOf(fact, envelope, personId));
  if (decision.rejection !== undefined) throw new PermanentFailure(decision.rejection.code, 'sender');
  const event = decision.events[0];
  if (event === undefined || state === undefined) return 'repeated';
  // What a ward has to do counts from the hub's receipt.
  const at = envelope.receivedAt;
  const corrected = await correctVisit(deps, session, stays, { id: stayId, personId, state }, fact, at);
  const late = ('late' in event.data && event.data.late) || corrected.own !== undefined;
  const now = corrected.own ?? state;
  const change = { id: stayId, before, now, late };
  const { said, placed } = await stayEffects(session, deps.kinds, personId, change, fact, {
    ward: fact.ward === undefined ? undefined : wardOf(deps, fact.ward),
    wardOf: (ward) => wardOf(deps, ward),
    organisationOf: (ward) => deps.directory.unit(ward)?.organisationNumber,
    at,
  });
  // All wards are looked at only once: later on the visit may have been told wrongly at those that the stay knows of.
  const wards = [fact.ward ?? [], state.wards.map((each) => each.ward)].flat();
  await endNotices(session, fact, before === undefined ? wardsOf(deps) : wards, 'identity-known', at);
  // Where there is a case its ward is asked to address it by hand.
  const places = placing.has(fact.kind) || (fact.wardUnknown === true && goesOn.has(fact.kind));
  const unknown = !wardKnown && places && !placed ? [wardUnknown] : [];
  return [late ? 'late' : 'stay-recorded', ...unknown, ...corrected.effects, ...said].join(', ');
}

/** The kinds of facts that say at which ward the patient is, and those that may. */
const placing: ReadonlySet<StayFact['kind']> = new Set(['admitted', 'transferred']);
const goesOn: ReadonlySet<StayFact['kind']> = new Set(['changed', 'discharge-cancelled']);

/**
 * PAT-13: the source tells of a visit as another person's than before. Whoever has a case for the stay that is given up is asked whose it
 * is; nothing is moved from one to the other.
 */
async function correctVisit(
  { kinds }: CasesDependencies,
  session: Session,
  stays: readonly { readonly id: Uuid; readonly state: StayState }[],
  told: { readonly id: Uuid; readonly personId: Uuid; readonly state: StayState },
  { sender, visit }: StayFact,
  at: Instant,
): Promise<{ readonly own?: StayState; readonly effects: readonly string[] }> {
  if (stays.every(({ state }) => state.personId === told.personId)) return { effects: [] };
  const [first] = stays;
  if (first !== undefined && !stays.some(({ id }) => id === told.id)) {
    const by = systemActor('journal');
    await session.execute(stayStream, first.id, {
      type: 'note-other-stay',
      at,
      by,
      data: { stayId: told.id },
    });
  }
  const effects: string[] = ['visit-of-another-person'];
  let own: StayState | undefined;
  for (const { id, state } of await settleVisit(session, sender, visit, at)) {
    if (id === told.id) own = state;
    else effects.push(...(await askAboutStay(session, kinds, id, state.personId, at)));
  }
  return { effects, ...(own && { own }) };
}
