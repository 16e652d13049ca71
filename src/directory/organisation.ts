import type { HsaId, Responsibility, Side, UserActor, Service } from '../process/vocabulary.js';
import type { StatedSettings } from '../process/policy/setting.js';

/** The organisation as one configuration file describes it (ORG-1 to ORG-11). JSON. */
export type Organisation = {
  /** Roles by their name: which titles lead to them (ORG-1), and what a role is (ORG-9). */
  readonly roles: Readonly<Record<string, Role>>;
  readonly providers: readonly Provider[];
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  /** Receiving units by municipality code (ORG-7). */
  readonly municipalities: readonly Municipality[];
};

export type Role = {
  /** What staff call it. */
  readonly name: string;
  /** Licensed (legitimerad), ORG-9. */
  readonly licensed: boolean;
  /** Titles (befattning) that lead to this role: codes of KV Befattning, or names the region has configured. */
  readonly titles: readonly string[];
  /** Its titles are a doctor's (SVU-43): what the catalogue calls a doctor's licence. Without such a role: the one named Läkare. */
  readonly doctorLicence?: string;
  /** May read the trail of the own organisation (ACC-5). Gives no access to cases by itself. */
  readonly reviewsLog?: boolean;
};

/** The secrecy domain: one organisation number (ORG-3). */
export type Provider = {
  readonly organisationNumber: string;
  readonly name: string;
  readonly hsaId: HsaId;
  /** The policy of cases opened by hospitals of this organisation. */
  readonly policy?: string;
  /** What it narrows of its policy, where the sources leave that to organisations (`local`): the settings of cases that it opens. */
  readonly local?: StatedSettings;
  /** Outside health and social care: weaker secrecy, invited cases only (ORG-10). */
  readonly weakerSecrecy?: boolean;
  /** Its staff act at any of its units, in the roles of their titles (ORG-6), and not only where they have an assignment. Left out: they do not. */
  readonly movesWithinTree?: boolean;
};

type UnitKind =
  | 'organisation'
  | 'hospital'
  | 'ward'
  | 'emergency-ward'
  | 'health-centre'
  | 'psychiatric-outpatient'
  | 'needs-assessment'
  | 'home-nursing'
  | 'rehabilitation'
  | 'home-care'
  | 'school'
  | 'authority';

export type Unit = {
  readonly hsaId: HsaId;
  readonly name: string;
  readonly organisationNumber: string;
  readonly parent?: HsaId;
  readonly side: Side;
  readonly kind: UnitKind;
  readonly telephone?: string;
  /** Active roles and their responsibilities (ORG-2, ORG-4). Empty for units that only group others. */
  readonly roles: Readonly<Record<string, readonly Responsibility[]>>;
  readonly active: boolean;
  /** The ward of the same organisation that takes over the open cases of this one when the catalogue has closed it (SVU-25). */
  readonly replacedBy?: HsaId;
};

export type Person = {
  readonly hsaId: HsaId;
  readonly given: string;
  readonly surname: string;
  readonly titles: readonly string[];
  readonly assignments: readonly Assignment[];
  /** The catalogue says so, or nothing clear, or the file: the name is shown to nobody. */
  readonly protectedPerson?: boolean;
  /** Of the catalogue, never of the file: licensed professions. Absent: the role alone says whether it is licensed (ORG-9). */
  readonly licences?: readonly string[];
};

/** One assignment (medarbetaruppdrag) of a person at a unit, with the titles held there. */
export type Assignment = {
  readonly hsaId: HsaId;
  readonly unit: HsaId;
  readonly titles: readonly string[];
};

export type Municipality = {
  readonly code: string;
  readonly name: string;
  readonly organisationNumber: string;
  readonly inboxes: readonly Inbox[];
  /** Cases of persons under 18 are handled here, where the policy leaves it to the municipality (PAT-11). Left out: they are not. */
  readonly minors?: boolean;
};

/** A receiving unit of a municipality, with the kinds of service that it answers for. */
type Inbox = {
  readonly unit: HsaId;
  readonly serves: readonly Service[];
  /** False: no case goes to it by the population register; another unit of the case adds it by hand (ORG-7, ORG-14). Left out: true. */
  readonly preselected?: boolean;
  /** It passes its cases on to the units of the right area, and keeps them until one of these has taken them (ADR-14). Left out: false. */
  readonly distributes?: boolean;
};

/** The organisation as the rest of the hub asks it. Built once from a checked file; immutable. */
export interface Directory {
  readonly organisation: Organisation;
  unit(hsaId: HsaId): Unit | undefined;
  provider(organisationNumber: string): Provider | undefined;
  /** The policy of cases that a unit opens: that of its organisation. Undefined where the organisation has none. */
  policyOf(unit: HsaId): string | undefined;
  role(name: string): Role | undefined;
  person(hsaId: HsaId): Person | undefined;
  /**
   * The person, also when nobody had asked for him or her before: looked for in the catalogue where that is connected.
   * @param asker on whose behalf: a unit's HSA-id, or a client
   * @throws {CatalogueUnavailable} when the person is not known here and the catalogue does not answer
   */
  seek(hsaId: HsaId, asker: string): Promise<Person | undefined>;
  municipality(code: string): Municipality | undefined;
  /**
   * Receiving units of a municipality; undefined when it is outside the configuration (ADR-13): all
   * that are preselected, whatever they serve (ORG-7), so that no notice is left without a receiver. A unit that is closed receives nothing; none is left when all are.
   */
  inboxes(municipalityCode: string): readonly HsaId[] | undefined;
  /** Of an inbox that passes its cases on: the organisation number of its municipality (ADR-14). Undefined of any other unit. */
  distributesIn(unit: HsaId): string | undefined;
  /**
   * The actor a person is at a unit, in a role the unit has active; undefined when there is none (ORG-1, ACC-1).
   * Without `role`: the role of the first of the assignment's titles that is active there (ORG-6 lets the user choose).
   */
  actor(person: HsaId, unit: HsaId, role?: string): UserActor | undefined;
  /** Every actor a person can be at a unit, in the order of the assignment's titles (ORG-6). */
  actors(person: HsaId, unit: HsaId): readonly UserActor[];
}
