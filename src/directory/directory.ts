import type { HsaId, UserActor } from '../process/vocabulary.js';
import type { Directory, Municipality, Organisation, Person, Provider, Role, Unit } from './organisation.js';

/**
 * Builds the directory of an organisation that `checkOrganisation` found no fault in. The organisation is frozen: a
 * changed file means a new directory.
 */
export function buildDirectory(organisation: Organisation): Directory {
  return new OrganisationDirectory(deepFreeze(structuredClone(organisation)));
}

class OrganisationDirectory implements Directory {
  readonly #units: ReadonlyMap<HsaId, Unit>;
  readonly #providers: ReadonlyMap<string, Provider>;
  readonly #people: ReadonlyMap<HsaId, Person>;
  readonly #municipalities: ReadonlyMap<string, Municipality>;
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #roleOfTitle: ReadonlyMap<string, string>;
  readonly #actors = new Map<string, readonly UserActor[]>();

  constructor(readonly organisation: Organisation) {
    this.#units = new Map(organisation.units.map((unit) => [unit.hsaId, unit]));
    this.#providers = new Map(
      organisation.providers.map((provider) => [provider.organisationNumber, provider]),
    );
    this.#people = new Map(organisation.people.map((person) => [person.hsaId, person]));
    this.#municipalities = new Map(organisation.municipalities.map((one) => [one.code, one]));
    this.#roles = new Map(Object.entries(organisation.roles));
    this.#roleOfTitle = new Map(
      Object.entries(organisation.roles).flatMap(([name, role]) =>
        role.titles.map((title) => [title, name] as const),
      ),
    );
  }

  unit(hsaId: HsaId): Unit | undefined {
    return this.#units.get(hsaId);
  }

  provider(organisationNumber: string): Provider | undefined {
    return this.#providers.get(organisationNumber);
  }

  policyOf(unit: HsaId): string | undefined {
    const organisationNumber = this.unit(unit)?.organisationNumber;
    return organisationNumber === undefined ? undefined : this.provider(organisationNumber)?.policy;
  }

  role(name: string): Role | undefined {
    return this.#roles.get(name);
  }

  person(hsaId: HsaId): Person | undefined {
    return this.#people.get(hsaId);
  }

  seek(hsaId: HsaId): Promise<Person | undefined> {
    return Promise.resolve(this.person(hsaId));
  }

  municipality(code: string): Municipality | undefined {
    return this.#municipalities.get(code);
  }

  inboxes(municipalityCode: string): readonly HsaId[] | undefined {
    const configured = this.#municipalities.get(municipalityCode)?.inboxes;
    if (configured === undefined) return undefined;
    return configured
      .filter(({ unit, preselected = true }) => preselected && this.unit(unit)?.active)
      .map(({ unit }) => unit);
  }

  distributesIn(unit: HsaId): string | undefined {
    return this.organisation.municipalities.find(({ inboxes }) =>
      inboxes.some((inbox) => inbox.unit === unit && inbox.distributes === true),
    )?.organisationNumber;
  }

  actor(person: HsaId, unit: HsaId, role?: string): UserActor | undefined {
    const actors = this.actors(person, unit);
    return role === undefined ? actors[0] : actors.find((actor) => actor.role === role);
  }

  /** Kept for the life of the directory, which does not change; for whom there is no assignment it is not, so they are no more than assignments. */
  actors(person: HsaId, unitId: HsaId): readonly UserActor[] {
    const key = `${person} ${unitId}`;
    const known = this.#actors.get(key);
    if (known !== undefined) return known;
    const actors = this.#actorsOf(person, unitId);
    const assigned = this.#people.get(person)?.assignments.some(({ unit }) => unit === unitId) === true;
    if (actors.length > 0 && assigned) this.#actors.set(key, actors);
    return actors;
  }

  #actorsOf(person: HsaId, unitId: HsaId): readonly UserActor[] {
    const unit = this.#units.get(unitId);
    if (!unit?.active) return [];
    const titles = this.#titlesAt(person, unit);
    const roles = new Set(titles.flatMap((title) => this.#roleOfTitle.get(title) ?? []));
    return [...roles].flatMap((role) => this.#actor(person, unit, role, titles) ?? []);
  }

  /** ORG-6: those of the assignment there; without one, where staff move within their organisation, those of their other units in it (ORG-3). */
  #titlesAt(person: HsaId, { hsaId, organisationNumber }: Unit): readonly string[] {
    const assignments = this.#people.get(person)?.assignments ?? [];
    const own = assignments.filter(({ unit }) => unit === hsaId);
    if (own.length > 0 || this.#providers.get(organisationNumber)?.movesWithinTree !== true)
      return own.flatMap(({ titles }) => titles);
    return assignments
      .filter(({ unit }) => this.#isIn(unit, organisationNumber))
      .flatMap(({ titles }) => titles);
  }

  #isIn(unit: HsaId, organisationNumber: string): boolean {
    const found = this.#units.get(unit);
    return found?.active === true && found.organisationNumber === organisationNumber;
  }

  #actor(person: HsaId, unit: Unit, role: string, titles: readonly string[]): UserActor | undefined {
    const responsibilities = Object.hasOwn(unit.roles, role) ? unit.roles[role] : undefined;
    const description = this.#roles.get(role);
    if (responsibilities === undefined || description === undefined) return undefined;
    const known = this.#people.get(person);
    const name =
      known?.protectedPerson === true ? '' : `${known?.given ?? ''} ${known?.surname ?? ''}`.trim();
    // A code of KV Befattning is nothing for people to read; the role it leads to is.
    const title = titles.find((each) => this.#roleOfTitle.get(each) === role && !/^\d+$/u.test(each));
    return {
      kind: 'user',
      user: person,
      unit: unit.hsaId,
      unitName: unit.name,
      ...(name === '' ? {} : { name }),
      title: title ?? description.name,
      organisation: unit.organisationNumber,
      side: unit.side,
      role,
      // ORG-9: the role is a licensed one, and the catalogue, where it told, knows a licence of this person.
      licensed: description.licensed && known?.licences?.length !== 0,
      responsibilities,
    };
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
