import type { Directory } from '../../directory/organisation.js';
import type { AnyStep } from '../../process/case/kind-of-case.js';
import type { HsaId, Instant, LocalDate, Side } from '../../process/vocabulary.js';

/** What each type of parameter becomes in a step: a unit and one of the staff are HSA-ids, a moment is a UTC instant. */
type ValueOfType = {
  readonly boolean: boolean;
  readonly code: string;
  readonly date: LocalDate;
  readonly dateTime: Instant;
  readonly positiveInt: number;
  readonly string: string;
  readonly unit: HsaId;
  readonly staff: HsaId;
};

export type OperationParameter = {
  /** Its name, as a client sends it. */
  readonly name: string;
  /** The field of the command that it fills, as a rejection names it. */
  readonly field: string;
  readonly type: keyof ValueOfType;
  /** Of a code: those that are taken. */
  readonly codes?: readonly string[];
  readonly min: 0 | 1;
  readonly max: '1' | '*';
  readonly sv: string;
  readonly en: string;
};

/** Instead of a step: the field that names something the directory has not, or not for this. */
export type UnknownInDirectory = { readonly unknown: string };

/** No step, for the directory has not what this field names. */
export const unknownInDirectory = (field: string): UnknownInDirectory => ({ unknown: field });

/**
 * One row describes an operation on a case: what it is called, which rules it stands for, what it takes and how that becomes a step.
 * Everything else comes from the row: the facade, the CapabilityStatement, the OperationDefinition, the words of the trail. A kind of case brings
 * the rows of its own steps, and those of what every case has.
 */
export type Operation<Step extends AnyStep = AnyStep, Name extends string = string> = {
  /** Without `$`. */
  readonly name: Name;
  /** The rules it stands for. */
  readonly rules: readonly string[];
  readonly sv: string;
  readonly en: string;
  readonly parameters: readonly OperationParameter[];
  /** The one side that takes it; the process rejects every other by its rule. Left out: any side that takes part. */
  readonly side?: Side;
  /** The step it asks for. Names of staff and units come from the directory, never from the client (ORG-1). */
  readonly step: (given: GivenValues, directory: Directory) => Step | UnknownInDirectory;
};

/** What a client gave, by the field of the command; read by the parameters of the row. */
export type GivenValues = Readonly<Record<string, string | boolean | number | readonly string[]>>;

type ValueOf<Parameter extends OperationParameter> = Parameter['codes'] extends readonly (infer Code)[]
  ? Code
  : ValueOfType[Parameter['type']];
type Counted<Parameter extends OperationParameter> = Parameter['max'] extends '*'
  ? readonly ValueOf<Parameter>[]
  : ValueOf<Parameter>;

/** The values of these parameters, as `step` reads them: what a client may leave out may be absent. */
type Values<Parameters extends readonly OperationParameter[]> = {
  readonly [Each in Parameters[number] as Each['min'] extends 1 ? Each['field'] : never]: Counted<Each>;
} & {
  readonly [Each in Parameters[number] as Each['min'] extends 0 ? Each['field'] : never]?: Counted<Each>;
};

/** A row whose step is held against its parameters by the compiler. */
export function operation<
  const Name extends string,
  const Parameters extends readonly OperationParameter[],
  const Result extends AnyStep | UnknownInDirectory,
>(
  row: Omit<Operation<AnyStep, Name>, 'parameters' | 'step'> & {
    readonly parameters: Parameters;
    readonly step: (given: Values<Parameters>, directory: Directory) => Result;
  },
): Operation<Exclude<Result, UnknownInDirectory>, Name> {
  // A client's values were read by these parameters, so they are what the step takes.
  return row as unknown as Operation<Exclude<Result, UnknownInDirectory>, Name>;
}

/**
 * The rows by their names.
 *
 * @throws Error at start, when two rows have one name, or two parameters of one row
 */
export function byName<const Rows extends readonly Operation[]>(
  rows: Rows,
): { readonly [Name in Rows[number]['name']]: Extract<Rows[number], { readonly name: Name }> } {
  const named = new Map<string, Operation>();
  for (const row of rows) {
    if (named.has(row.name)) throw new Error(`two operations are called ${row.name}`);
    for (const key of ['name', 'field'] as const) {
      const keys = row.parameters.map((parameter) => parameter[key]);
      if (new Set(keys).size < keys.length) throw new Error(`two parameters of ${row.name} share a ${key}`);
    }
    named.set(row.name, row);
  }
  return Object.fromEntries(named) as ReturnType<typeof byName<Rows>>;
}
