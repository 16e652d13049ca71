import { factTopics } from '../../messaging/contracts/facts.js';
import { withoutNumbers } from '../../messaging/contracts/payloads/free-texts.js';
import type { FactHandler } from '../../messaging/inbox/fact.js';
import { PermanentFailure } from '../../messaging/inbox/failure.js';
import type { CasesDependencies } from '../dependencies.js';
import { handleCarePlanFact } from './care-plan-facts.js';
import { handleCatalogueFact } from './catalogue-facts.js';
import { handleIdentityFact } from './identity-facts.js';
import { handleListingFact, handlePersonFact } from './register-facts.js';
import { handleStayFact } from './stay-facts.js';

/**
 * What the inbox calls with each fact, already checked against its schema. Its free texts are looked at here too, for whoever put it on its
 * topic may have built it by other means than ours (PAT-13).
 */
export function factHandler(deps: CasesDependencies): FactHandler {
  return (told, mark) => {
    const fact = {
      ...told,
      event: { ...told.event, data: withoutNumbers(told.topic, told.event.data as never) },
    };
    switch (fact.topic) {
      case factTopics.stay:
        return handleStayFact(deps, fact, mark);
      case factTopics.person:
        return handlePersonFact(deps, fact, mark);
      case factTopics.listing:
        return handleListingFact(deps, fact, mark);
      case factTopics.identity:
        return handleIdentityFact(deps, fact, mark);
      case factTopics.carePlan:
        return handleCarePlanFact(deps, fact, mark);
      case factTopics.unit:
      case factTopics.practitioner:
        return handleCatalogueFact(deps, fact, mark);
      default:
        return Promise.reject(new PermanentFailure('no-handler-for-topic', 'hub'));
    }
  };
}
