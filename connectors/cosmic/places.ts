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
/** A refusal holds up what waits for the answer, so it is asked again soon; not for each that leads there. */
const refusalKeptMilliseconds = 60 * 1000;
const mostKept = 20_000;

/** What nothing can be said of: it is no answer that there is nothing. */
export type NotReadable = 'not-readable';

/** What was answered is no such resource. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Locations and organisations, and at which organisation a role is: read when they are first needed, or brought along by a page
 * (`_include`), and kept for a while.
 */
export class Places {
  private readonly places: KeptFor<Place | undefined>;
  private readonly roles: KeptFor<Role | undefined>;
  private readonly refusals: KeptFor<NotReadable>;

  constructor(
    private readonly reader: Pick<FhirReader, 'read'>,
    clock: () => Date,
  ) {
    this.places = new KeptFor(keptMilliseconds, mostKept, clock);
    this.roles = new KeptFor(keptMilliseconds, mostKept, clock);
    this.refusals = new KeptFor(refusalKeptMilliseconds, mostKept, clock);
  }

  /** What a page brought along. */
  learn(resource: AnyResource): void {
    const place = readPlace(resource);
    if (place) this.places.set(`${place.resourceType}/${place.id}`, place);
    const role = readRole(resource);
    if (role) this.roles.set(role.id, role);
  }

  /** Undefined when it is not there; `not-readable` when it may not be read, or is none by FHIR's own rules. @throws FhirFailure */
  place(type: Place['resourceType'], id: string): Promise<Place | NotReadable | undefined> {
    return this.readIfAllowed(this.places, `${type}/${id}`, type, id, readPlace);
  }

  /** As `place`. @throws FhirFailure */
  role(id: string): Promise<Role | NotReadable | undefined> {
    return this.readIfAllowed(this.roles, id, 'PractitionerRole', id, readRole);
  }

  private async readIfAllowed<Resource>(
    kept: KeptFor<Resource | undefined>,
    key: string,
    type: string,
    id: string,
    as: (value: unknown) => Resource | undefined,
  ): Promise<Resource | NotReadable | undefined> {
    const refusal = `${type}/${id}`;
    if (!kept.has(key) && this.refusals.has(refusal)) return 'not-readable';
    try {
      return await kept.get(key, async () => {
        const answer = await this.reader.read(type, id);
        if ('gone' in answer) return undefined;
        const resource = as(answer.resource);
        if (resource === undefined) throw new Refused();
        return resource;
      });
    } catch (error) {
      const refused = error instanceof Refused || (error instanceof FhirFailure && error.code === 'http-403');
      if (!refused) throw error;
      this.refusals.set(refusal, 'not-readable');
      return 'not-readable';
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
