import type { HeardStay } from './heard-stay.js';
import type { Fact } from '../../messaging/inbox/fact.js';
import { personLock } from '../../persons/person-locks.js';
import { isAfter } from '../../process/stay/source-order.js';
import type { SourceOrder, StayState } from '../../process/stay/stay.js';
import { localDateOf } from '../../process/time.js';
import type { CasesDependencies } from '../dependencies.js';
import { askAboutStay } from './stay-effects.js';
import { ownStay, staysOfVisit, withOthers } from './stays-of-visit.js';

/**
 * PAT-13: something was told of a known visit under a number that names nobody here (malformed, reserve or unknown: PAT-1, PAT-3, PAT-4). It
 * takes the visit from nobody and is not recorded, but it must not be lost: the ward of the case of that visit is asked whose it is and
 * looks in its journal. It is told nothing of the number.
 * @param order the fact's place in the source's order
 */
export async function askAboutUnknown(
  deps: CasesDependencies,
  fact: HeardStay,
  envelope: Fact,
  order: SourceOrder,
): Promise<void> {
  const cause = { kind: 'fact', id: envelope.eventId } as const;
  await withOthers((others) =>
    deps.log.transact(
      { cause, recordedAt: deps.now().toISOString(), locks: others.map(personLock) },
      async (session) => {
        const own = ownStay(await staysOfVisit(session, fact.sender, fact.visit), others);
        if (own === undefined || !saysNews(fact, own.state, order)) return;
        await askAboutStay(
          session,
          deps.kinds,
          own.id,
          own.state.personId,
          envelope.receivedAt,
          'stay-of-unknown',
        );
      },
    ),
  );
}

/** Whether it is newer than what is known of the stay, and of a change, whether the stay reads otherwise. */
function saysNews(
  fact: HeardStay,
  { facts, ward, expectedDischarge }: StayState,
  order: SourceOrder,
): boolean {
  const last = facts.at(-1);
  if (last !== undefined && !isAfter({ kind: fact.kind, order }, last)) return false;
  if (fact.kind !== 'changed') return true;
  const moved =
    fact.wardUnknown === true ? ward !== undefined : fact.ward !== undefined && fact.ward !== ward;
  const expected = fact.expectedDischarge === undefined ? undefined : localDateOf(fact.expectedDischarge);
  return (
    moved || fact.expectedDischargeRemoved === true || (expected ?? expectedDischarge) !== expectedDischarge
  );
}
