/**
 * The payloads of the fact topics. A fact is something that happened elsewhere, told by a connector. The JSON Schemas in
 * `schemas.ts` are checked at both ends. Times are UTC instants (`Z`); the connector has translated the source's zone.
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

/** How far a chain of the trail goes, sealed by a key that is not in the database. Nothing about anybody. */
export type AuditHeadEvent = {
  readonly format: number;
  /** Id of the chain. */
  readonly chain: string;
  /** Number of the group that is its last now. */
  readonly number: number;
  readonly hash: string;
  readonly recordedAt: string;
  readonly keyId: string;
  /** Ed25519, base64url. */
  readonly signature: string;
};

/** A person as the fact names it. `reserve`: a reserve number (PAT-4); `other`: anything else a system sent as an identity. */
export type PersonIdentifier = {
  readonly type: 'personnummer' | 'samordningsnummer' | 'reserve' | 'other';
  readonly value: string;
};

/**
 * What happened to a stay: ADT A01, A02, A08 (anything else about it, in practice the expected discharge or the ward), A03,
 * A11 (it never came to be) and A13 (it goes on after all).
 */
export type StayFactKind =
  'admitted' | 'transferred' | 'changed' | 'discharged' | 'admission-cancelled' | 'discharge-cancelled';

/** A hospital stay as a journal system tells it. */
export type StayFact = {
  readonly kind: StayFactKind;
  readonly person: PersonIdentifier;
  /** The journal's own id of the stay (PV1-19), unique within `sender`. */
  readonly visit: string;
  /** HSA-id of the ward after the mapping file; absent when the message names none that is mapped. */
  readonly ward?: string;
  readonly admittedAt?: string;
  readonly dischargedAt?: string;
  /** Absent: the message says nothing of it, which changes nothing. */
  readonly expectedDischarge?: string;
  /** The journal says that there is no expected discharge any more (HL7 null, `""`). Never together with one. */
  readonly expectedDischargeRemoved?: true;
  /** The source's order: time of the event (EVN-2, else MSH-7), and its sequence number where it has one (MSH-13). */
  readonly occurredAt: string;
  readonly sequence?: number;
  /** Set when a local time fell in the doubled hour and the first was taken. */
  readonly ambiguousTime?: boolean;
  /** Who sent it and the id of the message there. */
  readonly sender: string;
  readonly messageId: string;
};

/**
 * A journal system says that identities it kept apart are one person's (ADT A40), or that a number was corrected. It is a
 * statement of the journal alone: the population register decides whether it is so (PAT-2, PAT-12).
 */
export type IdentityFact = {
  /** The identity that lives on. The message key is this one's. */
  readonly person: PersonIdentifier;
  /** The identities that it replaces. Never the surviving one itself. */
  readonly replaced: readonly PersonIdentifier[];
  /** The source's order, as of a stay. */
  readonly occurredAt: string;
  readonly sequence?: number;
  /** Who sent it and the id of the message there. */
  readonly sender: string;
  readonly messageId: string;
};

/** `CarePlan.status` of FHIR R4; what is entered in error is told as gone. */
export type CarePlanStatus = 'draft' | 'active' | 'on-hold' | 'revoked' | 'completed' | 'unknown';

/**
 * A care plan of a journal system as it is there now, for background alone: what it is called, of what kind, from when and
 * between whom. Never what it says (goals, activities, notes) and never anybody of the staff.
 *
 * A plan may be told again unchanged, so that a hub that had no use for it then has it now: the same `sequence` and content
 * under another event id, because the inbox takes an id once. A plan that turns out to be of another person is told as gone
 * under the first, and then under the other.
 */
export type CarePlanFact = {
  readonly person: PersonIdentifier;
  /** The journal's own id of the plan, unique within `sender`. */
  readonly plan: string;
  /** Deleted, entered in error, or no longer to be read: then nothing that describes it is told. */
  readonly gone?: true;
  /** Always there unless gone. */
  readonly status?: CarePlanStatus;
  readonly title?: string;
  readonly categories?: readonly CarePlanCategory[];
  /** Days (`YYYY-MM-DD`) or instants, as the journal has them. */
  readonly period?: { readonly start?: string; readonly end?: string };
  /** A day or an instant. */
  readonly createdAt?: string;
  /** The organisation that asks for the plan, and those it asks. */
  readonly author?: CarePlanOrganisation;
  readonly receivers?: readonly CarePlanOrganisation[];
  /** When the source says that it changed (`meta.lastUpdated`). Its clock may be wrong: decides between equal `sequence` alone. */
  readonly occurredAt: string;
  /**
   * The order of a plan's facts: the connector's own count, higher for each change. It has to stay so when the connector's
   * memory is lost, so it begins at, and is never behind, the connector's clock in milliseconds.
   */
  readonly sequence: number;
  /** Who sent it and the id of the message there. */
  readonly sender: string;
  readonly messageId: string;
};

/** A coding; at least one of them. */
type CarePlanCategory = {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
};

/** An organisation, never one of its staff; at least one of them. */
type CarePlanOrganisation = { readonly hsaId?: string; readonly name?: string };

/** One person as the population register describes it now (GetPersonsForProfile). */
export type PersonFact = {
  readonly person: PersonIdentifier;
  /** False: the register does not know the number (PAT-1). */
  readonly found: boolean;
  readonly record?: RegisterRecord;
  readonly readAt: string;
};

/** The register copy. Fields that the register leaves out are left out here. */
export type RegisterRecord = {
  readonly identifier: PersonIdentifier;
  /** Sekretessmarkering. Absent: unknown, which counts as protected. */
  readonly protectedPerson?: boolean;
  /** Skyddad folkbokföring. Optional in the schema of the register: absent counts as false there, see the decision record. */
  readonly protectedPopulationRecord?: boolean;
  readonly testPerson?: boolean;
  readonly name?: {
    readonly given?: string;
    readonly middle?: string;
    readonly surname?: string;
    readonly givenNameIndicator?: string;
  };
  readonly gender?: 'male' | 'female';
  readonly birthDate?: string;
  readonly address?: {
    readonly careOf?: string;
    readonly line1?: string;
    readonly line2?: string;
    readonly postalCode?: string;
    readonly city?: string;
  };
  /** Four digits: county and municipality. */
  readonly municipalityCode?: string;
  readonly deregistration?: { readonly reason: string; readonly date?: string };
  /** Identities that the register says this one was or became. */
  readonly referred?: readonly PersonIdentifier[];
};

/** Where a person is listed now (getListing). */
export type ListingFact = {
  readonly person: PersonIdentifier;
  readonly listings: readonly Listing[];
  readonly readAt: string;
};

export type Listing = {
  readonly facility: string;
  readonly facilityName?: string;
  readonly type?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly doctor?: { readonly id?: string; readonly name?: string };
};

/** One HSA unit as the catalogue describes it now; a change is told by a new fact. */
export type UnitFact = {
  /** HSA-id of the unit. */
  readonly unit: string;
  /** False: the catalogue does not know it, or no longer. */
  readonly found: boolean;
  readonly name?: string;
  readonly organisationNumber?: string;
  readonly parent?: string;
  /** From when it is there, and until when: from then on it is closed. */
  readonly startsAt?: string;
  readonly endsAt?: string;
  /** Kept by the catalogue only so that old references can be resolved: closed. */
  readonly archived?: boolean;
  /** HSA-ids of the care unit (vårdenhet) it belongs to and of that one's care provider (vårdgivare). */
  readonly healthCareUnit?: string;
  readonly healthCareProvider?: string;
  readonly readAt: string;
};

/** One of the staff as the catalogue describes him or her now. Never a personal number. */
export type PractitionerFact = {
  /** HSA-id of the person. */
  readonly practitioner: string;
  /** False: the catalogue does not know the person, or no longer. */
  readonly found: boolean;
  /** Absent: unknown, which counts as protected. */
  readonly protectedPerson?: boolean;
  /** Absent for who is protected. */
  readonly name?: { readonly given?: string; readonly surname: string };
  /** Titles (befattning) as codes. */
  readonly titles?: readonly string[];
  /** Licensed professions (legitimerad yrkesgrupp), in the words of the catalogue. */
  readonly licences?: readonly string[];
  readonly assignments?: readonly CatalogueAssignment[];
  readonly readAt: string;
};

/** The id that facts about one of the staff have at their connector; what was recorded of them is found by it. */
export const practitionerMessageId = (hsaId: string): string => `practitioner:${hsaId}`;

/** An assignment (medarbetaruppdrag) of a person at a care unit. */
export type CatalogueAssignment = {
  readonly hsaId: string;
  readonly unit: string;
  readonly purpose: string;
  /** From then on the unit is closed and the assignment with it. */
  readonly endsAt?: string;
};

/** A thin case event (out). */
export type CaseEvent = {
  readonly caseId: string;
  readonly kind: 'svu';
  readonly event: string;
  readonly sequence: number;
  readonly occurredAt: string;
  /** Units that see the case now. */
  readonly units: readonly string[];
  /** Units that this event removed: they see the case no more. */
  readonly removedUnits?: readonly string[];
  /** Within one a sequence stands for one event; absent until the log was first set back to an earlier point. */
  readonly epoch?: string;
};

/** The lookups register connectors offer, in process or over HTTP (design, section 5). */
export interface PersonLookup {
  /** Up to 500 at a time; answers in the order asked. Rejects with `LookupUnavailable` when the register cannot answer. */
  lookUp(persons: readonly PersonIdentifier[]): Promise<readonly PersonFact[]>;
}

export interface ListingLookup {
  lookUp(person: PersonIdentifier): Promise<ListingFact>;
}

export interface CatalogueLookup {
  unit(hsaId: string): Promise<UnitFact>;
  practitioner(hsaId: string): Promise<PractitionerFact>;
}

/** The register behind a lookup did not answer. `retryable` false: asking again will not help (our fault, e.g. VP007). */
export class LookupUnavailable extends Error {
  override readonly name = 'LookupUnavailable';
  constructor(
    readonly system: string,
    readonly code: string,
    readonly retryable: boolean,
  ) {
    super(`${system} did not answer: ${code}`);
  }
}
