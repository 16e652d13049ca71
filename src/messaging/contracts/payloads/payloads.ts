import { auditTopic, caseTopic, factTopics } from '../facts.js';
import { auditHead } from './audit-head.js';
import { carePlan } from './care-plan.js';
import { caseEvent } from './case-event.js';
import { identity } from './identity.js';
import { listing } from './listing.js';
import { person } from './person.js';
import { practitioner } from './practitioner.js';
import { stay } from './stay.js';
import { unit } from './unit.js';

/** What each topic carries. */
export const payloads = {
  [factTopics.stay]: stay,
  [factTopics.identity]: identity,
  [factTopics.carePlan]: carePlan,
  [factTopics.person]: person,
  [factTopics.listing]: listing,
  [factTopics.unit]: unit,
  [factTopics.practitioner]: practitioner,
  [caseTopic]: caseEvent,
  [auditTopic]: auditHead,
};
