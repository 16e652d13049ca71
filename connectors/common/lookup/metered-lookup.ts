import { LookupUnavailable } from '../../../src/messaging/contracts/lookups.js';
import type { ConnectorMetrics } from '../connector-metrics.js';

/** A lookup that is counted by outcome and timed. Answers and failures pass through unchanged. */
export function metered<Question, Answer>(
  metrics: ConnectorMetrics,
  connector: string,
  lookup: { lookUp(question: Question): Promise<Answer> },
): { lookUp(question: Question): Promise<Answer> } {
  return {
    async lookUp(question) {
      const started = performance.now();
      let outcome = 'answered';
      try {
        return await lookup.lookUp(question);
      } catch (error) {
        outcome = error instanceof LookupUnavailable ? error.code : 'failed';
        throw error;
      } finally {
        metrics.lookup(connector, outcome, (performance.now() - started) / 1000);
      }
    },
  };
}
