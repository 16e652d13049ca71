import { variables, type Values, type VariableName } from './variables/index.js';
import type { Variable } from './variables/variable.js';

/** The environment as Node gives it. An empty text counts as absent, because compose files cannot leave a variable out. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with one variable, or with the file it names. Never its value: it may be a secret in the wrong place. */
export type ConfigurationFault = {
  /** A variable of the hub, or one that should not be there. */
  readonly variable: string;
  readonly problem: string;
  /** The file that is wrong, and where in it. */
  readonly file?: string;
  readonly line?: number;
};

/** Reads each variable by itself. Where one has a fault, its value is left out. */
export function readVariables(environment: Environment): {
  readonly values: Partial<Values>;
  readonly faults: readonly ConfigurationFault[];
} {
  const values: Partial<Record<VariableName, unknown>> = {};
  const faults: ConfigurationFault[] = [];
  for (const [name, variable] of Object.entries(variables) as [VariableName, Variable<unknown>][]) {
    const written = environment[name]?.trim() ? environment[name] : variable.default;
    if (written === undefined) continue;
    const result = variable.schema.safeParse(written);
    if (result.success) values[name] = result.data;
    else
      faults.push({ variable: name, problem: result.error.issues.map(({ message }) => message).join('; ') });
  }
  return { values: values as Partial<Values>, faults: [...faults, ...strangers(environment)] };
}

/**
 * What would make a development hub of one that is meant for production: Node's own word for production alone, or the hub's word
 * written wrongly.
 */
function strangers(environment: Environment): readonly ConfigurationFault[] {
  const unknown = Object.keys(environment).filter(
    (name) => /^HEMGANG_/i.test(name) && !(name in variables) && environment[name]?.trim(),
  );
  const isSaid = Boolean(environment['HEMGANG_ENVIRONMENT']?.trim());
  const node = environment['NODE_ENV']?.trim().toLowerCase();
  return [
    ...unknown.map((variable) => ({ variable, problem: 'is no variable of the hub' })),
    ...(!isSaid && node === 'production'
      ? [
          {
            variable: 'HEMGANG_ENVIRONMENT',
            problem:
              'must say production or development where NODE_ENV is production: absent, it means development',
          },
        ]
      : []),
  ];
}
