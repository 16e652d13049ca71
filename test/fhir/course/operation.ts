import * as fc from 'fast-check';
import type { ParametersParameter } from 'fhir/r4.js';
import { identifierSystems } from '../../../src/projection/codes/codes.js';
import type { Actor } from './cast.js';
import { hindrances, reasons, type Asked, type ModelCase } from './model.js';

/** One step on a case as it is drawn: what is sent, why it would be refused, and what it makes of the case. */
export type Operation = {
  readonly name: string;
  readonly parameter: readonly ParametersParameter[];
  /** Every reason for which it may be refused; none: it must be taken. */
  readonly refusedFor: (of: ModelCase, by: Actor, openElsewhere: boolean) => readonly string[];
  readonly take: (of: ModelCase, by: Actor) => void;
};

type Values = Readonly<Record<string, string | boolean | number | undefined>>;
export type Rule<Drawn extends Values> = {
  readonly asked: Asked;
  readonly refusedFor: (of: ModelCase, values: Drawn, by: Actor, openElsewhere: boolean) => readonly string[];
  readonly take: (of: ModelCase, values: Drawn, by: Actor) => void;
  /** Parameters the definition demands (422 `required`) where they are left out. */
  readonly needs?: readonly string[];
};

export const hospital = (otherwise: string, phases?: Asked['phases']): Asked => ({
  side: ['hospital', otherwise],
  ...(phases === undefined ? {} : { phases }),
});

const references = new Set(['unit', 'contact', 'doctor']);
const datesOf = new Set(['date', 'expectedDischarge']);
const codesOf = new Set(['form', 'confirmedWarning', 'madeBy', 'law', 'municipality', 'givenBy', 'to']);

function parameterOf(name: string, value: string | boolean | number): ParametersParameter {
  if (typeof value === 'number') return { name, valuePositiveInt: value };
  if (typeof value === 'boolean') return { name, valueBoolean: value };
  if (references.has(name))
    return { name, valueReference: { identifier: { system: identifierSystems.hsa, value } } };
  if (datesOf.has(name)) return { name, valueDate: value };
  if (name.endsWith('At') || name === 'welcomeFrom') return { name, valueDateTime: value };
  return codesOf.has(name) ? { name, valueCode: value } : { name, valueString: value };
}

/** A step and how often it is drawn beside the others. */
type Weighted = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Operation> };

export function operation<Drawn extends Values>(
  name: string,
  values: fc.Arbitrary<Drawn>,
  weight: number,
  rule: Rule<Drawn>,
): Weighted {
  const arbitrary = values.map((drawn): Operation => ({
    name,
    parameter: Object.entries(drawn).flatMap(([each, value]) =>
      value === undefined ? [] : [parameterOf(each, value)],
    ),
    refusedFor: (of, by, openElsewhere) => [
      ...hindrances(of, by, rule.asked),
      ...reasons([(rule.needs ?? []).some((each) => drawn[each] === undefined), 'required']),
      ...rule.refusedFor(of, drawn, by, openElsewhere),
    ],
    take: (of, by) => rule.take(of, drawn, by),
  }));
  return { weight, arbitrary };
}

/** Mostly the first. */
export const mostly = <Value>(value: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(value) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

/** Not in the catalogue. */
export const nobody = 'SE4999000013-P999';

export const maybe = (text: string): fc.Arbitrary<string | undefined> =>
  mostly<string | undefined>(text, undefined);
