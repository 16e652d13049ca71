import { KeptFor } from './kept-for.js';
import type { FhirReader } from './fhir/fhir-reader.js';
import { FhirFailure } from './fhir/failure.js';
import {
  readPlace,
  readRole,
  type AnyResource,
  type Identifier,
  type Place,
  type Role,
} from './fhir/resources.js';

const keptMilliseconds = 60 * 60 * 1000;
const mostKept = 20_000;

/**
 * Locations and organisations, and at which organisation a role is: read when they are first needed, or brought along by a page
 * (`_include`), and kept for a while.
 */
export class Places {
  private readonly places: KeptFor<Place | undefined>;
  private readonly roles: KeptFor<Role | undefined>;

  constructor(
    private readonly reader: Pick<FhirReader, 'read'>,
    clock: () => Date,
  ) {
    this.places = new KeptFor(keptMilliseconds, mostKept, clock);
    this.roles = new KeptFor(keptMilliseconds, mostKept, clock);
  }

  /** What a page brought along. */
  learn(resource: AnyResource): void {
    const place = readPlace(resource);
    if (place) this.places.set(`${place.resourceType}/${place.id}`, place);
    const role = readRole(resource);
    if (role) this.roles.set(role.id, role);
  }

  /** Undefined when it is not there or may not be read. @throws FhirFailure */
  place(type: Place['resourceType'], id: string): Promise<Place | undefined> {
    return this.places.get(`${type}/${id}`, () => this.readIfAllowed(type, id, readPlace));
  }

  /** Undefined when it is not there or may not be read. @throws FhirFailure */
  role(id: string): Promise<Role | undefined> {
    return this.roles.get(id, () => this.readIfAllowed('PractitionerRole', id, readRole));
  }

  private async readIfAllowed<Resource>(
    type: string,
    id: string,
    as: (value: unknown) => Resource | undefined,
  ): Promise<Resource | undefined> {
    try {
      const answer = await this.reader.read(type, id);
      return 'gone' in answer ? undefined : as(answer.resource);
    } catch (error) {
      // Not allowed to read it: what refers to it has to do.
      if (error instanceof FhirFailure && error.code === 'http-403') return undefined;
      throw error;
    }
  }
}

/** Under which keys of `ward.table` an identifier may stand. */
export function keysOf(identifiers: readonly Pick<Identifier, 'system' | 'value'>[]): readonly string[] {
  return identifiers.flatMap(({ system, value }) => (value ? [`${system ?? ''}|${value}`, value] : []));
}

/** The first of the keys that the table holds. */
export function lookUp(
  table: ReadonlyMap<string, string>,
  keys: readonly (string | undefined)[],
): string | undefined {
  for (const key of keys) {
    const found = key === undefined ? undefined : table.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The HSA-id among identifiers, by the systems that hold one. */
export function hsaIdOf(
  identifiers: readonly Pick<Identifier, 'system' | 'value'>[],
  hsaSystems: readonly string[],
): string | undefined {
  return identifiers.find(
    ({ system, value }) => system !== undefined && hsaSystems.includes(system) && isHsaId(value),
  )?.value;
}

function isHsaId(value: string | undefined): value is string {
  return value !== undefined && /^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/.test(value);
}
