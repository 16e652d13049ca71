import type { Directory } from '../directory/organisation.js';
import { isNamed } from '../projection/directory/directory-view.js';
import { withStaffNames } from '../projection/staff-name.js';

/**
 * What is stored, as it may be read now: names of staff who are protected, or whom the directory does not know, are withheld (decision 34).
 * Every answer passes it on its way out; who compares what is stored with what a client has read asks for it as well.
 */
export const asShown = (stored: string, directory: Pick<Directory, 'person'>): string =>
  withStaffNames(stored, (person) => isNamed(directory.person(person)));
