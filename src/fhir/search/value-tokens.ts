import { isUuid } from '../../access/choke-point.js';
import {
  codeToken,
  exactStringToken,
  referenceIdentifierToken,
  referenceToken,
  stringToken,
  systemToken,
} from '../../projection/tokens.js';
import { splitAtBar, unescape } from './search-input.js';

/** The index entries that one value of a search asks for, or undefined where the value cannot be understood. */
type Asked = readonly string[] | undefined;

/**
 * `code`, `system|code`. A system alone is not indexed, nor is that a code has no system (`|code`).
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export function tokensAsked(name: string, value: string): Asked {
  const parts = splitAtBar(value);
  if (parts === undefined) return [codeToken(name, unescape(value))];
  const [system, code] = parts;
  return system === '' || code === '' ? undefined : [systemToken(name, system, code)];
}

/**
 * `id`, `Type/id`, an address of this facade; with `:identifier` `system|value`; with `:Type` an id.
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
    return parts === undefined || parts[0] === '' || parts[1] === ''
      ? undefined
      : [referenceIdentifierToken(name, parts[0], parts[1])];
  }
  const text = unescape(value);
  if (isUuid(text))
    return (modifier === undefined ? targets : [modifier]).map((type) => referenceToken(name, type, text));
  const path = text.startsWith(`${baseUrl}/`) ? text.slice(baseUrl.length + 1) : text;
  const [type = '', id = '', ...rest] = path.split('/');
  return rest.length === 0 && targets.includes(type) && isUuid(id)
    ? [referenceToken(name, type, id)]
    : undefined;
}

/** Begins with, ignoring case and accents; `:exact` compares as it is. @see https://hl7.org/fhir/R4/search.html#string */
export function stringTokensAsked(name: string, modifier: string | undefined, value: string): Asked {
  const text = unescape(value);
  return [modifier === 'exact' ? exactStringToken(name, text) : stringToken(name, text)];
}
