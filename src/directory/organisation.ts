import type { HsaId, Responsibility, Side, UserActor } from '../process/vocabulary.js';
import type { PolicyName } from '../process/policy/policy.js';

/** The organisation as one configuration file describes it (ORG-1 to ORG-11). JSON. */
export type Organisation = {
  /** Title codes (befattning) to roles (ORG-1), and what a role is (ORG-9). */
  readonly roles: Readonly<
    Record<string, { readonly name: string; readonly licensed: boolean; readonly titles: readonly string[] }>
  >;
  readonly providers: readonly Provider[];
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  /** Receiving units by municipality code (ORG-7). */
  readonly municipalities: readonly Municipality[];
};

/** The secrecy domain: one organisation number (ORG-3). */
export type Provider = {
  readonly organisationNumber: string;
  readonly name: string;
  readonly hsaId: HsaId;
  /** The policy of cases opened by hospitals of this organisation. */
  readonly policy?: PolicyName;
  /** Outside health and social care: weaker secrecy, invited cases only (ORG-10). */
  readonly weakerSecrecy?: boolean;
};

export type Unit = {
  readonly hsaId: HsaId;
  readonly name: string;
  readonly organisationNumber: string;
  readonly parent?: HsaId;
  readonly side: Side;
  readonly kind: string;
  readonly telephone?: string;
  /** Active roles and their responsibilities (ORG-2, ORG-4). Empty for units that only group others. */
  readonly roles: Readonly<Record<string, readonly Responsibility[]>>;
  readonly active: boolean;
};

export type Person = {
  readonly hsaId: HsaId;
  readonly given: string;
  readonly surname: string;
  readonly titles: readonly string[];
  readonly assignments: readonly {
    readonly hsaId: HsaId;
    readonly unit: HsaId;
    readonly titles: readonly string[];
  }[];
};

export type Municipality = {
  readonly code: string;
  readonly name: string;
  readonly organisationNumber: string;
  readonly inboxes: readonly { readonly unit: HsaId; readonly serves: readonly string[] }[];
};

/** The organisation as the rest of the hub asks it. Built once from a checked file; immutable. */
export interface Directory {
  readonly organisation: Organisation;
  unit(hsaId: HsaId): Unit | undefined;
  provider(organisationNumber: string): Provider | undefined;
  person(hsaId: HsaId): Person | undefined;
  /** Receiving units of a municipality; undefined when it is outside the configuration (ADR-13). */
  inboxes(municipalityCode: string): readonly HsaId[] | undefined;
  /** The actor a person is at a unit, in a role the unit has active; undefined when there is none (ORG-1, ACC-1). */
  actor(person: HsaId, unit: HsaId, role?: string): UserActor | undefined;
}
