import type { HsaId } from '../process/vocabulary.js';
import type { Directory, Role } from './organisation.js';

/** The name of a doctor's role and licence where the organisation file marks no role (`doctorLicence`). */
const doctor = 'Läkare';

/**
 * SVU-43: whether somebody of the staff is a doctor of the hospital: by the licence that the catalogue knows, or by a title that
 * leads to a doctor's role, and with an assignment at a unit of the hospital side. Of another hospital too: the manual searches
 * outside the own organisation (5.8.3).
 */
export function isHospitalDoctor(directory: Directory, hsaId: HsaId): boolean {
  const person = directory.person(hsaId);
  const atHospital = (person?.assignments ?? []).filter(
    ({ unit }) => directory.unit(unit)?.side === 'hospital',
  );
  if (person === undefined || atHospital.length === 0) return false;
  const roles = doctorsRoles(Object.values(directory.organisation.roles));
  const titles = new Set(roles.flatMap((role) => role.titles));
  const licences = new Set([doctor, ...roles.flatMap(({ doctorLicence }) => doctorLicence ?? [])]);
  return (
    (person.licences ?? []).some((licence) => licences.has(licence)) ||
    atHospital.some((assignment) => assignment.titles.some((title) => titles.has(title)))
  );
}

function doctorsRoles(roles: readonly Role[]): readonly Role[] {
  const marked = roles.filter(({ doctorLicence }) => doctorLicence !== undefined);
  return marked.length > 0 ? marked : roles.filter(({ name }) => name === doctor);
}
