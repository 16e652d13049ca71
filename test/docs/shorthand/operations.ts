import { caseKinds } from '../../../src/cases/kinds/every-kind.js';
import type { Operation, OperationParameter } from '../../../src/cases/operations/operation.js';
import { operationCanonical, referenceTargets } from '../../../src/fhir/operations/definitions.js';
import { formOperations } from '../../../src/fhir/operations/of-forms.js';
import type { FormParameter } from '../../../src/fhir/operations/of-forms.js';
import { readingOperations } from '../../../src/fhir/operations/reading.js';
import { typeOperations } from '../../../src/fhir/operations/of-types.js';
import { madeBy, nameOf, quoted } from './shorthand.js';

/** `fhir-profiles/input/fsh/operations.fsh`: the OperationDefinitions of the operations that move a case, and last of those that read. */
export function operationsShorthand(): string {
  const moving = [...caseKinds.operations.values()].map((row) =>
    definition(row, true, [
      ...row.parameters.flatMap(parameter),
      ...returned('CarePlan', 'The case as it now is.'),
    ]),
  );
  const reading = Object.entries(readingOperations).map(([name, row]) =>
    definition({ name, ...row }, false, returned(row.returns, row.returned)),
  );
  const ofForms = Object.entries(formOperations).map(([name, row]) =>
    definition(
      { name, ...row },
      !row.reads,
      [...row.parameters.flatMap((each) => ofForm(each)), ...returned(row.returns, row.returned)],
      row.on,
    ),
  );
  const ofTypes = Object.entries(typeOperations).map(([name, row]) =>
    definition(
      { name, ...row },
      !row.reads,
      [...row.parameters.flatMap((each) => ofForm(each)), ...returned(row.returns, row.returned)],
      row.on,
      'type',
    ),
  );
  return [
    madeBy('src/cases/operations and src/fhir/operations'),
    '',
    [...moving, ...reading, ...ofForms, ...ofTypes].join('\n'),
  ].join('\n');
}

type Described = Pick<Operation, 'name' | 'rules' | 'sv' | 'en'>;

function definition(
  { name, rules, sv, en }: Described,
  affectsState: boolean,
  parameters: readonly string[],
  on = 'CarePlan',
  level: 'instance' | 'type' = 'instance',
): string {
  const title = quoted(sv.replace(/\.$/u, ''));
  return [
    `Instance: ${on}-${name}`,
    'InstanceOf: OperationDefinition',
    'Usage: #definition',
    `Title: ${title}`,
    `* url = ${quoted(operationCanonical(name, on))}`,
    '* status = #draft',
    '* kind = #operation',
    `* affectsState = ${affectsState}`,
    `* code = #${name}`,
    `* resource = #${on}`,
    '* system = false',
    `* type = ${level === 'type'}`,
    `* instance = ${level === 'instance'}`,
    `* name = ${quoted(nameOf(name))}`,
    `* title = ${title}`,
    `* description = ${quoted(`${en} ${sv} (${rules.join(', ')})`)}`,
    ...parameters,
    '',
  ].join('\n');
}

function parameter({ name, type, min, max, sv, en }: OperationParameter): readonly string[] {
  const targets: readonly string[] = type === 'unit' || type === 'staff' ? referenceTargets[type] : [];
  return [
    ...headOf(name, 'in', min, max, `${en} ${sv}`),
    `* parameter[=].type = #${targets.length === 0 ? type : 'Reference'}`,
    ...targets.map(
      (target) => `* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/${target}"`,
    ),
  ];
}

/** A parameter of an operation on forms, with what it consists of. A value of several types has none said. */
function ofForm(
  { name, type, min, max, sv, en, part = [] }: FormParameter,
  at = 'parameter',
): readonly string[] {
  return [
    ...headOf(name, 'in', min, max, `${en} ${sv}`, at),
    ...(type === undefined ? [] : [`* ${at}[=].type = #${type}`]),
    ...part.flatMap((each) => ofForm(each, `${at}[=].part`)),
  ];
}

const returned = (type: string, documentation: string): readonly string[] => [
  ...headOf('return', 'out', 1, '1', documentation),
  `* parameter[=].type = #${type}`,
];

const headOf = (
  name: string,
  use: 'in' | 'out',
  min: number,
  max: string,
  documentation: string,
  at = 'parameter',
): readonly string[] => [
  `* ${at}[+].name = #${name}`,
  `* ${at}[=].use = #${use}`,
  `* ${at}[=].min = ${min}`,
  `* ${at}[=].max = ${quoted(max)}`,
  `* ${at}[=].documentation = ${quoted(documentation)}`,
];
