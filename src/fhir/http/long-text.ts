import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';

/**
 * Where the first text stands that is longer than is taken, as FHIRPath; undefined where none is. A name that is no element's is not
 * repeated: the path ends before it.
 * @param longest in characters as JavaScript counts them (UTF-16)
 */
export function longText(body: unknown, longest: number): string | undefined {
  const type: unknown =
    typeof body === 'object' && body !== null && 'resourceType' in body && body.resourceType;
  return find(body, typeof type === 'string' && isName(type) ? type : 'Resource', longest);
}

function find(value: unknown, path: string, longest: number): string | undefined {
  if (typeof value === 'string') return value.length > longest ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${name}]` : isName(name) ? `${path}.${name}` : path;
    // A narrative is not kept, and a file has a bound of its own (MSG-4).
    if ((name === 'div' && path.endsWith('.text')) || (name === 'data' && file.test(path))) continue;
    const found = find(each, at, longest);
    if (found !== undefined) return found;
  }
  return undefined;
}

const file = /^Communication\.payload\[\d+\]\.contentAttachment$/u;

const isName = (text: string): boolean => /^[A-Za-z]\w{0,63}$/.test(text) && !looksLikePersonalNumber(text);
