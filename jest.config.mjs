/** One configuration for every size of test. Suites that need real parts start them themselves (test/support). */
export default {
  rootDir: '.',
  roots: ['<rootDir>/src', '<rootDir>/connectors', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', {}] },
  testEnvironment: 'node',
  runner: '<rootDir>/test/support/runner.mjs',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/closing-line.mjs'],
  testTimeout: 120_000,
  maxWorkers: 2,
  // What suites leave behind adds up: past this a worker begins anew, before it slows down or ends for want of memory.
  workerIdleMemoryLimit: '1GB',
};
