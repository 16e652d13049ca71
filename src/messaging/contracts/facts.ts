/**
 * The topics, and the types of what they carry. A fact is something that happened elsewhere, told by a connector. The schemas that
 * the types come from are in `payloads/`; a fact is checked against them at both ends.
 */

export const factTopics = {
  stay: 'journal.stay.v1',
  identity: 'journal.identity.v1',
  carePlan: 'journal.care-plan.v1',
  person: 'population.person.v1',
  listing: 'listing.listing.v1',
  unit: 'directory.unit.v1',
  practitioner: 'directory.practitioner.v1',
} as const;

/** Case events out: thin (design, section 5). */
export const caseTopic = 'case.event.v1';

/** Heads of the trail of accesses (ACC-5), kept where the owner of the database cannot reach. */
export const auditTopic = 'audit.head.v1';

export type { AuditHeadEvent } from './payloads/audit-head.js';
export type { CarePlanFact } from './payloads/care-plan.js';
export type { CaseEvent } from './payloads/case-event.js';
export type { PersonIdentifier } from './payloads/common.js';
export type { IdentityFact } from './payloads/identity.js';
export type { Listing, ListingFact } from './payloads/listing.js';
export type { PersonFact, RegisterRecord } from './payloads/person.js';
export type { CatalogueAssignment, PractitionerFact } from './payloads/practitioner.js';
export type { StayFact, StayFactKind } from './payloads/stay.js';
export type { UnitFact } from './payloads/unit.js';
