import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element as SOAP needs it: its namespace, local name, the elements inside, and its own text. */
export type XmlElement = {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

/** The text is not well-formed XML, holds a document type, or nests too deep. Never quotes what it failed on. */
export class NotXml extends Error {
  override readonly name = 'NotXml';
}

type RawNode = Readonly<Record<string, unknown>>;
/** Namespaces by prefix that an element declares, inside those of the elements around it. */
type Scope = { readonly declared: ReadonlyMap<string, string>; readonly outer: Scope | undefined };

const deepest = 64;
/** What is no character of XML 1.0 (section 2.2), such as NUL, which no store takes. */
const notCharacters = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
});

/**
 * Reads XML with its namespaces resolved. Document types are refused (SOAP 1.1, section 3), so no entity is ever defined, and
 * what refers to one is refused too (XML 1.0, section 4.1): a name with a hole in it would be taken for the name.
 * @throws NotXml
 */
export function readXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new NotXml('a document type is not allowed');
  if (hasNoCharacters(text)) throw new NotXml('a character that XML does not know');
  if (XMLValidator.validate(text) !== true) throw new NotXml('not well-formed');
  const nodes = parse(text);
  const root = nodes.find((node) => elementName(node) !== undefined);
  if (!root) throw new NotXml('no element');
  return resolve(root, undefined, 0);
}

function parse(text: string): readonly RawNode[] {
  try {
    return parser.parse(text) as readonly RawNode[];
  } catch {
    throw new NotXml('not readable');
  }
}

/** The first child of that name and namespace. */
export function child(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name && each.namespace === namespace);
}

/** All children of that name and namespace, in order. */
export function childrenOf(element: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return element.children.filter((each) => each.name === name && each.namespace === namespace);
}

/** The trimmed text of a child; undefined when there is no such child or it is empty. */
export function childText(element: XmlElement, namespace: string, name: string): string | undefined {
  const text = child(element, namespace, name)?.text.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** Text as it may stand between tags or in an attribute; characters that XML 1.0 cannot carry are left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(notCharacters, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** `<name>text</name>`, escaped; nothing at all when the text is undefined. `name` is trusted. */
export function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}

/** Elements wrapped in another; nothing at all when there are none. */
export function group(name: string, content: string): string {
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}

/** An element as XML again, with its namespaces; what is read from it is the same element. Attributes were not read. */
export function writeXml({ namespace, name, children, text }: XmlElement, outer = ''): string {
  const declaration = namespace === outer ? '' : ` xmlns="${escapeXml(namespace)}"`;
  const inside = children.map((each) => writeXml(each, namespace)).join('');
  return `<${name}${declaration}>${inside}${escapeXml(text)}</${name}>`;
}

function elementName(node: RawNode): string | undefined {
  return Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#'));
}

function resolve(node: RawNode, outer: Scope | undefined, depth: number): XmlElement {
  if (depth > deepest) throw new NotXml('nested too deep');
  const qualified = elementName(node) ?? '';
  const own = declared(node[':@']);
  // An element that declares nothing shares the scope around it; to copy it for each would cost their product.
  const scope = own.size === 0 ? outer : { declared: own, outer };
  const [prefix, name] = qualified.includes(':') ? qualified.split(':', 2) : ['', qualified];
  const namespace = namespaceOf(prefix ?? '', scope);
  if (namespace === undefined && prefix !== '') throw new NotXml('an undeclared prefix');
  const inside = node[qualified] as readonly RawNode[];
  const children = inside
    .filter((each) => elementName(each) !== undefined)
    .map((each) => resolve(each, scope, depth + 1));
  const text = inside.map(textOf).join('');
  return { namespace: namespace ?? '', name: name ?? '', children, text };
}

/** Through the scopes outwards, of which there are no more than elements may nest. */
function namespaceOf(prefix: string, innermost: Scope | undefined): string | undefined {
  for (let scope = innermost; scope; scope = scope.outer) {
    const namespace = scope.declared.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

function declared(attributes: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries((attributes ?? {}) as Record<string, string>)) {
    if (value.includes('<')) throw new NotXml('a tag in an attribute');
    const read = decode(value);
    if (name === 'xmlns') found.set('', read);
    else if (name.startsWith('xmlns:')) found.set(name.slice('xmlns:'.length), read);
  }
  return found;
}

function textOf(node: RawNode): string {
  if (typeof node['#text'] === 'string') return decode(node['#text']);
  const section = node['#cdata'];
  return Array.isArray(section) ? (section as readonly RawNode[]).map(plainText).join('') : '';
}

function plainText(node: RawNode): string {
  return typeof node['#text'] === 'string' ? node['#text'] : '';
}

const named: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

/** @throws NotXml for a reference to what is not declared, or to no character */
function decode(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6});|#(\d{1,7});|(\w+);)?/gi, (_whole, ...found: unknown[]) => {
    const [hex, decimal, name = ''] = found as (string | undefined)[];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : named.get(name);
    if (character === undefined || hasNoCharacters(character)) throw new NotXml('an undeclared reference');
    return character;
  });
}

function hasNoCharacters(text: string): boolean {
  return text.search(notCharacters) >= 0;
}
