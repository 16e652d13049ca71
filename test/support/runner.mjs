import { default as TestRunner } from 'jest-runner';

/**
 * Suites that load the machine on purpose, or measure: killing under load, the day of a hospital, thousands of fuzzed requests.
 * Beside them another suite would wait for the processor, and limits of time that are right for a hospital would fail there.
 */
const demanding = [
  /\/test\/endurance\//,
  /\/test\/hospital-day\//,
  /\/test\/(connectors|fhir)\/.*(fuzz|flood|load|many|large|hostile|costly)[^/]*\.test\.ts$/,
  /\/test\/messaging\/killed\.test\.ts$/,
  /\/test\/cost-of-[^/]*\.test\.ts$/,
  /\/test\/cases\/rejections-in-even-time\.test\.ts$/,
];

/** Jest's own runner: first everything else, as many at a time as there are workers; then the demanding suites, one by one. */
export default class Runner extends TestRunner {
  async runTests(tests, watcher, options) {
    const alone = tests.filter(({ path }) => demanding.some((pattern) => pattern.test(path)));
    const others = tests.filter((test) => !alone.includes(test));
    if (others.length > 0) await super.runTests(others, watcher, options);
    for (const test of alone) await super.runTests([test], watcher, options);
  }
}
