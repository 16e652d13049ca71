import { momentOf, relativeReference, saysNothing } from './meaning.js';
import { pairsOf } from './pairs.js';

/** Elements of a Reference and of a Coding, by which they are known wherever they stand. */
const ofReference: ReadonlySet<string> = new Set([
  'id',
  'extension',
  'reference',
  'type',
  'identifier',
  'display',
]);
const ofCoding: ReadonlySet<string> = new Set([
  'id',
  'extension',
  'system',
  'version',
  'code',
  'display',
  'userSelected',
]);

type Json = Readonly<Record<string, unknown>>;

/**
 * The places in which what is sent means something else than what is stored, as FHIRPath, in the order of the elements.
 * Meaning is compared, not text: a moment is the same with another fraction's length or in another zone; a reference with the hub's
 * own base before it, with or without `type`, `display` or its second way of naming; a coding with or without `display`, or with `userSelected` false where the hub says nothing of it; a concept without
 * its `text`; what is empty is as what is absent; a list in another order. Linear in what is sent and stored.
 * @param baseUrl of the hub, without a slash at the end
 */
export function differences(
  stored: unknown,
  sent: unknown,
  path: string,
  baseUrl: string,
): readonly string[] {
  const found: string[] = [];
  compare(stored, sent, path, baseUrl, found);
  return found;
}

function compare(stored: unknown, sent: unknown, path: string, baseUrl: string, found: string[]): void {
  if (saysNothing(stored) || saysNothing(sent)) {
    if (saysNothing(stored) !== saysNothing(sent)) found.push(path);
  } else if (Array.isArray(stored) && Array.isArray(sent)) {
    if (stored.length !== sent.length) found.push(path);
    else
      pairsOf(stored, sent, baseUrl).forEach((one, index) =>
        compare(one, sent[index], `${path}[${index}]`, baseUrl, found),
      );
  } else if (isObject(stored) && isObject(sent)) {
    if (hasOnly(stored, ofReference) && hasOnly(sent, ofReference))
      compareReferences(stored, sent, path, baseUrl, found);
    else compareObjects(stored, sent, path, baseUrl, found);
  } else if (!isSamePrimitive(stored, sent)) found.push(path);
}

function compareObjects(stored: Json, sent: Json, path: string, baseUrl: string, found: string[]): void {
  const isCoding = 'code' in stored && hasOnly(stored, ofCoding) && hasOnly(sent, ofCoding);
  const isConcept = 'coding' in stored;
  for (const name of new Set([...Object.keys(stored), ...Object.keys(sent)])) {
    // The code says what is meant: its words may be left out, and be there where the hub writes none.
    if (isCoding && name === 'userSelected' && sent[name] === false && saysNothing(stored[name])) continue;
    if ((isCoding && name === 'display') || (isConcept && name === 'text')) {
      if (saysNothing(sent[name]) || (isCoding && saysNothing(stored[name]))) continue;
    }
    const at = name.startsWith('_') ? `${path}.${name.slice(1)}.extension` : `${path}.${name}`;
    compare(stored[name], sent[name], at, baseUrl, found);
  }
}

/** What is sent must name the same, in at least one of the ways in which the stored one does, and in no other. */
function compareReferences(stored: Json, sent: Json, path: string, baseUrl: string, found: string[]): void {
  const { reference, type, identifier, display: _words, ...more } = sent;
  if (reference === undefined && identifier === undefined) {
    compareObjects(stored, sent, path, baseUrl, found);
    return;
  }
  const literal = relativeReference(reference, baseUrl);
  if (reference !== undefined && literal !== stored['reference']) found.push(`${path}.reference`);
  if (identifier !== undefined)
    compare(stored['identifier'], identifier, `${path}.identifier`, baseUrl, found);
  const named = typeOf(stored);
  if (type !== undefined && named !== undefined && typeName(type) !== named) found.push(`${path}.type`);
  compareObjects({}, more, path, baseUrl, found);
}

/** The type that a reference names, by its literal reference or by its own word. */
function typeOf(reference: Json): string | undefined {
  const { reference: literal, type } = reference;
  if (typeof literal === 'string' && /^[A-Z]\w+\//u.test(literal)) return literal.split('/')[0];
  return type === undefined ? undefined : typeName(type);
}

/** A type may be written as its canonical too. @see https://hl7.org/fhir/R4/references-definitions.html#Reference.type */
export const typeName = (type: unknown): string =>
  String(type).replace('http://hl7.org/fhir/StructureDefinition/', '');

function isSamePrimitive(stored: unknown, sent: unknown): boolean {
  if (stored === sent) return true;
  if (typeof stored !== 'string' || typeof sent !== 'string') return false;
  const moment = momentOf(stored);
  return moment !== undefined && moment === momentOf(sent);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasOnly = (value: Json, names: ReadonlySet<string>): boolean =>
  Object.keys(value).every((name) => names.has(name));
