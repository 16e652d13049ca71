import type { RenderedResource } from '../projection.js';
import type { ShownDirectory } from './directory-view.js';
import { renderLocation } from './location.js';
import { renderProvider, renderUnit } from './organization.js';
import { renderPractitioner, renderPractitionerRoles } from './practitioner.js';

/** Kinds of unit that patients lie at, so that they are places as well. */
const wardKinds: readonly string[] = ['ward', 'emergency-ward'];

/**
 * The organisation file as FHIR: providers and units (Organization), wards (Location as well), people (Practitioner) and
 * their work (PractitionerRole). Without scope: open to every authenticated caller. A provider that is also listed as a
 * unit is shown once, as the provider.
 */
export function projectDirectory(directory: ShownDirectory): RenderedResource[] {
  const providers = new Set(directory.providers.map(({ hsaId }) => hsaId));
  const units = directory.units.filter(({ hsaId }) => !providers.has(hsaId));
  const numbers = new Map(directory.units.map((unit) => [unit.hsaId, unit.organisationNumber]));
  const organisationOf = (unit: string) => numbers.get(unit);
  return [
    ...directory.providers.map(renderProvider),
    ...units.map((unit) => renderUnit(unit, directory)),
    ...units.filter(({ kind }) => wardKinds.includes(kind)).map(renderLocation),
    ...directory.people.map((person) => renderPractitioner(person, organisationOf)),
    ...directory.people.flatMap((person) => renderPractitionerRoles(person, directory.roles, organisationOf)),
  ];
}
