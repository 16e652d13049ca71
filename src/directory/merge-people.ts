import type { HsaId, Instant } from '../process/vocabulary.js';
import type { CataloguePractitioner, CatalogueUnit, StaffRules } from './catalogue.js';
import type { Assignment, Organisation, Person } from './organisation.js';

/** What a merge of the staff works with. */
type Context = {
  readonly file: Organisation;
  readonly units: ReadonlyMap<HsaId, CatalogueUnit>;
  readonly practitioners: ReadonlyMap<HsaId, CataloguePractitioner>;
  readonly rules: StaffRules;
  /** Whether a moment has passed. */
  readonly passed: (moment: Instant | undefined) => boolean;
};

/**
 * The staff of the file as the catalogue says they are, and after them those whom only the catalogue names: who was asked for by
 * HSA-id and is followed since (`seek.ts`).
 */
export function mergePeople(context: Context): readonly Person[] {
  const { file, practitioners, rules } = context;
  if (rules.source === 'file') return file.people;
  const organisationOf = new Map(file.units.map((unit) => [unit.hsaId, unit.organisationNumber]));
  const codes = new Set(Object.values(file.roles).flatMap(({ titles }) => titles));
  // Nobody twice because a system writes the HSA-id in small letters.
  const listed = new Set(file.people.map(({ hsaId }) => hsaId.toUpperCase()));
  const merge = merger(context, organisationOf, codes);
  return [
    ...file.people.map((person): Person => {
      const told = practitioners.get(person.hsaId);
      if (told !== undefined) return merge(person, told);
      return rules.source === 'merged' ? person : { ...person, assignments: [], protectedPerson: true };
    }),
    ...[...practitioners.values()]
      .filter(({ practitioner, found }) => found && !listed.has(practitioner.toUpperCase()))
      .toSorted((one, other) => (one.practitioner < other.practitioner ? -1 : 1))
      .map((told) =>
        merge({ hsaId: told.practitioner, given: '', surname: '', titles: [], assignments: [] }, told),
      ),
  ];
}

function merger(
  { units, rules, passed }: Context,
  organisationOf: ReadonlyMap<HsaId, string>,
  codes: ReadonlySet<string>,
) {
  return (person: Person, told: CataloguePractitioner): Person => {
    const oldest = new Date(Date.parse(told.readAt) + rules.longestAgeMilliseconds).toISOString();
    const usable = told.found && !passed(oldest);
    const held = (told.titles ?? []).filter((title) => codes.has(title));
    const standing = usable ? (told.assignments ?? []).filter(({ endsAt }) => !passed(endsAt)) : [];
    const organisation = organisationOfPerson(person, standing, organisationOf);
    // Social services have no care units, so their staff's assignments are the file's while the person is in the catalogue.
    const outsideCare = usable
      ? person.assignments.filter(({ unit }) => {
          const place = units.get(unit);
          return place?.found === true && place.healthCareUnit === undefined;
        })
      : [];
    const ofCatalogue = standing.flatMap(({ hsaId, unit, purpose }): Assignment[] => {
      const configured = person.assignments.find((each) => each.hsaId === hsaId);
      if (configured === undefined && purpose !== carePurpose) return [];
      const where = configured?.unit ?? unit;
      // ORG-3: staff move within one organisation number.
      if (organisation === undefined || organisationOf.get(where) !== organisation) return [];
      return [{ hsaId, unit: where, titles: titlesAt(configured, held) }];
    });
    const assignments = [
      ...ofCatalogue,
      ...outsideCare.filter(({ hsaId }) => !ofCatalogue.some((each) => each.hsaId === hsaId)),
    ];
    const name = told.name ?? (person.surname === '' ? undefined : person);
    return {
      ...person,
      given: name?.given ?? '',
      surname: name?.surname ?? '',
      titles: [...new Set([...assignments.flatMap(({ titles }) => titles), ...held])],
      assignments,
      ...(told.found && { licences: told.licences ?? [] }),
      // Also of who is no longer known there, or of whom it has said nothing for too long: the name of the file must not come
      // back for somebody who was protected, and a protection of today may not have reached us.
      ...((!usable || told.protectedPerson !== false || name === undefined) && { protectedPerson: true }),
    };
  };
}

/**
 * The one organisation a person moves within (ORG-3): that of the unit where the file has the person; else, of those where the
 * catalogue has, the one that gave the person the HSA-id, or the only one. Where it is neither, none: nobody is told which.
 */
function organisationOfPerson(
  person: Person,
  standing: readonly { readonly unit: HsaId }[],
  organisationOf: ReadonlyMap<HsaId, string>,
): string | undefined {
  const numbers = (some: readonly { readonly unit: HsaId }[]) => [
    ...new Set(some.flatMap(({ unit }) => organisationOf.get(unit) ?? [])),
  ];
  const [configured] = numbers(person.assignments);
  if (configured !== undefined) return configured;
  const told = numbers(standing);
  return (
    told.find((number) => person.hsaId.startsWith(`SE${number}-`)) ??
    (told.length === 1 ? told[0] : undefined)
  );
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
