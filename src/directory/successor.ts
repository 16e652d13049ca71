import type { HsaId } from '../process/vocabulary.js';
import type { Directory, Unit } from './organisation.js';

/** The ward that has taken over from one that is closed, by the organisation file; undefined where none that is open has. */
export function successorOf(directory: Directory, ward: HsaId): Unit | undefined {
  let next = directory.unit(ward)?.replacedBy;
  while (next !== undefined) {
    const unit = directory.unit(next);
    if (unit?.active) return unit;
    next = unit?.replacedBy;
  }
  return undefined;
}
