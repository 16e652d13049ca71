import { catalogueFactMessage } from '../../src/messaging/contracts/build-event.js';
import {
  factTopics,
  type CatalogueLookup,
  type PractitionerFact,
  type UnitFact,
} from '../../src/messaging/contracts/facts.js';
import { followRegister, readEach, type FollowOptions } from '../frame/follow-register.js';
import type { ReReader } from '../frame/re-reader.js';

/** A unit or one of the staff, by HSA-id. */
export type CatalogueItem = { readonly kind: 'unit' | 'practitioner'; readonly hsaId: string };

const defaultBatchSize = 20;

/**
 * Reads every followed unit and all followed staff again and publishes a `directory.unit.v1` or `directory.practitioner.v1` fact for
 * each that changed (ORG-1, ACC-7). What has not changed is told again after `tellAgainMilliseconds`, so that whoever keeps a
 * copy knows how old it is.
 */
export function startCatalogueReReader(
  options: FollowOptions<CatalogueItem> & {
    readonly lookup: CatalogueLookup;
    readonly tellAgainMilliseconds: number;
  },
): ReReader {
  const { lookup } = options;
  return followRegister<CatalogueItem, UnitFact | PractitionerFact>(
    { ...options, batchSize: options.batchSize ?? defaultBatchSize },
    {
      connector: 'hsa',
      rememberMilliseconds: options.tellAgainMilliseconds,
      read: (items) =>
        readEach<CatalogueItem, UnitFact | PractitionerFact>(items, ({ kind, hsaId }) =>
          kind === 'unit' ? lookup.unit(hsaId) : lookup.practitioner(hsaId),
        ),
      tell: (fact) =>
        'unit' in fact
          ? {
              about: `unit:${fact.unit}`,
              topic: factTopics.unit,
              message: (event) => catalogueFactMessage(factTopics.unit, fact.unit, { ...event, data: fact }),
            }
          : {
              about: `practitioner:${fact.practitioner}`,
              topic: factTopics.practitioner,
              message: (event) =>
                catalogueFactMessage(factTopics.practitioner, fact.practitioner, { ...event, data: fact }),
            },
    },
  );
}
