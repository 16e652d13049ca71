/**
 * The last line of a run, alone on its line, for whoever reads only that: `12 passed, 0 failed, 0 skipped`. A file that
 * could not be run at all counts as one failure.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
    // Jest prints its own summary after all reporters; this comes when everything else is said.
    process.once('exit', () => process.stdout.write(`\n${line}\n`));
  }
}
