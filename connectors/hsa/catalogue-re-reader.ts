import { catalogueFactMessage } from '../../src/messaging/contracts/build-event.js';
import { factTopics, type PractitionerFact, type UnitFact } from '../../src/messaging/contracts/facts.js';
import { practitionerMessageId, type CatalogueLookup } from '../../src/messaging/contracts/lookups.js';
import { followRegister, readEach, type FollowOptions } from '../common/follow-register.js';
import type { ReReader } from '../common/re-reader.js';

/** A unit or one of the staff, by HSA-id. */
export type CatalogueItem = { readonly kind: 'unit' | 'practitioner'; readonly hsaId: string };

const defaultBatchSize = 20;

/**
 * Reads every followed unit and all followed staff again and publishes a `directory.unit.v1` or `directory.practitioner.v1` fact for
 * each that changed (ORG-1, ACC-7). What has not changed is told again after `tellAgainMilliseconds`, so that whoever keeps a
 * copy knows how old it is. An empty answer about a unit is told when it comes and once more when the next one is empty too: the
 * contract has no other way to say "not known", so the hub believes it only when it was said twice (decision 24).
 */
export function startCatalogueReReader(
  options: FollowOptions<CatalogueItem> & {
    readonly lookup: CatalogueLookup;
    readonly tellAgainMilliseconds: number;
  },
): ReReader {
  const { lookup } = options;
  /** How many answers in a row were empty about a unit; counted to two. */
  const empty = new Map<string, number>();
  const count = (fact: UnitFact | PractitionerFact): void => {
    if (!('unit' in fact)) return;
    if (fact.found && fact.healthCareUnit !== undefined) empty.delete(fact.unit);
    else empty.set(fact.unit, Math.min(2, (empty.get(fact.unit) ?? 0) + 1));
  };
  return followRegister<CatalogueItem, UnitFact | PractitionerFact>(
    { ...options, batchSize: options.batchSize ?? defaultBatchSize },
    {
      connector: 'hsa',
      rememberMilliseconds: options.tellAgainMilliseconds,
      read: async (items) => {
        const answered = await readEach<CatalogueItem, UnitFact | PractitionerFact>(
          items,
          ({ kind, hsaId }) => (kind === 'unit' ? lookup.unit(hsaId) : lookup.practitioner(hsaId)),
        );
        answered.facts.forEach(count);
        return answered;
      },
      tell: (fact) =>
        'unit' in fact
          ? {
              about: `unit:${fact.unit}`,
              mark: `empty ${empty.get(fact.unit) ?? 0}`,
              topic: factTopics.unit,
              message: (event) => catalogueFactMessage(factTopics.unit, fact.unit, { ...event, data: fact }),
            }
          : {
              about: practitionerMessageId(fact.practitioner),
              topic: factTopics.practitioner,
              message: (event) =>
                catalogueFactMessage(factTopics.practitioner, fact.practitioner, { ...event, data: fact }),
            },
    },
  );
}
