import { afterEach, beforeEach } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Configuration } from '../../src/configuration/configuration.js';
import { ConfigurationRefused, loadConfiguration } from '../../src/configuration/load-configuration.js';
import type { Environment } from '../../src/configuration/read-variables.js';

/** A data directory of its own for each test, and what loading a configuration there gives. To be called once in a file of tests. */
export function useConfigurationFolder() {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'configuration-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const load = (environment: Environment): Configuration =>
    loadConfiguration({ DATA_DIRECTORY: folder, ...environment });
  /** Each fault by its variable; none when it is taken. */
  const faultsOf = (environment: Environment): string[] => {
    try {
      load(environment);
    } catch (error) {
      if (error instanceof ConfigurationRefused)
        return error.faults.map(({ variable, problem }) => `${variable}: ${problem}`);
      throw error;
    }
    return [];
  };
  return { folder: () => folder, load, faultsOf };
}
