import type { CodeableConcept, Coding, Identifier, Reference } from 'fhir/r4.js';
import type { Uuid } from '../process/vocabulary.js';
import { personNumberSystems } from './codes/codes.js';

/**
 * How a value becomes an entry of the search index, and how a search asks for it: both sides use these functions.
 * An entry is `parameter|value`. Reference: https://hl7.org/fhir/R4/search.html#ptypes
 */

/** `parameter|code`, for codes without a system and for searches that name none. */
export const codeToken = (parameter: string, code: string): string => `${parameter}|${code}`;

/** `parameter|system#code`, also for identifiers (`system#value`). */
export const systemToken = (parameter: string, system: string, code: string): string =>
  `${parameter}|${system}#${code}`;

/** `parameter|Type/id`. */
export const referenceToken = (parameter: string, type: string, id: string): string =>
  `${parameter}|${type}/${id}`;

/** `parameter:identifier|system#value`: a reference asked for by the business identifier of what it points to. */
export const referenceIdentifierToken = (parameter: string, system: string, value: string): string =>
  `${parameter}:identifier|${system}#${value}`;

/**
 * `parameter|beginning`, for a string parameter: a search matches values and words that begin with it. Undefined for one that is longer
 * than what is indexed, because its beginning alone would match too much, and for one of which nothing is left to compare.
 */
export function stringToken(parameter: string, value: string): string | undefined {
  const folded = foldString(value);
  return folded === '' || folded.length > longestPrefix ? undefined : `${parameter}|${folded}`;
}

/** `parameter:exact|value`. */
export const exactStringToken = (parameter: string, value: string): string => `${parameter}:exact|${value}`;

/** Longest beginning of a string that is indexed. Names in the directory are shorter. */
const longestPrefix = 200;

/** Lower case, without diacritics, single spaces: FHIR string search ignores case and accents. */
function foldString(value: string): string {
  // Marks of its own go first: in great number they take the decomposition the square of their number.
  return value
    .replaceAll(/\p{M}+/gu, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Entries of one coding: by code alone and by system and code. */
export function codingTokens(parameter: string, coding: Coding): string[] {
  if (coding.code === undefined) return [];
  const bare = codeToken(parameter, coding.code);
  return coding.system === undefined ? [bare] : [bare, systemToken(parameter, coding.system, coding.code)];
}

export const conceptTokens = (parameter: string, concept: CodeableConcept): string[] =>
  (concept.coding ?? []).flatMap((coding) => codingTokens(parameter, coding));

/** Entries of a reference: `Type/id`, and by identifier where it carries one. */
export function referenceTokens(parameter: string, reference: Reference): string[] {
  const tokens: string[] = [];
  if (reference.reference !== undefined) tokens.push(`${parameter}|${reference.reference}`);
  const { system, value } = reference.identifier ?? {};
  if (system !== undefined && value !== undefined && !personNumberSystems.includes(system))
    tokens.push(referenceIdentifierToken(parameter, system, value));
  return tokens;
}

/** Types of which a resource refers to few, and few refer to: their ids are what a search begins at. Not units, nor their staff. */
const particular =
  /\|(?:Patient|CarePlan|CareTeam|Encounter|Communication|Consent|QuestionnaireResponse)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Entries of a canonical: with its version and without. */
export const canonicalTokens = (parameter: string, url: string, version: string): string[] => [
  codeToken(parameter, url),
  codeToken(parameter, `${url}|${version}`),
];

/** The id of the one person or thing that an entry names; undefined where it names a unit, a state or a kind, which half of all may have. */
export const particularOf = (token: string): Uuid | undefined => particular.exec(token)?.[1];

/** The persons and things that a resource is about, by what its entries name: each once, in the order of their bytes. */
export function aboutOf(tokens: readonly string[]): readonly Uuid[] {
  return [...new Set(tokens.flatMap((token) => particularOf(token) ?? []))].toSorted();
}

/** Entries of an identifier. Persons' numbers are never indexed: they are found through their keyed hash. */
export function identifierTokens(parameter: string, identifier: Identifier): string[] {
  const { system, value } = identifier;
  if (value === undefined || (system !== undefined && personNumberSystems.includes(system))) return [];
  const bare = codeToken(parameter, value);
  return system === undefined ? [bare] : [bare, systemToken(parameter, system, value)];
}

/** Entries of a string: every beginning of the whole and of each word, so that "begins with" is an exact look-up. */
export function stringTokens(parameter: string, value: string): string[] {
  const prefixes = new Set<string>();
  for (const part of [value, ...value.split(/[\s-]+/u)]) {
    const folded = foldString(part).slice(0, longestPrefix);
    for (let length = 1; length <= folded.length; length++) prefixes.add(folded.slice(0, length).trim());
  }
  return [...[...prefixes].map((prefix) => `${parameter}|${prefix}`), exactStringToken(parameter, value)];
}
