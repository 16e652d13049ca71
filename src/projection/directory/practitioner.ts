import type { CodeableConcept, HumanName, Practitioner, PractitionerRole } from 'fhir/r4.js';
import type { HsaId } from '../../process/vocabulary.js';
import {
  codeSystems,
  foreignCanonicals,
  foreignSystems,
  identifierSystems,
  profiles,
} from '../codes/codes.js';
import { directoryId, practitionerRoleId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { hsaIdentifier, organizationReference, practitionerReference } from '../references.js';
import {
  codeToken,
  conceptTokens,
  identifierTokens,
  referenceTokens,
  stringTokens,
} from '../search-tokens.js';
import { displayName, isNamed, type ShownDirectory, type ShownPerson } from './directory-view.js';

/**
 * The entry of work that is found by where it is done. That of who is protected has none: a search that names neither the person nor the
 * work by an exact id asks for this entry too (decision 24). No parameter searches for it.
 */
export const listedEntry = codeToken('listed', 'true');

type OrganisationOf = (unit: HsaId) => string | undefined;

/** A person of the catalogue as SEBasePractitioner; who is protected without a name, so that no search by name finds one. */
export function renderPractitioner(person: ShownPerson, organisationOf: OrganisationOf): RenderedResource {
  const identifier = hsaIdentifier(person.hsaId);
  const named = isNamed(person);
  const content: Practitioner & { id: string } = {
    resourceType: 'Practitioner',
    id: directoryId(person.hsaId),
    meta: { profile: [foreignCanonicals.seBasePractitioner] },
    identifier: [
      { type: { coding: [{ system: foreignSystems.identifierType, code: 'PRN' }] }, ...identifier },
    ],
    active: true,
    ...(named && { name: [humanName(person)] }),
  };
  const units = person.assignments.map(({ unit }) => unit);
  return {
    content,
    needs: 'none',
    draft: false,
    tokens: [
      ...identifierTokens('identifier', identifier),
      ...(named ? nameTokens(person) : []),
      codeToken('active', 'true'),
      ...organisationTokens(units, organisationOf, person.hsaId),
    ],
  };
}

function humanName({ given, surname }: ShownPerson): HumanName {
  return { family: surname, ...(given !== '' && { given: [given] }) };
}

function nameTokens(person: ShownPerson): string[] {
  return [
    ...stringTokens('name', displayName(person)),
    ...stringTokens('family', person.surname),
    ...stringTokens('given', person.given),
  ];
}

/** @param person who works at no unit of the directory belongs where the HSA-id is from: it begins with an organisation number */
function organisationTokens(
  units: readonly HsaId[],
  organisationOf: OrganisationOf,
  person?: HsaId,
): string[] {
  const numbers = new Set(units.flatMap((unit) => organisationOf(unit) ?? []));
  if (numbers.size === 0 && person !== undefined) numbers.add(person.slice(2, 12));
  return [...numbers].flatMap((value) =>
    identifierTokens('organisation', { system: identifierSystems.organisationNumber, value }),
  );
}

/**
 * A person's work at each unit, by a profile of the hub that asks what SEBasePractitionerRole asks (decision 38): one for each unit, with the HSA-ids of the assignments there
 * (the profile's `identifier` is the assignment's, not the person's), their titles, and the roles the titles lead to (ORG-1).
 */
export function renderPractitionerRoles(
  person: ShownPerson,
  roles: ShownDirectory['roles'],
  organisationOf: OrganisationOf,
): RenderedResource[] {
  const units = [...new Set(person.assignments.map(({ unit }) => unit))];
  return units.map((unit) => {
    const assignments = person.assignments.filter((assignment) => assignment.unit === unit);
    const titles = [...new Set(assignments.flatMap((assignment) => assignment.titles))];
    const identifiers = assignments.map(({ hsaId }) => hsaIdentifier(hsaId));
    const practitioner = practitionerReference(person.hsaId, { name: displayName(person) });
    const organization = organizationReference(unit);
    const code = [...rolesOf(titles, roles), ...titles.map(titleConcept)];
    const content: PractitionerRole & { id: string } = {
      resourceType: 'PractitionerRole',
      id: practitionerRoleId(person.hsaId, unit),
      meta: { profile: [profiles.PractitionerRole] },
      identifier: identifiers,
      active: true,
      practitioner,
      organization,
      ...(code.length > 0 ? { code } : {}),
    };
    return {
      content,
      needs: 'none',
      draft: false,
      tokens: [
        ...identifiers.flatMap((identifier) => identifierTokens('identifier', identifier)),
        ...referenceTokens('practitioner', practitioner),
        ...referenceTokens('organization', organization),
        ...code.flatMap((one) => conceptTokens('role', one)),
        codeToken('active', 'true'),
        ...organisationTokens([unit], organisationOf),
        ...(isNamed(person) ? [listedEntry] : []),
      ],
    };
  });
}

function rolesOf(titles: readonly string[], roles: ShownDirectory['roles']): CodeableConcept[] {
  return Object.entries(roles)
    .filter(([, role]) => role.titles.some((title) => titles.includes(title)))
    .map(([code, role]) => ({
      coding: [{ system: codeSystems.role.system, code, display: role.name }],
      text: role.name,
    }));
}

/** A title (befattning): a code of KV Befattning, six digits, or a name that the region has configured. */
const titleConcept = (title: string): CodeableConcept =>
  /^\d{6}$/u.test(title) ? { coding: [{ system: foreignSystems.title, code: title }] } : { text: title };
