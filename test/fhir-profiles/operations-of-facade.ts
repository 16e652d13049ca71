import { operationCanonical, referenceTargets } from '../../src/fhir/operations/definitions.js';
import { formOperations } from '../../src/fhir/operations/of-forms.js';
import { readingOperations } from '../../src/fhir/operations/reading.js';
import { typeOperations } from '../../src/fhir/operations/of-types.js';
import type { ReadingOperationName } from '../../src/fhir/operations/reading.js';
import { operationDefinitions } from '../support/operations.js';
import type { OperationName } from '../support/operations.js';

/** The operations that the facade offers, as the test holds their OperationDefinitions against them. */
export function operationsOfFacade() {
  const names = Object.keys(operationDefinitions) as OperationName[];
  const described = ({ en, sv, rules }: { en: string; sv: string; rules: readonly string[] }) =>
    `${en} ${sv} (${rules.join(', ')})`;
  const moving = names.map((name) => ({
    url: operationCanonical(name),
    code: name,
    description: described(operationDefinitions[name]),
    on: [['CarePlan'], false, false, true, true],
    in: operationDefinitions[name].parameters.map((parameter) => ({
      name: parameter.name,
      ...(parameter.type === 'unit' || parameter.type === 'staff'
        ? { type: 'Reference', targets: referenceTargets[parameter.type] }
        : { type: parameter.type, targets: undefined }),
      min: parameter.min,
      max: parameter.max,
      documentation: `${parameter.en} ${parameter.sv}`,
    })),
    out: [['return', 'CarePlan']],
  }));
  const reading = (Object.keys(readingOperations) as ReadingOperationName[]).map((name) => ({
    url: operationCanonical(name),
    code: name,
    description: described(readingOperations[name]),
    on: [['CarePlan'], false, false, true, false],
    in: [],
    out: [['return', readingOperations[name].returns]],
  }));
  const ofForms = [...Object.entries(formOperations), ...Object.entries(typeOperations)].map(
    ([name, row]) => ({
      url: operationCanonical(name, row.on),
      code: name,
      description: described(row),
      on: [[row.on], false, name in typeOperations, !(name in typeOperations), !row.reads],
      in: row.parameters.map(({ name: called, min, max, sv, en, ...more }) => ({
        name: called,
        type: 'type' in more ? more.type : undefined,
        min,
        max,
        documentation: `${en} ${sv}`,
        targets: undefined,
      })),
      out: [['return', row.returns]],
    }),
  );
  return [...moving, ...reading, ...ofForms];
}
