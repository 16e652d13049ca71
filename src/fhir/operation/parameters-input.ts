import type { OperationOutcomeIssue, Parameters, ParametersParameter, Reference } from 'fhir/r4.js';
import type { HsaId } from '../../process/vocabulary.js';
import { FhirError } from '../fhir-error.js';
import type { OperationDefinition, OperationParameter } from '../operations/definitions.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import type { RefusalDetail } from '../outcome.js';
import { writeIssue } from '../write/refusals.js';
import type { WriteRefusalCode } from '../write/refusals.js';
import { instantOf, localDateOf } from '../write/times.js';

type ParameterValue = string | boolean | readonly string[];

/** Values by the command's field. References are HSA-ids; moments are UTC instants; repeatable ones are lists. */
export type OperationInput = Readonly<Record<string, ParameterValue>>;

type Fault = (code: WriteRefusalCode, detail: RefusalDetail) => undefined;

/**
 * Reads the Parameters of an operation by its definition: every parameter known, of its type, and as often as it may be.
 *
 * @see https://hl7.org/fhir/R4/operations.html#request
 * @param sent undefined when the request had no body, which an operation without required parameters may have
 * @throws {FhirError} 422 with every fault at once
 * @throws {CatalogueUnavailable} when it names somebody whom only the catalogue can know
 */
export async function readParameters(
  definition: OperationDefinition,
  sent: Parameters | undefined,
  catalogue: CatalogueReferences,
): Promise<OperationInput> {
  const issues: OperationOutcomeIssue[] = [];
  const fault: Fault = (...of) => {
    issues.push(writeIssue(...of));
  };
  const input: Record<string, ParameterValue> = {};
  for (const [index, parameter] of (sent?.parameter ?? []).entries()) {
    const expression = `Parameters.parameter[${index}]`;
    const known = definition.parameters.find(({ name }) => name === parameter.name);
    if (known === undefined) {
      fault('unknown-operation-parameter', { expression });
      continue;
    }
    const value = await readValue(known, parameter, expression, catalogue, fault);
    if (value === undefined) continue;
    const before = input[known.field];
    if (known.max === '*')
      input[known.field] = [...((before as readonly string[] | undefined) ?? []), String(value)];
    else if (before === undefined) input[known.field] = value;
    else fault('parameter-repeated', { expression, values: { parameter: known.name } });
  }
  for (const { name, field, min } of definition.parameters) {
    const given = (sent?.parameter ?? []).some((parameter) => parameter.name === name);
    if (min === 1 && input[field] === undefined && !given) {
      fault('required', { expression: expressionOfParameter(name) });
    }
  }
  if (issues.length > 0) throw new FhirError(422, issues);
  return input;
}

/** Where a parameter stands in what the client sent. */
export function expressionOfParameter(name: string): string {
  return `Parameters.parameter.where(name='${name}')`;
}

async function readValue(
  { type, name }: OperationParameter,
  parameter: ParametersParameter,
  at: string,
  catalogue: CatalogueReferences,
  fault: Fault,
): Promise<string | boolean | undefined> {
  const wrong = (): undefined =>
    fault('value-not-taken', {
      expression: at,
      values: { expected: `value${type[0]?.toUpperCase()}${type.slice(1)}` },
    });
  switch (type) {
    case 'boolean':
      return parameter.valueBoolean ?? wrong();
    case 'code':
      return parameter.valueCode ?? wrong();
    case 'string':
      return parameter.valueString?.trim() ?? wrong();
    case 'date':
      if (parameter.valueDate === undefined) return wrong();
      return localDateOf(parameter.valueDate) ?? fault('not-a-real-date', { expression: `${at}.value` });
    case 'dateTime':
      if (parameter.valueDateTime === undefined) return wrong();
      return instantOf(parameter.valueDateTime) ?? fault('time-with-zone', { expression: `${at}.value` });
    default: // Reference
      if (parameter.valueReference === undefined) return wrong();
      return (
        (await resolve(parameter.valueReference, name, catalogue)) ??
        fault('reference-unknown', { expression: `${at}.value` })
      );
  }
}

async function resolve(
  reference: Reference,
  name: string,
  catalogue: CatalogueReferences,
): Promise<HsaId | undefined> {
  return name === 'unit' ? catalogue.unit(reference) : catalogue.person(reference);
}
