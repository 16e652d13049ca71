import type { Session } from '../../log/log.js';
import type { StayFact } from '../../messaging/contracts/facts.js';
import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import type { Reading } from '../../persons/record-reading.js';
import type { Numbers } from '../../persons/with-person.js';
import type { HsaId, Instant, Uuid, WardNoticeEnd } from '../../process/vocabulary.js';
import { applyReading } from '../apply-reading.js';
import { wardNoticeIdOf } from '../deterministic-id.js';
import { systemActor } from '../dependencies.js';
import { inPerson } from '../merge-persons.js';
import type { CasesDependencies } from '../dependencies.js';
import { wardNoticeStream } from '../streams/of-no-case.js';
import { wardUnknown } from './ward-unknown.js';

/** Somebody the hub knows who is now protected: sealed, and the open case frozen, with the ward's to-do (PAT-6). */
export type ProtectedPerson = {
  readonly numbers: Numbers;
  readonly population: NonNullable<Reading['population']>;
};

/**
 * A stay of somebody whom the hub may not or cannot know: malformed, reserve-numbered, unknown or protected (PAT-1, PAT-3,
 * PAT-4, PAT-5). The ward gets one to-do without personal data for each visit; the same words for every cause, so the
 * to-do does not tell who is protected. Nothing else is kept, and the payload is dropped at once.
 *
 * What was asked of others ends when the patient is moved from there, or the admission is cancelled.
 *
 * @param wards the one to tell, undefined when neither the message nor the stay names one; and all that there are
 */
export async function notifyWard(
  deps: CasesDependencies,
  envelope: Fact,
  { ward, all }: { readonly ward: HsaId | undefined; readonly all: readonly HsaId[] },
  mark: Mark,
  person?: ProtectedPerson,
): Promise<void> {
  const fact = envelope.event.data as StayFact;
  const at = deps.now().toISOString();
  const options = { cause: { kind: 'fact', id: envelope.eventId }, recordedAt: at } as const;
  const otherCare = envelope.event.sending?.otherCare === true;
  // What is said of her in other care does not say that she has left the ward where she lies (decision 116).
  const left =
    !otherCare &&
    ((fact.kind === 'transferred' && fact.ward === ward) || fact.kind === 'admission-cancelled');
  const tell = async (session: Session): Promise<void> => {
    const others = left ? all.filter((each) => each !== ward) : [];
    await endNotices(session, fact, others, 'patient-gone', envelope.receivedAt);
    if (ward === undefined) {
      // Of an admission that never came to be there is nothing to tell.
      const saysNone = fact.kind === 'admission-cancelled' || otherCare;
      const unknown = saysNone ? '' : `, ${wardUnknown}`;
      await mark(session.sql, `not-shareable, and no ward to tell${unknown}`, false);
      return;
    }
    await session.execute(wardNoticeStream, wardNoticeIdOf(fact.sender, fact.visit, ward), {
      type: 'notify-ward',
      at: envelope.receivedAt,
      by: systemActor('journal'),
      data: toldOf(fact, ward),
    });
    await mark(session.sql, 'ward-told', false);
  };
  if (person === undefined) {
    await deps.log.transact({ ...options, locks: [`visit:${fact.sender}:${fact.visit}`] }, tell);
    return;
  }
  await inPerson(deps, person.numbers, options, async (session, { id }) => {
    const context = { at, by: systemActor('population-register') };
    await applyReading(deps, session, id, { population: person.population }, context);
    await tell(session);
  });
}

/** Ends what these wards were asked about a visit of somebody who could not be known, where they were. */
export async function endNotices(
  session: Session,
  { sender, visit }: StayFact,
  wards: readonly HsaId[],
  end: WardNoticeEnd,
  at: Instant,
): Promise<void> {
  if (wards.length === 0) return;
  const ids = wards.map((ward) => wardNoticeIdOf(sender, visit, ward)).toSorted();
  await session.readAhead(ids);
  for (const id of ids) {
    if ((await session.typeOf(id)) !== wardNoticeStream.name) continue;
    const by = systemActor('journal');
    await session.execute(wardNoticeStream, id, { type: 'close-notice', at, by, data: { end } });
  }
}

/**
 * SVU-42: the patient of an open case was moved to a ward of another organisation, which is asked to agree with the one that
 * has the case. It learns of no case (ACC-1), only that there is planning to agree on; the stay shows it where the patient
 * came from.
 */
export async function askOtherWard(
  session: Session,
  fact: StayFact,
  ward: HsaId,
  at: Instant,
): Promise<void> {
  await session.execute(wardNoticeStream, askingNoticeOf(fact, ward), {
    type: 'notify-ward',
    at,
    by: systemActor('journal'),
    data: { ...toldOf(fact, ward), kind: agree },
  });
}

const agree = 'agree-on-planning';

/** The notice that asks a ward to agree on the planning of a visit. */
export function askingNoticeOf({ sender, visit }: StayFact, ward: HsaId): Uuid {
  return wardNoticeIdOf(sender, visit, ward, agree);
}

/** What a ward is told of a visit. */
function toldOf(
  { visit, messageId }: StayFact,
  ward: HsaId,
): { readonly ward: HsaId; readonly reference: string; readonly visit?: string } {
  return { ward, reference: messageId, ...visitToShow({ visit }) };
}

/** What the sender calls a visit, unless that looks like a person's number (PAT-5). */
export function visitToShow({ visit }: Pick<StayFact, 'visit'>): { readonly visit?: string } {
  return looksLikePersonalNumber(visit) ? {} : { visit };
}
