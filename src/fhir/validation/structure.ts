import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import type { FhirResource, OperationOutcomeIssue } from 'fhir/r4.js';
import { FhirError } from '../fhir-error.js';
import { moreFaults, writeIssue, writeFault } from '../write/write-faults.js';
import { ElementCheck } from './element-check.js';

/** The types a client may send. */
export type WritableType = 'CarePlan' | 'Communication' | 'Consent' | 'Task' | 'Parameters';

/** So many faults are told at once; a body with more is not worth listing. */
const mostFaults = 20;

/** The schema beside this file: R4, reduced to what the writable types reach (see test/support/r4-schema.ts). */
const schema = JSON.parse(readFileSync(new URL('./r4-schema.generated.json', import.meta.url), 'utf8')) as {
  readonly definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const check = new ElementCheck(schema.definitions);

/**
 * Checks that a body is FHIR R4 of the wanted type, structure and required codes: unknown elements are refused. What the
 * profile asks beyond that is checked by the interaction.
 *
 * @throws {FhirError} 400 with one issue and `expression` for each fault; values of the body are never repeated
 */
export function requireStructure<Type extends WritableType>(
  type: Type,
  body: unknown,
): Extract<FhirResource, { resourceType: Type }> {
  if (body === null || typeof body !== 'object' || Array.isArray(body) || !('resourceType' in body)) {
    throw writeFault('not-a-resource');
  }
  if (body.resourceType !== type) throw writeFault('wrong-resource-type', { values: { type } });
  const faults = check.faults(type, body, mostFaults + 1);
  const told = faults.slice(0, mostFaults).map((error) => toIssue(type, error));
  const more = faults.length > told.length ? [moreFaults(told.length)] : [];
  if (told.length > 0) throw new FhirError(400, [...told, ...more]);
  return body as Extract<FhirResource, { resourceType: Type }>;
}

/** Compiles every validator, about a second's work, so that no client waits for it. Called at start. */
export function prepareStructure(): void {
  for (const type of ['CarePlan', 'Communication', 'Consent', 'Task', 'Parameters'] as const)
    check.prepare(type);
}

function toIssue(type: string, error: ErrorObject): OperationOutcomeIssue {
  const at = toFhirPath(type, error.instancePath);
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(error.params['additionalProperty']);
      // A name that is no FHIR element may be anything, a number included: then it is pointed at by its parent.
      return writeIssue('unknown-element', {
        expression: /^_?[a-z](?:[A-Za-z]|\d(?!\d\d)){0,63}$/.test(name) ? `${at}.${name}` : at,
      });
    }
    case 'required': {
      const element = String(error.params['missingProperty']);
      return writeIssue('missing-element', { expression: `${at}.${element}`, values: { element } });
    }
    default:
      return writeIssue('bad-value', { expression: at });
  }
}

/** `/activity/0/detail` → `CarePlan.activity[0].detail`. */
function toFhirPath(type: string, pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : `${path}.${step}`), type);
}
