import type { Bundle, CarePlan, CodeableConcept, Reference } from 'fhir/r4.js';
import { isMasked } from '../../messaging/contracts/payloads/free-texts.js';
import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import type { BackgroundPlan } from '../../persons/background-plans.js';
import type { Uuid } from '../../process/vocabulary.js';
import { nameBasedUuid } from '../../projection/identity.js';
import { hsaIdentifier, patientReference } from '../../projection/references.js';
import type { KeptPlan } from './find-background.js';

/** Whose the plan is there: names the journal system in `meta.source` and as the system of its own identifiers. */
const journal = (sender: string): string => `urn:hemgang:sender:${encodeURIComponent(sender)}`;

/**
 * Background as a collection: the plans are no resources of this server, so they have no id to be read or searched by and no
 * version; a `fullUrl` is the same each time within a case, and another in another case.
 * @see https://hl7.org/fhir/R4/bundle.html
 */
export function backgroundBundle(
  caseId: Uuid,
  personId: Uuid,
  plans: readonly KeptPlan[],
  now: Date,
): Bundle<CarePlan> {
  const entry = plans.map((plan) => ({
    fullUrl: `urn:uuid:${nameBasedUuid(caseId, JSON.stringify(['background', plan.sender, plan.plan]))}`,
    resource: carePlan(personId, plan),
  }));
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: now.toISOString(),
    ...(entry.length > 0 && { entry }),
  };
}

function carePlan(personId: Uuid, { sender, plan, occurredAt, content }: KeptPlan): CarePlan {
  const { status, title, period, createdAt, author, receivers = [] } = content;
  const categories = (content.categories ?? []).flatMap(concept);
  return {
    resourceType: 'CarePlan',
    meta: { source: journal(sender), lastUpdated: new Date(occurredAt).toISOString() },
    // What the journal calls the plan, unless that looks like a person's number.
    ...(looksLikePersonalNumber(plan) ? {} : { identifier: [{ system: journal(sender), value: plan }] }),
    status: status ?? 'unknown',
    intent: 'plan',
    ...(categories.length > 0 && { category: categories }),
    ...(title !== undefined && { title }),
    subject: patientReference(personId),
    ...(period !== undefined && Object.keys(period).length > 0 && { period }),
    ...(createdAt !== undefined && { created: createdAt }),
    ...(author !== undefined && { author: organisation(author) }),
    // As Inera maps the care units that take part in a plan (SEEHDSCarePlan).
    ...(receivers.length > 0 && { contributor: receivers.map(organisation) }),
  };
}

/** A code of which digits are masked is none, and is left out: what people read of the category says it still. */
function concept(category: NonNullable<BackgroundPlan['categories']>[number]): readonly CodeableConcept[] {
  const { system, code, display } = category;
  if (code !== undefined && isMasked(code)) return display === undefined ? [] : [{ text: display }];
  return system === undefined && code === undefined && display !== undefined
    ? [{ text: display }]
    : [{ coding: [category] }];
}

/** By its business identifier alone: whether the directory of this hub has it is not known. */
function organisation({ hsaId, name }: NonNullable<BackgroundPlan['author']>): Reference {
  return {
    type: 'Organization',
    ...(hsaId !== undefined && { identifier: hsaIdentifier(hsaId) }),
    ...(name !== undefined && { display: name }),
  };
}
