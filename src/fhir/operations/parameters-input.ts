import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { GivenValues, OperationParameter } from '../../cases/operations/operation.js';
import type { HsaId } from '../../process/vocabulary.js';
import { referenceTargets } from './definitions.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeIssue } from '../write/write-faults.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { readDay, readInstant } from '../write/times.js';

/**
 * Reads the Parameters of an operation by its row: every parameter known, of its type, and as often as it may be.
 *
 * @see https://hl7.org/fhir/R4/operations.html#request
 * @param asker on whose behalf the catalogue is asked
 * @throws {CatalogueUnavailable} when it names somebody whom only the catalogue can know
 */
export async function readParameters(
  { parameters: known }: { readonly parameters: readonly OperationParameter[] },
  sent: Submitted<Parameters>,
  catalogue: CatalogueReferences,
  asker: string,
): Promise<GivenValues> {
  const input: Record<string, GivenValues[string]> = {};
  const lists = new Map<string, string[]>();
  const given = new Map<string, number>();
  const parameters = sent.children('parameter');
  for (const parameter of parameters) {
    const name = parameter.value('name');
    given.set(name, (given.get(name) ?? 0) + 1);
  }
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const name = parameter.value('name');
    const described = known.find((each) => each.name === name);
    if (described?.max === '1' && (given.get(name) ?? 0) > 1) {
      // None of them is read: somebody named by each would be asked for in the catalogue.
      if (seen.has(name)) parameter.fault('parameter-repeated', '', { parameter: name });
      parameter.takeAll();
      seen.add(name);
      continue;
    }
    const { faults } = sent.submission;
    const value =
      described === undefined
        ? parameter.fault('unknown-operation-parameter')
        : await readValue(described, parameter, catalogue, asker);
    // What else such a parameter says is refused with it.
    if (sent.submission.faults > faults) parameter.takeAll();
    if (described === undefined || value === undefined) continue;
    if (described.max === '*') {
      const list = lists.get(described.field) ?? [];
      lists.set(described.field, list);
      list.push(String(value));
      input[described.field] = list;
    } else input[described.field] = value;
  }
  for (const { name, min } of known)
    if (min === 1 && !given.has(name)) sent.fault('required', `.${parameterAt(name)}`);
  return input;
}

/** Where a parameter is in what the client sent. */
export function expressionOfParameter(name: string): string {
  return `Parameters.${parameterAt(name)}`;
}

const parameterAt = (name: string): string => `parameter.where(name='${name}')`;

async function readValue(
  { type, name, codes }: OperationParameter,
  parameter: Submitted<ParametersParameter>,
  catalogue: CatalogueReferences,
  asker: string,
): Promise<string | boolean | number | undefined> {
  const fhirType = type in referenceTargets ? 'Reference' : type;
  const wrong = (): undefined =>
    parameter.fault('value-not-taken', '', {
      expected: `value${fhirType[0]?.toUpperCase()}${fhirType.slice(1)}`,
    });
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
    case 'positiveInt':
      return parameter.value('valuePositiveInt') ?? wrong();
    case 'string':
      return parameter.text('valueString')?.trim() ?? wrong();
    case 'date': {
      const date = parameter.value('valueDate');
      if (date === undefined) return wrong();
      return readDay(parameter, '.value', date);
    }
    case 'dateTime': {
      const moment = parameter.value('valueDateTime');
      if (moment === undefined) return wrong();
      return readInstant(parameter, '.value', moment);
    }
    default: {
      // A unit, or one of the staff.
      const reference = parameter.child('valueReference');
      if (reference === undefined) return wrong();
      const read = readReference(reference, ...referenceTargets[type]) ?? {};
      const found: HsaId | undefined =
        type === 'unit' ? catalogue.unit(read) : await catalogue.person(read, asker);
      return found ?? parameter.fault('reference-unknown', '.value');
    }
  }
}
