import { askService } from '../services.js';

/**
 * In a test file, at the top: the brokers to use, or undefined where none can be had. Then the suites that need Kafka
 * do not run, which is said loudly; with CI=true it is a failure.
 */
export async function kafkaBrokers(): Promise<readonly string[] | undefined> {
  try {
    return (await askService('kafka'))['brokers']?.split(',');
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    process.stderr.write(
      `\n*** NOT RUN: the tests of this file on real Kafka. ${String(error)}\n*** Name a broker in KAFKA_BROKERS, or have java 17 and mvn.\n\n`,
    );
    return undefined;
  }
}
