import * as fc from 'fast-check';
import type { GivenValues, Operation } from '../../../src/cases/operations/operation.js';
import type { AnyStep } from '../../../src/process/case/kind-of-case.js';
import { svuOperations } from '../../../src/cases/operations/svu/svu-operations.js';
import type { Directory } from '../../../src/directory/organisation.js';
import type { Side } from '../../../src/process/vocabulary.js';

/** Asked by the operations alone that name units or staff. */
const noDirectory = {} as Directory;

type Described = {
  readonly type: string;
  readonly side: Side | undefined;
  readonly data: fc.Arbitrary<object>;
};

/**
 * The steps of an SVU that take no more than these types of values, as their operations describe them: a new one is tried without being listed.
 *
 * @param byType what a value is drawn from, by the type of the parameter
 */
export function describedSteps(
  byType: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): readonly Described[] {
  return svuOperations
    .filter(({ parameters }: Operation) => parameters.every(({ type }) => type in byType))
    .map((row: Operation) => {
      const asked = (given: unknown) => row.step(given as GivenValues, noDirectory) as AnyStep;
      const given = fc.record(
        Object.fromEntries(
          row.parameters.map(({ field, type }) => [field, byType[type] ?? fc.constant(undefined)]),
        ),
      );
      return {
        type: asked({}).type,
        side: row.side,
        data: given.map((values) => asked(values).data as object),
      };
    });
}
