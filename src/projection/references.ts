import type { Identifier, Reference } from 'fhir/r4.js';
import type { Actor, HsaId, UserActor, Uuid } from '../process/vocabulary.js';
import { identifierSystems } from './codes/codes.js';
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

/** What a reference says of somebody of the staff: the name, which is withheld while the person is protected, the title and the unit. */
export type StaffDisplay = { readonly name?: string; readonly title?: string; readonly unit?: string };

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
  const { name, title, unit } = display;
  const said = [name === undefined ? undefined : staffName(person, name), title, unit];
  return { display: said.filter((each) => each !== undefined).join(', ') };
}

/** Somebody who acted for a unit: name, title and unit, as the directory said then. */
export const staffReference = ({ user, unit, unitName, name, title }: UserActor): Reference =>
  practitionerRoleReference(user, unit, {
    unit: unitName,
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
  });

/** The hub itself, where it acts on what a system told it: only a name, because it is not a resource. */
export const hubReference = (actor?: Actor): Reference => ({
  type: 'Device',
  display: (actor?.kind === 'system' && hubActing[actor.system]) || 'Hemgång',
});

/** What staff read, by the name of the system that told the hub. */
const hubActing: Readonly<Record<string, string>> = {
  journal: 'Hemgång, efter uppgift från journalsystemet',
  'population-register': 'Hemgång, efter uppgift från folkbokföringen',
  listing: 'Hemgång, efter uppgift från listningstjänsten',
  catalogue: 'Hemgång, efter uppgift från HSA-katalogen',
};
