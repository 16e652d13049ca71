import type { Reference } from 'fhir/r4.js';
import type { Directory, Organisation } from '../../directory/organisation.js';
import type { HsaId, Uuid } from '../../process/vocabulary.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import { directoryId, practitionerRoleId } from '../../projection/identity.js';

/**
 * From a reference in what a client sent to an HSA-id of the catalogue: by identifier (HSA-id), or by the literal
 * reference that the facade itself hands out. Built again when another organisation is in force.
 */
export class CatalogueReferences {
  private known: { readonly of: Organisation; readonly units: Names; readonly people: Names } | undefined;

  constructor(private readonly directory: Directory) {}

  private get names(): { readonly units: Names; readonly people: Names } {
    const { organisation } = this.directory;
    if (this.known?.of !== organisation) this.known = { of: organisation, ...namesIn(organisation) };
    return this.known;
  }

  /** The HSA-id of a unit the reference names; undefined when it names none. */
  unit(reference: Reference): HsaId | undefined {
    return resolve(reference, this.names.units);
  }

  /**
   * The HSA-id of a person the reference names, as Practitioner or as PractitionerRole. Somebody named by an HSA-id that is not
   * known here is looked for in the catalogue (SVU-8, SVU-10).
   * @param asker on whose behalf: a unit's HSA-id, or a client
   * @throws {CatalogueUnavailable}
   */
  async person(reference: Reference, asker: string): Promise<HsaId | undefined> {
    const { system, value } = reference.identifier ?? {};
    const known = resolve(reference, this.names.people);
    if (known !== undefined || reference.reference !== undefined) return known;
    if (system !== identifierSystems.hsa || value === undefined) return undefined;
    await this.directory.seek(value, asker);
    return resolve(reference, this.names.people);
  }
}

type Names = { readonly references: Map<string, HsaId>; readonly identifiers: Map<string, HsaId> };

function namesIn({ units, people }: Organisation): { readonly units: Names; readonly people: Names } {
  const ofUnits: Names = { references: new Map(), identifiers: new Map() };
  const ofPeople: Names = { references: new Map(), identifiers: new Map() };
  for (const { hsaId } of units) {
    ofUnits.references.set(`Organization/${directoryId(hsaId)}`, hsaId);
    ofUnits.identifiers.set(hsaId, hsaId);
  }
  for (const person of people) {
    ofPeople.references.set(`Practitioner/${directoryId(person.hsaId)}`, person.hsaId);
    ofPeople.identifiers.set(person.hsaId, person.hsaId);
    for (const assignment of person.assignments) {
      const role = practitionerRoleId(person.hsaId, assignment.unit);
      ofPeople.references.set(`PractitionerRole/${role}`, person.hsaId);
      // On a PractitionerRole the identifier is the assignment's (SEBasePractitionerRole).
      ofPeople.identifiers.set(assignment.hsaId, person.hsaId);
    }
  }
  return { units: ofUnits, people: ofPeople };
}

function resolve({ reference, identifier }: Reference, names: Names): HsaId | undefined {
  const byReference = reference === undefined ? undefined : names.references.get(reference);
  const byIdentifier =
    identifier?.system === identifierSystems.hsa ? names.identifiers.get(identifier.value ?? '') : undefined;
  if (reference === undefined) return byIdentifier;
  // Both given: they must name the same.
  return identifier === undefined || byIdentifier === byReference ? byReference : undefined;
}

/**
 * The id in a literal reference to a type: `CarePlan/<id>`; undefined for anything else, also where an identifier stands beside it: it
 * may mean another, and is not compared.
 */
export function idIn(reference: Reference | undefined, type: string): Uuid | undefined {
  if (reference?.identifier !== undefined) return undefined;
  const match = /^([A-Z][A-Za-z]+)\/([0-9a-f-]{36})$/.exec(reference?.reference ?? '');
  return match?.[1] === type ? match[2] : undefined;
}
