import type { Directory } from '../../directory/organisation.js';
import type { HsaId } from '../../process/vocabulary.js';
import { displayName } from '../../projection/directory/directory-view.js';

/** What the directory calls one of the staff; nothing where it knows nobody of that id. */
export function nameOfStaff(directory: Directory, hsaId: HsaId): string {
  const person = directory.person(hsaId);
  return person === undefined ? '' : displayName(person);
}
