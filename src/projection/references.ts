import type { Identifier, Reference } from 'fhir/r4.js';
import type { HsaId, Uuid } from '../process/vocabulary.js';
import { identifierSystems } from './codes.js';
import { directoryId, practitionerRoleId } from './identity.js';
import { staffName } from './staff-name.js';

/** References between resources. Units and staff carry their HSA-id as well, so a reader needs no second request. */

export const hsaIdentifier = (hsaId: HsaId): Identifier => ({ system: identifierSystems.hsa, value: hsaId });

export const referenceTo = (type: string, id: Uuid): Reference & { reference: string } => ({
  reference: `${type}/${id}`,
});

/** The person of a case, by random id: no name, no number. */
export const patientReference = (personId: Uuid): Reference => referenceTo('Patient', personId);

/** @param name what the unit is called, where it is known: staff read names, not ids */
export const organizationReference = (unit: HsaId, name?: string): Reference => ({
  ...referenceTo('Organization', directoryId(unit)),
  identifier: hsaIdentifier(unit),
  ...(name === undefined ? {} : { display: name }),
});

export const locationReference = (unit: HsaId): Reference => ({
  ...referenceTo('Location', directoryId(unit)),
  identifier: hsaIdentifier(unit),
});

/** What a reference says of somebody of the staff: the name, which is withheld while the person is protected, and the title. */
export type StaffDisplay = { readonly name: string; readonly title?: string };

export const practitionerReference = (person: HsaId, display?: StaffDisplay): Reference => ({
  ...referenceTo('Practitioner', directoryId(person)),
  identifier: hsaIdentifier(person),
  ...staffDisplay(person, display),
});

/** A person acting for a unit; no `identifier`, which on PractitionerRole is the assignment's and is not known here. */
export const practitionerRoleReference = (person: HsaId, unit: HsaId, display?: StaffDisplay): Reference => ({
  ...referenceTo('PractitionerRole', practitionerRoleId(person, unit)),
  ...staffDisplay(person, display),
});

function staffDisplay(person: HsaId, display: StaffDisplay | undefined): { display?: string } {
  if (display === undefined) return {};
  const { name, title } = display;
  return { display: [staffName(person, name), ...(title === undefined ? [] : [title])].join(', ') };
}
