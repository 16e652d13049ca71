import { expect } from '@jest/globals';
import type { CarePlan, Parameters, ParametersParameter, Patient } from 'fhir/r4.js';
import type { TestHub } from '../../support/hub.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, parameters, type Who } from '../../support/svu.js';

/** A case as a list shows it. */
export type Listed = {
  readonly plan: CarePlan;
  readonly patient: Patient | undefined;
  readonly changed: string | undefined;
  readonly todos: number | undefined;
  readonly parts: readonly ParametersParameter[];
};

/** The list of a unit through the door, and how many cases it says there are. */
export async function listOf(
  hub: TestHub,
  who: Who,
  ...asked: ParametersParameter[]
): Promise<{ readonly total: number | undefined; readonly cases: readonly Listed[] }> {
  const answer = await (await as(hub, who)).post('CarePlan/$work-list', parameters(...asked));
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const { parameter = [] } = answer.body as Parameters;
  expect(r4Faults(answer.body as Parameters)).toEqual([]);
  return {
    total: parameter.find(({ name }) => name === 'total')?.valueUnsignedInt,
    cases: parameter
      .filter(({ name }) => name === 'case')
      .map(({ part = [] }) => {
        const of = (name: string) => part.find((each) => each.name === name);
        return {
          plan: of('plan')?.resource as CarePlan,
          patient: of('patient')?.resource as Patient | undefined,
          changed: of('changed')?.valueInstant,
          todos: of('todos')?.valueUnsignedInt,
          parts: part,
        };
      }),
  };
}

export const idsOf = ({ cases }: { readonly cases: readonly Listed[] }): readonly (string | undefined)[] =>
  cases.map(({ plan }) => plan.id);

export const namesOf = ({ cases }: { readonly cases: readonly Listed[] }): readonly (string | undefined)[] =>
  cases.map(({ patient }) => patient?.name?.[0]?.family);
