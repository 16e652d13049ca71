import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { identifyPerson, isNational } from '../frame/identify-person.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { writePath, type FieldPath } from './hl7/field-path.js';
import type { Hl7Message, Repetition } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';

type Rule = FieldMapping['person']['identifiers'][number];

/**
 * The identity by the first rule of the mapping that any repetition fits. Any identity is passed on, also one that is malformed or
 * a reserve number (PAT-3, PAT-4): the answer must not depend on who the person is.
 * @throws MessageRefused when there is none.
 */
export function readPerson(
  message: Hl7Message,
  { person }: FieldMapping,
): { readonly person: PersonIdentifier; readonly from: string } {
  const { segment, field, component } = person.field;
  const repetitions = message.repetitions(segment, field);
  for (const rule of person.identifiers) {
    const at = repetitions.findIndex((each) => fits(each, rule) && each.get(component));
    const value = repetitions[at]?.get(component);
    if (value)
      return {
        person: identifyPerson(value, person.reserve),
        from: `${writePath(person.field)} repetition ${at + 1}, ${describe(rule)}`,
      };
  }
  throw new MessageRefused('AE', 101, 'no identity that the mapping accepts', writePath(person.field));
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
      .filter((each) => fits(each, rule))
      .flatMap((each) => each.get(component) ?? [])
      .map((value) => identifyPerson(value, person.reserve))
      .filter(isNational);
    const found = [...new Map(identities.map((each) => [each.value, each])).values()];
    if (found.length > 0) return { found, from: describe(rule) };
  }
  return { found: [], from: '' };
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
