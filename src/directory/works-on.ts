import type { HsaId, Side } from '../process/vocabulary.js';
import type { Directory } from './organisation.js';

/** Whether somebody has an assignment at a unit of this side, as the catalogue says now. */
export function worksOn(directory: Directory, hsaId: HsaId, side: Side): boolean {
  const assignments = directory.person(hsaId)?.assignments ?? [];
  return assignments.some(({ unit }) => directory.unit(unit)?.side === side);
}
