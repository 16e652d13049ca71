import { factTopics, type PractitionerFact, type UnitFact } from '../../messaging/contracts/facts.js';
import { practitionerMessageId } from '../../messaging/contracts/lookups.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { dropRecordingsOf } from '../../messaging/inbox/retention.js';
import { keepCopy } from '../catalogue/copies.js';
import type { CasesDependencies } from '../dependencies.js';

/**
 * A unit or one of the staff as the catalogue describes it now (ORG-1). The copy is all there is to do here: the directory of
 * every process follows the copies (`follow-catalogue.ts`), and a timer tells open cases of units that are missing.
 */
export async function handleCatalogueFact(
  deps: CasesDependencies,
  envelope: Fact,
  mark: Mark,
): Promise<void> {
  const kind = envelope.topic === factTopics.unit ? 'unit' : 'practitioner';
  const fact = envelope.event.data as UnitFact | PractitionerFact;
  const hsaId = 'unit' in fact ? fact.unit : fact.practitioner;
  await deps.log.transact(
    {
      locks: [`catalogue:${kind}:${hsaId}`],
      cause: { kind: 'fact', id: envelope.eventId },
      recordedAt: deps.now().toISOString(),
    },
    async (session) => {
      const effect = await keepCopy(session.sql, kind, fact);
      // What was recorded while the catalogue said that somebody is not protected holds the name.
      const hidden = 'practitioner' in fact && fact.protectedPerson !== false && effect !== 'older';
      if (hidden) await dropRecordingsOf(session.sql, 'hsa', practitionerMessageId(hsaId));
      await mark(session.sql, effect, false, !hidden);
    },
  );
}
