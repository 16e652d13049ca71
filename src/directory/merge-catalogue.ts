import type { HsaId, Instant } from '../process/vocabulary.js';
import { mergePeople } from './merge-people.js';
import type { Organisation, Unit } from './organisation.js';

/** A unit as the catalogue described it last. */
export type CatalogueUnit = {
  readonly unit: HsaId;
  readonly found: boolean;
  readonly name?: string;
  readonly endsAt?: Instant;
  readonly archived?: boolean;
  /** Absent of a unit that is found: it belongs to no care unit, so nobody has a care assignment there. */
  readonly healthCareUnit?: HsaId;
};

/** One of the staff as the catalogue described him or her last; `readAt` when it last said so. */
export type CataloguePractitioner = {
  readonly practitioner: HsaId;
  readonly found: boolean;
  readonly protectedPerson?: boolean;
  readonly name?: { readonly given?: string; readonly surname: string };
  readonly titles?: readonly string[];
  readonly licences?: readonly string[];
  readonly assignments?: readonly {
    readonly hsaId: HsaId;
    readonly unit: HsaId;
    readonly purpose: string;
    readonly endsAt?: Instant;
  }[];
  readonly readAt: Instant;
};

/** What the catalogue told, by HSA-id. */
export type Catalogue = {
  readonly units: ReadonlyMap<HsaId, CatalogueUnit>;
  readonly practitioners: ReadonlyMap<HsaId, CataloguePractitioner>;
};

/** Where titles, licences and assignments of the staff come from. */
export type StaffRules = {
  /** `file`: the organisation file alone. `merged`: the catalogue where it told, else the file. `catalogue`: nobody without it. */
  readonly source: 'file' | 'merged' | 'catalogue';
  /** How old what it told may be; from then on the person has no assignment until it answers again. */
  readonly longestAgeMilliseconds: number;
};

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
