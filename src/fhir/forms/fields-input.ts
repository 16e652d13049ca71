import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { FieldAsWritten } from '../../process/form/form.js';
import type { Submitted } from '../submitted/submitted.js';

/** Reads the fields that a client saves: each with `linkId`, `version` and the value, which may be left out. */
export function readFields(
  sent: Submitted<Parameters>,
): { readonly fields: readonly FieldAsWritten[] } | undefined {
  const parameters = sent.children('parameter');
  if (parameters.length === 0) return sent.fault('required', ".parameter.where(name='answer')");
  const fields = parameters.flatMap((parameter) => {
    if (parameter.is('name', 'answer')) return readField(parameter) ?? [];
    parameter.takeAll();
    return parameter.fault('unknown-operation-parameter') ?? [];
  });
  return { fields };
}

function readField(parameter: Submitted<ParametersParameter>): FieldAsWritten | undefined {
  const { faults } = parameter.submission;
  const read = new Map<string, string | boolean | number>();
  for (const part of parameter.children('part')) {
    const name = part.value('name');
    const value = read.has(name)
      ? part.fault('parameter-repeated', '', { parameter: 'answer' })
      : valueOf(name, part);
    if (value === undefined) part.takeAll();
    else read.set(name, value);
  }
  const linkId = read.get('linkId');
  const seen = read.get('version');
  const value = read.get('value');
  if (parameter.submission.faults > faults) return undefined;
  for (const [name, given] of [
    ['linkId', linkId],
    ['version', seen],
  ] as const)
    if (given === undefined) parameter.fault('required', `.part.where(name='${name}')`);
  if (typeof linkId !== 'string' || typeof seen !== 'number' || typeof value === 'number') return undefined;
  return { linkId, seen, ...(value === undefined ? {} : { value }) };
}

function valueOf(name: string, part: Submitted<ParametersParameter>): string | boolean | number | undefined {
  const expect = (expected: string): undefined => part.fault('value-not-taken', '', { expected });
  switch (name) {
    case 'linkId':
      return part.text('valueString', 64) ?? expect('valueString');
    case 'version':
      return part.value('valuePositiveInt') ?? expect('valuePositiveInt');
    case 'value':
      return (
        part.value('valueBoolean') ?? part.text('valueString')?.trim() ?? expect('valueString, valueBoolean')
      );
    default:
      return part.fault('unknown-operation-parameter');
  }
}

/** Where a field is in what the client sent. */
export function expressionOfField(fields: readonly FieldAsWritten[], linkId: string): string | undefined {
  const index = fields.findIndex((each) => each.linkId === linkId);
  return index < 0 ? undefined : `Parameters.parameter[${index}]`;
}
