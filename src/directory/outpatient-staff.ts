import type { HsaId } from '../process/vocabulary.js';
import type { Directory } from './organisation.js';

/**
 * SVU-8: whether somebody may be of outpatient care. The catalogue's contracts tell of no assignments, so of somebody whom the
 * organisation file does not name nobody knows where they work; whoever is known to work elsewhere alone is not of it.
 */
export function mayBeOfOutpatientCare(directory: Directory, hsaId: HsaId): boolean {
  const assignments = directory.person(hsaId)?.assignments ?? [];
  return (
    assignments.length === 0 || assignments.some(({ unit }) => directory.unit(unit)?.side === 'outpatient')
  );
}
