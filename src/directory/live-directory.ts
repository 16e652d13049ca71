import type { HsaId, UserActor } from '../process/vocabulary.js';
import { buildDirectory } from './directory.js';
import type { Directory, Municipality, Organisation, Person, Provider, Role, Unit } from './organisation.js';
import type { SeekStaff } from './seek.js';

/**
 * The directory of the moment: whoever holds it asks the organisation that was put in force last, so that a unit or an
 * assignment that ends takes effect on the next question (ACC-7).
 */
export class LiveDirectory implements Directory {
  #current: Directory;
  #seek: SeekStaff | undefined;

  constructor(organisation: Organisation) {
    this.#current = buildDirectory(organisation);
  }

  /** Puts another organisation in force, whole and at once. */
  replace(organisation: Organisation): void {
    this.#current = buildDirectory(organisation);
  }

  /** From now on staff whom this directory does not know are asked for in the catalogue. */
  seekBy(seek: SeekStaff): void {
    this.#seek = seek;
  }

  get organisation(): Organisation {
    return this.#current.organisation;
  }
  unit(hsaId: HsaId): Unit | undefined {
    return this.#current.unit(hsaId);
  }
  provider(organisationNumber: string): Provider | undefined {
    return this.#current.provider(organisationNumber);
  }
  policyOf(unit: HsaId): string | undefined {
    return this.#current.policyOf(unit);
  }
  role(name: string): Role | undefined {
    return this.#current.role(name);
  }
  person(hsaId: HsaId): Person | undefined {
    return this.#current.person(hsaId);
  }
  async seek(hsaId: HsaId, asker: string): Promise<Person | undefined> {
    const known = this.person(hsaId);
    if (known !== undefined || this.#seek === undefined) return known;
    await this.#seek(hsaId, asker);
    return this.person(hsaId);
  }
  municipality(code: string): Municipality | undefined {
    return this.#current.municipality(code);
  }
  inboxes(municipalityCode: string): readonly HsaId[] | undefined {
    return this.#current.inboxes(municipalityCode);
  }
  distributesIn(unit: HsaId): string | undefined {
    return this.#current.distributesIn(unit);
  }
  actor(person: HsaId, unit: HsaId, role?: string): UserActor | undefined {
    return this.#current.actor(person, unit, role);
  }
  actors(person: HsaId, unit: HsaId): readonly UserActor[] {
    return this.#current.actors(person, unit);
  }
}
