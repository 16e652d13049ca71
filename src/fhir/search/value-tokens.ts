import { isUuid } from '../../access/choke-point.js';
import type { SearchParameter } from '../../projection/search-parameters.js';
import {
  codeToken,
  exactStringToken,
  referenceIdentifierToken,
  referenceToken,
  stringToken,
  systemToken,
} from '../../projection/search-tokens.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import { fault } from '../outcome.js';
import { splitAtBar, unescape } from './search-input.js';

/** The index entries that one value of a search asks for, or undefined where the value cannot be understood. */
type Asked = readonly string[] | undefined;

/** Whether a text is an id of FHIR, the hub's or not. @see https://hl7.org/fhir/R4/datatypes.html#id */
export const isId = (text: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(text);

/**
 * `code`, `system|code`. A system alone is not indexed, nor is that a code has no system (`|code`). The system of an element of datatype
 * code is implied, so it says nothing more than the code; a boolean has none, and takes no bar.
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export function tokensAsked(
  name: string,
  parameter: Extract<SearchParameter, { kind: 'token' }>,
  value: string,
): Asked {
  if (parameter.how === 'boolean')
    return value === 'true' || value === 'false' ? [codeToken(name, value)] : undefined;
  const [system, code] = splitAtBar(value) ?? [undefined, unescape(value)];
  if (parameter.how === 'code') {
    const implied = Object.hasOwn(parameter.codes, code) ? parameter.codes[code] : undefined;
    return implied === undefined || (system !== undefined && system !== implied)
      ? undefined
      : [codeToken(name, code)];
  }
  if (parameter.how === 'tokens') requireKnown(name, system, code, parameter);
  if (system === undefined) return [codeToken(name, code)];
  return system === '' || code === '' ? undefined : [systemToken(name, system, code)];
}

/**
 * A system that nothing has, or a code that none of the hub's own systems has: never an empty list, which would look like an answer.
 * @throws {FhirError} 400 that names the systems, or the codes
 */
function requireKnown(
  name: string,
  system: string | undefined,
  code: string,
  { systems, codings }: Extract<SearchParameter, { how: 'tokens'; kind: 'token' }>,
): void {
  const all = systems ?? codings?.map((each) => each.system);
  if (system !== undefined && system !== '') requireSystem(name, system, all);
  if (codings === undefined || code === '') return;
  const of = codings.filter((each) => !system || each.system === system);
  if (of.some(({ concepts }) => concepts === undefined || Object.hasOwn(concepts, code))) return;
  const expected = of.flatMap(({ concepts = {} }) => Object.keys(concepts)).join(', ');
  throw fault('bad-code', { values: { parameter: name, expected } });
}

/**
 * An identifier of a system that nothing here is identified by would find nothing, silently: an empty work list.
 * @throws {FhirError} 400 that names the systems
 */
function requireSystem(parameter: string, system: string, systems: readonly string[] | undefined): void {
  if (systems !== undefined && !systems.includes(system))
    throw fault('bad-system', { values: { parameter, expected: systems.join(', ') } });
}

/**
 * `id`, `Type/id`, an address of this facade; with `:identifier` `system|value`; with `:Type` an id. An id that the hub cannot have
 * given is no fault of form: nothing refers to it.
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function referenceTokensAsked(
  name: string,
  modifier: string | undefined,
  value: string,
  targets: readonly string[],
  baseUrl: string,
): Asked {
  if (modifier === 'identifier') {
    const parts = splitAtBar(value);
    if (parts !== undefined && parts[0] !== '') requireSystem(name, parts[0], [identifierSystems.hsa]);
    return parts === undefined || parts[0] === '' || parts[1] === ''
      ? undefined
      : [referenceIdentifierToken(name, parts[0], parts[1])];
  }
  const text = unescape(value);
  const tokens = (types: readonly string[], id: string) =>
    isUuid(id) ? types.map((type) => referenceToken(name, type, id)) : [];
  if (isId(text)) return tokens(modifier === undefined ? targets : [modifier], text);
  const path = text.startsWith(`${baseUrl}/`) ? text.slice(baseUrl.length + 1) : text;
  const [type = '', id = '', ...rest] = path.split('/');
  return rest.length === 0 && targets.includes(type) && isId(id) ? tokens([type], id) : undefined;
}

/** Begins with, ignoring case and accents, up to the length that is indexed; `:exact` compares as it is. @see https://hl7.org/fhir/R4/search.html#string */
export function stringTokensAsked(name: string, modifier: string | undefined, value: string): Asked {
  const text = unescape(value);
  const token = modifier === 'exact' ? exactStringToken(name, text) : stringToken(name, text);
  return token === undefined ? undefined : [token];
}
