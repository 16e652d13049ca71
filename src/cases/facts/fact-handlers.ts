import { factTopics } from '../../messaging/contracts/facts.js';
import type { ListingFact, PersonFact, StayFact } from '../../messaging/contracts/facts.js';
import type { CloudEvent } from '../../messaging/contracts/cloud-event.js';
import type { CasesDependencies } from '../dependencies.js';
import type { Mark } from './fact-outcome.js';
import { handleListingFact, handlePersonFact } from './register-facts.js';
import { handleStayFact } from './stay-facts.js';

/** What the inbox calls with one fact, already checked against its schema. */
export type FactHandler = (fact: CloudEvent, mark: Mark) => Promise<void>;

/** The handlers of the fact topics, by topic. */
export function factHandlers(deps: CasesDependencies): Readonly<Record<string, FactHandler>> {
  return {
    [factTopics.stay]: (fact, mark) => handleStayFact(deps, fact.data as StayFact, fact.id, mark),
    [factTopics.person]: (fact, mark) => handlePersonFact(deps, fact.data as PersonFact, fact.id, mark),
    [factTopics.listing]: (fact, mark) => handleListingFact(deps, fact.data as ListingFact, fact.id, mark),
  };
}
