import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';

/**
 * The address of what was answered: every parameter that was obeyed, as it was obeyed. Left out are empty ones, which are none, and
 * what may stand in no URL: a person's number, which only a body can have held. The address is then that of a search by POST.
 * @see https://hl7.org/fhir/R4/search.html#conformance
 * @param parameters as the client gave them, of address and body alike
 * @param count the page as the hub gives it, where the client asked for another
 */
export function selfOf(address: string, parameters: URLSearchParams, count: number): string {
  const obeyed = [...parameters]
    .filter(([, value]) => value !== '')
    .map(([name, value]): [string, string] => [name, name === '_count' ? String(count) : value]);
  const shown = obeyed.filter((pair) => !pair.some(looksLikePersonalNumber));
  const query = new URLSearchParams(shown).toString();
  // What is no number in its parts may be one when they stand together.
  if (shown.length === 0 || looksLikePersonalNumber(query))
    return obeyed.length === 0 ? address : `${address}/_search`;
  return `${address}${shown.length === obeyed.length ? '' : '/_search'}?${query}`;
}
