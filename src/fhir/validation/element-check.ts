import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';

type Schema = { readonly [keyword: string]: unknown };

/** An element that waits for its turn: the definition it must fit, and where it stands. */
type Waiting = { readonly definition: string; readonly value: unknown; readonly path: string };

const reference = '#/definitions/';

/**
 * Checks a tree against definitions that refer to each other, one element at a time and outermost first, and stops when as many
 * faults are found as are told. A validator of the whole tree would look for all, and copy those inside again for each list and
 * level they stand in: the square of their number.
 */
export class ElementCheck {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  private readonly validators = new Map<string, ValidateFunction>();
  private waiting: Waiting[] = [];
  private path = '';

  /** @param definitions JSON Schemas by name, which refer to each other as `#/definitions/<name>` */
  constructor(private readonly definitions: Readonly<Record<string, Schema>>) {
    this.ajv.addKeyword({
      keyword: 'element',
      schemaType: 'string',
      errors: false,
      validate: (definition: string, value: unknown, _schema?: object, at?: { instancePath: string }) => {
        this.waiting.push({ definition, value, path: `${this.path}${at?.instancePath ?? ''}` });
        return true;
      },
    });
    this.ajv.addKeyword({
      keyword: 'resource',
      schemaType: 'boolean',
      validate: (_: boolean, value: unknown, _schema?: object, at?: { instancePath: string }) =>
        this.resource(value, at?.instancePath ?? ''),
    });
  }

  /**
   * A resource inside another: what its type's definition says, where there is one. One that is contained contains no other (dom-2) and
   * has an id by which it is referred to.
   * @see https://hl7.org/fhir/R4/domainresource.html#invs
   */
  private resource(value: unknown, instancePath: string): boolean {
    if (typeof value !== 'object' || value === null || !('resourceType' in value)) return true;
    const path = `${this.path}${instancePath}`;
    const isContained = /\/contained\/\d+$/.test(path);
    if (isContained && ('contained' in value || !('id' in value))) return false;
    const definition = String(value.resourceType);
    if (this.isElement(definition)) this.waiting.push({ definition, value, path });
    return true;
  }

  /** Compiles what a definition and all that it leads to are checked by, so that nobody waits for it later. */
  prepare(definition: string): void {
    if (this.validators.has(definition)) return;
    this.validatorOf(definition);
    for (const [, next] of JSON.stringify(this.definitions[definition]).matchAll(/"#\/definitions\/(\w+)"/g))
      if (next !== undefined && this.isElement(next)) this.prepare(next);
  }

  /**
   * The first faults of a value, at least one when there is any; `instancePath` from its root.
   * @param most how many
   */
  faults(definition: string, value: unknown, most: number): readonly ErrorObject[] {
    const found: ErrorObject[] = [];
    this.waiting = [{ definition, value, path: '' }];
    for (let at = 0; at < this.waiting.length && found.length < most; at += 1) {
      const next = this.waiting[at] as Waiting;
      this.path = next.path;
      const validate = this.validatorOf(next.definition);
      if (validate(next.value)) continue;
      for (const error of (validate.errors ?? []).slice(0, most - found.length))
        found.push({ ...error, instancePath: `${next.path}${error.instancePath}` });
    }
    this.waiting = [];
    return found;
  }

  private validatorOf(definition: string): ValidateFunction {
    const known = this.validators.get(definition);
    if (known !== undefined) return known;
    const compiled = this.ajv.compile(this.oneLevel(this.definitions[definition]) as Schema);
    this.validators.set(definition, compiled);
    return compiled;
  }

  /** A schema whose elements wait for their turn instead of being looked into; what has no elements stands in it as it is. */
  private oneLevel(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((each) => this.oneLevel(each));
    if (typeof schema !== 'object' || schema === null) return schema;
    const { $ref } = schema as Schema;
    if (typeof $ref === 'string') {
      const name = $ref.slice(reference.length);
      return this.isElement(name) ? { element: name } : this.definitions[name];
    }
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, this.oneLevel(value)]));
  }

  private isElement(name: string): boolean {
    return this.definitions[name]?.['properties'] !== undefined;
  }
}
