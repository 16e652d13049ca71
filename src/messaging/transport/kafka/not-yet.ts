import { delay } from '../delay.js';
import { TransportUnavailable } from '../transport.js';
import { errorType } from './kafka-client.js';

/** How long a topic or a group may take to be known to every broker, with a leader, after a start or a change. Milliseconds. */
const settleLimitMs = 45_000;
const lookEveryMs = 250;
/**
 * What a broker answers that has not heard yet of a new topic or of who coordinates a group, or is not yet ready itself.
 * https://kafka.apache.org/protocol#protocol_error_codes, by kafkajs' names.
 */
const notYet: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'NOT_CONTROLLER',
  'REQUEST_TIMED_OUT',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/** The work again and again while Kafka says "not yet". @throws its error, at the latest when that has not passed in time */
export async function onceSettled<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + settleLimitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || Date.now() > until) throw error;
      await delay(lookEveryMs);
    }
  }
}

/** Whether Kafka says what it says for a moment: after its start, or of what was created here or by another process. */
function mayPass(error: unknown): boolean {
  return error instanceof TransportUnavailable || notYet.has(errorType(error));
}
