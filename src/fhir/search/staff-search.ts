import { isHsaId } from '../../directory/hsa-id.js';
import type { HsaId } from '../../process/vocabulary.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import { listedEntry } from '../../projection/directory/practitioner.js';
import { systemToken } from '../../projection/search-tokens.js';
import { fault } from '../outcome.js';
import { splitAtBar, unescape, type Criterion } from './search-input.js';

/** So many letters a name must have: staff are looked for, not listed (SVU-8, SVU-10). */
const fewestLetters = 3;

const nameParameters: ReadonlySet<string> = new Set(['name', 'family', 'given']);
/** What names one person, or one work of theirs: such a search is for somebody, wherever they work and whoever they are. */
const exact: Readonly<Record<string, ReadonlySet<string>>> = {
  Practitioner: new Set(['_id', 'identifier']),
  PractitionerRole: new Set(['_id', 'identifier', 'practitioner']),
};
/** What names a unit: the search is for who works there, as far as they are not protected. */
const unit = 'organization';

/**
 * What a search among the staff of the catalogue is kept to besides its own criteria: who is not protected, unless it names a person
 * (HSA-id); and one's own organisation, unless it names a unit or an organisation, and so goes outside on purpose. An organisation, a
 * role or a time picks out nobody.
 *
 * @param organisations organisation numbers of the caller
 * @returns groups of entries, of each of which one must be there; none where nothing is to be added
 * @throws {FhirError} 400 where nobody is picked out, and for a name of fewer than three letters
 */
export function staffRestriction(
  type: string,
  criteria: readonly Criterion[],
  organisations: readonly string[],
): readonly (readonly string[])[] {
  const naming = exact[type];
  if (naming === undefined) return [];
  const roles = type === 'PractitionerRole';
  const picking = roles ? [...naming, unit] : [...nameParameters, ...naming];
  if (!criteria.some(({ name }) => picking.includes(name)))
    throw fault('staff-not-listed', { values: { expected: picking.join(', ') } });
  for (const { name, values } of criteria)
    if (nameParameters.has(name) && values.some((value) => letters(unescape(value)) < fewestLetters))
      throw fault('name-too-short', { values: { parameter: name } });
  if (criteria.some(({ name }) => naming.has(name))) return [];
  if (roles) return [[listedEntry]];
  // Nobody is found by name who is protected: their names are in no index.
  if (criteria.some(({ name }) => name === 'organisation')) return [];
  return [
    organisations.map((number) => systemToken('organisation', identifierSystems.organisationNumber, number)),
  ];
}

/** `PractitionerRole?practitioner.identifier=…` is written as what it means: `practitioner:identifier`. */
export function unchained(type: string, criteria: readonly Criterion[]): readonly Criterion[] {
  if (type !== 'PractitionerRole') return criteria;
  return criteria.map((criterion) =>
    criterion.name === 'practitioner.identifier' && criterion.modifier === undefined
      ? { ...criterion, name: 'practitioner', modifier: 'identifier' }
      : criterion,
  );
}

/** HSA-ids of the persons a search names: they are looked for in the catalogue when they are not known here. */
export function staffNamed(type: string, criteria: readonly Criterion[]): readonly HsaId[] {
  const naming = (criterion: Criterion): boolean =>
    type === 'Practitioner'
      ? criterion.name === 'identifier' && criterion.modifier === undefined
      : type === 'PractitionerRole' &&
        criterion.name === 'practitioner' &&
        criterion.modifier === 'identifier';
  const named = criteria
    .filter(naming)
    .flatMap(({ values }) => values)
    .map((value) => splitAtBar(value) ?? [identifierSystems.hsa, unescape(value)])
    .filter(([system, value]) => system === identifierSystems.hsa && isHsaId(value ?? ''));
  return [...new Set(named.map(([, value]) => value ?? ''))];
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}
