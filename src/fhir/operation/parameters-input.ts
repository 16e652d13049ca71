import type { Parameters, ParametersParameter, Reference } from 'fhir/r4.js';
import type { HsaId } from '../../process/vocabulary.js';
import type { OperationDefinition, OperationParameter } from '../operations/definitions.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeIssue } from '../write/refusals.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { instantOf, dateInSweden } from '../write/times.js';

type ParameterValue = string | boolean | readonly string[];

/** Values by the command's field. References are HSA-ids; moments are UTC instants; repeatable ones are lists. */
export type OperationInput = Readonly<Record<string, ParameterValue>>;

/**
 * Reads the Parameters of an operation by its definition: every parameter known, of its type, and as often as it may be.
 *
 * @see https://hl7.org/fhir/R4/operations.html#request
 * @param asker on whose behalf the catalogue is asked
 * @throws {CatalogueUnavailable} when it names somebody whom only the catalogue can know
 */
export async function readParameters(
  definition: OperationDefinition,
  sent: Submitted<Parameters>,
  catalogue: CatalogueReferences,
  asker: string,
): Promise<OperationInput> {
  const input: Record<string, ParameterValue> = {};
  const given = new Map<string, number>();
  const parameters = sent.children('parameter');
  for (const parameter of parameters) {
    const name = parameter.value('name');
    given.set(name, (given.get(name) ?? 0) + 1);
  }
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const name = parameter.value('name');
    const known = definition.parameters.find((each) => each.name === name);
    if (known?.max === '1' && (given.get(name) ?? 0) > 1) {
      // None of them is read: somebody named by each would be asked for in the catalogue.
      if (seen.has(name)) parameter.fault('parameter-repeated', '', { parameter: name });
      parameter.takeAll();
      seen.add(name);
      continue;
    }
    const { faults } = sent.submission;
    const value =
      known === undefined
        ? parameter.fault('unknown-operation-parameter')
        : await readValue(known, parameter, catalogue, asker);
    // What else such a parameter says is refused with it.
    if (sent.submission.faults > faults) parameter.takeAll();
    if (known === undefined || value === undefined) continue;
    const before = input[known.field];
    if (known.max === '*')
      input[known.field] = [...((before as readonly string[] | undefined) ?? []), String(value)];
    else input[known.field] = value;
  }
  for (const { name, min } of definition.parameters)
    if (min === 1 && !given.has(name)) sent.fault('required', `.${parameterAt(name)}`);
  return input;
}

/** Where a parameter stands in what the client sent. */
export function expressionOfParameter(name: string): string {
  return `Parameters.${parameterAt(name)}`;
}

const parameterAt = (name: string): string => `parameter.where(name='${name}')`;

async function readValue(
  { type, name, codes }: OperationParameter,
  parameter: Submitted<ParametersParameter>,
  catalogue: CatalogueReferences,
  asker: string,
): Promise<string | boolean | undefined> {
  const wrong = (): undefined =>
    parameter.fault('value-not-taken', '', { expected: `value${type[0]?.toUpperCase()}${type.slice(1)}` });
  switch (type) {
    case 'boolean':
      return parameter.value('valueBoolean') ?? wrong();
    case 'code': {
      const code = parameter.value('valueCode');
      if (code === undefined) return wrong();
      return codes?.includes(code) === false
        ? parameter.note([
            writeIssue('value-not-taken', {
              expression: expressionOfParameter(name),
              values: { expected: codes.join(', ') },
            }),
          ])
        : code;
    }
    case 'string':
      return parameter.text('valueString')?.trim() ?? wrong();
    case 'date': {
      const date = parameter.value('valueDate');
      if (date === undefined) return wrong();
      return dateInSweden(date) ?? parameter.fault('not-a-real-date', '.value');
    }
    case 'dateTime': {
      const moment = parameter.value('valueDateTime');
      if (moment === undefined) return wrong();
      return instantOf(moment) ?? parameter.fault('time-with-zone', '.value');
    }
    default: {
      // Reference
      const reference = parameter.child('valueReference');
      if (reference === undefined) return wrong();
      const read = readReference(reference, ...(name === 'unit' ? ['Organization'] : staffTypes)) ?? {};
      return (await resolve(read, name, catalogue, asker)) ?? parameter.fault('reference-unknown', '.value');
    }
  }
}

const staffTypes = ['Practitioner', 'PractitionerRole'];

async function resolve(
  reference: Reference,
  name: string,
  catalogue: CatalogueReferences,
  asker: string,
): Promise<HsaId | undefined> {
  return name === 'unit' ? catalogue.unit(reference) : catalogue.person(reference, asker);
}
