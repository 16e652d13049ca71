import { assemble } from './assemble.js';
import { checkCombination } from './check-combination.js';
import type { Configuration } from './configuration.js';
import { checkPostgresEnvironment } from './check-postgres-environment.js';
import { readKeys, type MissingKeys } from './keys.js';
import { readVariables, type ConfigurationFault, type Environment } from './read-variables.js';
import { variables, type Values, type VariableName } from './variables/index.js';

/** The environment does not make a configuration. The message lists every fault by variable, file and line, and no value. */
export class ConfigurationRefused extends Error {
  override readonly name = 'ConfigurationRefused';
  constructor(readonly faults: readonly ConfigurationFault[]) {
    super(
      `The configuration cannot be used (docs/configuration.md):\n${faults.map((fault) => `  ${faultText(fault)}`).join('\n')}`,
    );
  }
}

/** One line for an operator: the variable, the file and line where there is one, and what is wrong. */
function faultText({ variable, problem, file, line }: ConfigurationFault): string {
  if (file === undefined) return `${variable}: ${problem}`;
  return `${variable} (${file}${line === undefined ? '' : `, line ${line}`}): ${problem}`;
}

/** Tells what is wrong with the files that are named. */
export type CheckFiles = (values: Partial<Values>) => readonly ConfigurationFault[];

/** One variable as it is given, empty where it is not: for a command that needs no whole configuration. */
export const givenVariable = (name: VariableName, environment: Environment = process.env): string =>
  (environment[name] ?? '').trim();

/**
 * The one place that reads the environment. In development, keys that are not given are made in the data directory at
 * first start.
 * @param missingKeys what becomes of keys that development lacks
 * @param checkFiles what a process that starts reads beside the environment; its faults are told together with the others
 * @throws {ConfigurationRefused} with all faults at once
 */
export function loadConfiguration(
  environment: Environment = process.env,
  checkFiles: CheckFiles = () => [],
  missingKeys: MissingKeys = 'made',
): Configuration {
  const { values, faults } = readVariables(environment);
  const given = new Set(
    (Object.keys(variables) as VariableName[]).filter((name) => (environment[name] ?? '').trim() !== ''),
  );
  const all = [
    ...faults,
    ...checkCombination(values, given),
    ...checkPostgresEnvironment(values, environment),
    ...checkFiles(values),
  ];
  if (all.length > 0) throw new ConfigurationRefused(all);
  const checked = values as Values;
  const { keys, faults: unusable } = readKeys(checked, missingKeys);
  if (unusable.length > 0) throw new ConfigurationRefused(unusable);
  return assemble(checked, given, keys);
}
