import type { HsaId, Instant } from '../process/vocabulary.js';
import type { Assignment, Organisation, Person, Unit } from './organisation.js';

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
 * them; the catalogue names and closes units, and takes and gives staff their titles, licences and assignments (ORG-1, ACC-7).
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

  const codes = new Set(Object.values(file.roles).flatMap(({ titles }) => titles));
  const organisationOf = new Map(units.map((unit) => [unit.hsaId, unit.organisationNumber]));
  const people = file.people.map((person): Person => {
    if (rules.source === 'file') return person;
    const told = catalogue.practitioners.get(person.hsaId);
    if (told === undefined)
      return rules.source === 'merged' ? person : { ...person, assignments: [], protectedPerson: true };
    const oldest = new Date(Date.parse(told.readAt) + rules.longestAgeMilliseconds).toISOString();
    const usable = told.found && !passed(oldest);
    const held = (told.titles ?? []).filter((title) => codes.has(title));
    const standing = usable ? (told.assignments ?? []).filter(({ endsAt }) => !passed(endsAt)) : [];
    const own = person.assignments.find(({ unit }) => organisationOf.has(unit))?.unit;
    const organisation = organisationOf.get(
      own ?? standing.find(({ unit }) => organisationOf.has(unit))?.unit ?? '',
    );
    // Social services have no care units, so their staff's assignments are the file's while the person is in the catalogue.
    const outsideCare = usable
      ? person.assignments.filter(({ unit }) => {
          const place = catalogue.units.get(unit);
          return place?.found === true && place.healthCareUnit === undefined;
        })
      : [];
    const ofCatalogue = standing.flatMap(({ hsaId, unit, purpose }): Assignment[] => {
      const configured = person.assignments.find((each) => each.hsaId === hsaId);
      if (configured === undefined && purpose !== carePurpose) return [];
      const where = configured?.unit ?? unit;
      // ORG-3: staff move within one organisation number.
      if (organisationOf.get(where) === undefined || organisationOf.get(where) !== organisation) return [];
      return [{ hsaId, unit: where, titles: titlesAt(configured, held) }];
    });
    const assignments = [
      ...ofCatalogue,
      ...outsideCare.filter(({ hsaId }) => !ofCatalogue.some((each) => each.hsaId === hsaId)),
    ];
    return {
      ...person,
      ...nameOf(person, told),
      titles: [...new Set([...assignments.flatMap(({ titles }) => titles), ...held])],
      assignments,
      ...(told.found && { licences: told.licences ?? [] }),
      // Also of who is no longer known there, or of whom it has said nothing for too long: the name of the file must not come
      // back for somebody who was protected, and a protection of today may not have reached us.
      ...((!usable || told.protectedPerson !== false) && { protectedPerson: true }),
    };
  });
  const until = moments.toSorted()[0];
  return { organisation: { ...file, units, people }, missing, ...(until !== undefined && { until }) };
}

/**
 * Titles at an assignment. The catalogue tells codes for the person as a whole. An assignment of the file that lists codes holds
 * those of them that the catalogue still has; one that lists none, and one that the file does not name, holds all. Titles that
 * are names and no codes are the region's own: the contract does not carry them, so they stand while the assignment does.
 */
function titlesAt(configured: Assignment | undefined, held: readonly string[]): readonly string[] {
  const named = (configured?.titles ?? []).filter((title) => !isCode(title));
  const listed = (configured?.titles ?? []).filter(isCode);
  const coded =
    listed.length === 0 && named.length === 0 ? held : listed.filter((code) => held.includes(code));
  return [...named, ...coded];
}

/** The purpose of an assignment that is for care; one of another purpose gives only what the file names. */
const carePurpose = 'Vård och behandling';

/** KV Befattning: six digits. */
const isCode = (title: string): boolean => /^\d{6}$/.test(title);

function nameOf(person: Person, { name }: CataloguePractitioner): Pick<Person, 'given' | 'surname'> {
  if (name === undefined) return { given: person.given, surname: person.surname };
  return { given: name.given ?? '', surname: name.surname };
}
