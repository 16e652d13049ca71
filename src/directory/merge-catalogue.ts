import type { HsaId, Instant } from '../process/vocabulary.js';
import type { Catalogue, StaffRules } from './catalogue.js';
import { mergePeople } from './merge-people.js';
import type { Organisation, Unit } from './organisation.js';

/** A configured unit that the catalogue does not know (any more), or that is closed there. */
export type MissingUnit = { readonly unit: HsaId; readonly why: 'unknown' | 'closed' };

export type Merged = {
  readonly organisation: Organisation;
  readonly missing: readonly MissingUnit[];
  /** When time alone makes another organisation of the same input: a unit closes, what is known grows too old. */
  readonly until?: Instant;
};

/**
 * The organisation of the file as the catalogue says it is now. The file configures units, roles and which titles lead to
 * them; the catalogue names and closes units, takes and gives staff their titles, licences and assignments, and names staff whom the file
 * does not (ORG-1, ACC-7).
 */
export function mergeCatalogue(
  file: Organisation,
  catalogue: Catalogue,
  rules: StaffRules,
  now: Date,
): Merged {
  const moments: Instant[] = [];
  const at = now.toISOString();
  /** Whether a moment has passed; one that has not is when to look again. */
  const passed = (moment: Instant | undefined): boolean => {
    if (moment === undefined) return false;
    if (moment <= at) return true;
    moments.push(moment);
    return false;
  };

  const missing: MissingUnit[] = [];
  const units = file.units.map((unit): Unit => {
    const told = catalogue.units.get(unit.hsaId);
    if (told === undefined) return unit;
    const closed = told.archived === true || passed(told.endsAt);
    if (unit.active && (!told.found || closed))
      missing.push({ unit: unit.hsaId, why: told.found ? 'closed' : 'unknown' });
    return { ...unit, name: told.name ?? unit.name, active: unit.active && told.found && !closed };
  });

  const { units: told, practitioners } = catalogue;
  const people = mergePeople({ file, units: told, practitioners, rules, passed });
  const until = moments.toSorted()[0];
  return { organisation: { ...file, units, people }, missing, ...(until !== undefined && { until }) };
}
