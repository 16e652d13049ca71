import type { Reference } from 'fhir/r4.js';
import type { Directory } from '../../directory/organisation.js';
import type { HsaId, Uuid } from '../../process/vocabulary.js';
import { identifierSystems } from '../../projection/codes.js';
import { directoryId, practitionerRoleId } from '../../projection/identity.js';

/**
 * From a reference in what a client sent to an HSA-id of the catalogue: by identifier (HSA-id), or by the literal
 * reference that the facade itself hands out. Built once; the directory does not change while the hub runs.
 */
export class CatalogueReferences {
  private readonly units: Names = { references: new Map(), identifiers: new Map() };
  private readonly people: Names = { references: new Map(), identifiers: new Map() };

  constructor(directory: Directory) {
    const { units, people } = directory.organisation;
    for (const { hsaId } of units) {
      this.units.references.set(`Organization/${directoryId(hsaId)}`, hsaId);
      this.units.identifiers.set(hsaId, hsaId);
    }
    for (const person of people) {
      this.people.references.set(`Practitioner/${directoryId(person.hsaId)}`, person.hsaId);
      this.people.identifiers.set(person.hsaId, person.hsaId);
      for (const assignment of person.assignments) {
        const role = practitionerRoleId(person.hsaId, assignment.unit);
        this.people.references.set(`PractitionerRole/${role}`, person.hsaId);
        // On a PractitionerRole the identifier is the assignment's (SEBasePractitionerRole).
        this.people.identifiers.set(assignment.hsaId, person.hsaId);
      }
    }
  }

  /** The HSA-id of a unit the reference names; undefined when it names none. */
  unit(reference: Reference): HsaId | undefined {
    return resolve(reference, this.units);
  }

  /** The HSA-id of a person the reference names, as Practitioner or as PractitionerRole. */
  person(reference: Reference): HsaId | undefined {
    return resolve(reference, this.people);
  }
}

type Names = { readonly references: Map<string, HsaId>; readonly identifiers: Map<string, HsaId> };

function resolve({ reference, identifier }: Reference, names: Names): HsaId | undefined {
  const byReference = reference === undefined ? undefined : names.references.get(reference);
  const byIdentifier =
    identifier?.system === identifierSystems.hsa ? names.identifiers.get(identifier.value ?? '') : undefined;
  if (reference === undefined) return byIdentifier;
  // Both given: they must name the same.
  return identifier === undefined || byIdentifier === byReference ? byReference : undefined;
}

/** The id in a literal reference to a type: `CarePlan/<id>`; undefined for anything else. */
export function idIn(reference: Reference | undefined, type: string): Uuid | undefined {
  const match = /^([A-Z][A-Za-z]+)\/([0-9a-f-]{36})$/.exec(reference?.reference ?? '');
  return match?.[1] === type ? match[2] : undefined;
}
