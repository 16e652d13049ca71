import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { identifyPerson, isNational } from '../common/identify-person.js';
import { stockholmStamp } from '../common/stockholm-time.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { writePath, type FieldPath } from './hl7/field-path.js';
import type { Hl7Message, Repetition } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';

type Rule = FieldMapping['person']['identifiers'][number];

/**
 * The identity by the first rule of the mapping that any repetition fits, of those that are valid at the time of the message. Of those that
 * fit the rule `{}` a personal number goes before a reserve number, and both before what a journal calls its patients by itself. Any
 * identity is passed on, also one that is malformed or a reserve number (PAT-3, PAT-4): the answer must not depend on who the person is.
 * @param at the instant of the event, for validity (CX-7, CX-8)
 * @throws MessageRefused when there is none, or the rules fit identities that differ: whose stay it is would be a guess
 */
export function readPerson(
  message: Hl7Message,
  { person }: FieldMapping,
  at: string,
): { readonly person: PersonIdentifier; readonly from: string } {
  const { segment, field, component } = person.field;
  const location = writePath(person.field);
  const valid = message
    .repetitions(segment, field)
    .map((each, index) => ({ each, index, value: each.get(component) }))
    .filter(({ each, value }) => value && isValidAt(each, at, location));
  const identified = valid.map(({ each, index, value }) => ({
    each,
    index,
    person: isForeign(each)
      ? ({ type: 'other', value: value ?? '' } as const)
      : identifyPerson(value ?? '', person.reserve),
  }));
  const named = identified.filter(({ each }) =>
    person.identifiers.some((rule) => !isAny(rule) && fits(each, rule)),
  );
  // A rule that fits anything takes a personal number of any type, so those may contradict each other whatever their types say; the
  // journal's own numbers, which it fits too, may not. Only a list without it says that other types are to be passed over.
  const anyNational = person.identifiers.some(isAny)
    ? identified.filter((one) => isNational(one.person))
    : [];
  if (differ(named) || differ(anyNational))
    throw new MessageRefused(
      'AE',
      102,
      'two identities that differ are valid, which one is meant is not clear',
      location,
    );
  for (const rule of person.identifiers) {
    const fitting = identified.filter(({ each }) => fits(each, rule));
    const found = isAny(rule) ? firstOfBestKind(fitting) : fitting[0];
    if (found)
      return {
        person: found.person,
        from: `${location} repetition ${found.index + 1}, ${describe(rule)}`,
      };
  }
  throw new MessageRefused('AE', 101, 'no identity that is valid and that the mapping accepts', location);
}

function differ(identified: readonly { readonly person: PersonIdentifier }[]): boolean {
  return new Set(identified.map(({ person }) => person.value)).size > 1;
}

/** The first that somebody may be known by: a rule that takes any identity says nothing of which. */
function firstOfBestKind<Identified extends { readonly person: PersonIdentifier }>(
  all: readonly Identified[],
): Identified | undefined {
  return (
    all.find(({ person }) => isNational(person)) ??
    all.find(({ person }) => person.type === 'reserve') ??
    all[0]
  );
}

/** A rule without conditions. */
function isAny({ type, authority }: Rule): boolean {
  return type === undefined && authority === undefined;
}

/**
 * CX-7 and CX-8: the first and the last day on which an identity is valid. A year or a month means the whole of it.
 * @throws MessageRefused when one of them is no date
 */
function isValidAt(each: Repetition, at: string, location: string): boolean {
  const [from, until] = [7, 8].map((component) => {
    const text = each.get(component) ?? '';
    if (!/^(?:\d{4}(?:\d{2}){0,5}(?:\.\d+)?(?:[+-]\d{4})?)?$/.test(text))
      throw new MessageRefused('AE', 102, 'when an identity is valid is not a date', location);
    return text.slice(0, 8).replace(/[.+-].*$/, '');
  });
  if (!from && !until) return true;
  const day = stockholmStamp(new Date(at)).slice(0, 8);
  return (!from || day.slice(0, from.length) >= from) && (!until || day.slice(0, until.length) <= until);
}

/** Countries whose numbers are built so like ours that one of them may pass for one (Denmark, Iceland), and the other neighbours. */
const neighbours: ReadonlySet<string> = new Set(['DK', 'DNK', 'IS', 'ISL', 'NO', 'NOR', 'FI', 'FIN']);

/** Given by another country: by its type (table 0203, `NNxxx`), its authority (CX-4) or jurisdiction (CX-9). No number of ours. */
function isForeign(each: Repetition): boolean {
  const type = each.get(5) ?? '';
  const givers = [each.get(4, 1), each.get(4, 2), each.get(9, 1)];
  return (
    (/^NN[A-Z]{3}$/.test(type) && type !== 'NNSWE') || givers.some((giver) => giver && neighbours.has(giver))
  );
}

/** All personal numbers in a field by the first rule that any of them fits, each once; none when there are none. */
export function nationalIdentities(
  message: Hl7Message,
  { person }: FieldMapping,
  { segment, field, component }: FieldPath,
): { readonly found: readonly PersonIdentifier[]; readonly from: string } {
  const repetitions = message.repetitions(segment, field);
  for (const rule of person.identifiers) {
    const identities = repetitions
      .filter((each) => fits(each, rule) && !isForeign(each))
      .flatMap((each) => each.get(component) ?? [])
      .map((value) => identifyPerson(value, person.reserve))
      .filter(isNational);
    const found = [...new Map(identities.map((each) => [each.value, each])).values()];
    if (found.length > 0) return { found, from: describe(rule) };
  }
  return { found: [], from: '' };
}

/** Every personal number in a field, whoever gave it and however long it is valid. */
export function identitiesIn(
  message: Hl7Message,
  { person }: FieldMapping,
  { segment, field, component }: FieldPath,
): readonly PersonIdentifier[] {
  return message
    .repetitions(segment, field)
    .flatMap((each) => each.get(component) ?? [])
    .map((value) => identifyPerson(value, person.reserve));
}

/** CX: component 4 the assigning authority (any of its subcomponents), component 5 the identifier type code. */
function fits(each: Repetition, rule: Rule): boolean {
  const authority = [1, 2, 3].map((part) => each.get(4, part));
  return (
    (rule.type === undefined || each.get(5) === rule.type) &&
    (rule.authority === undefined || authority.includes(rule.authority))
  );
}

function describe({ type, authority }: Rule): string {
  const parts = [
    ...(type === undefined ? [] : [`type ${type}`]),
    ...(authority === undefined ? [] : [`authority ${authority}`]),
  ];
  return `rule ${parts.length === 0 ? '{} (any)' : parts.join(' and ')}`;
}
