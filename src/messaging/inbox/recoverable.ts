import type { SqlConnection } from '../../persistence/database.js';
import type { RecoveryLock } from '../contracts/recovery-key.js';
import { isSealed } from '../contracts/sealed-event.js';
import { topicOfSealed } from '../contracts/sealed-topics.js';
import type { OutgoingMessage, Transport } from '../transport/transport.js';
import { keysOf } from './seals.js';

/**
 * A transport on which each sealed fact carries its key, wrapped for the recovery key: a database that is restored to an earlier
 * point has lost the keys of what was sent since.
 */
export function recoverable(
  transport: Transport,
  database: Pick<SqlConnection, 'query' | 'prepared'>,
  lock: RecoveryLock,
): Transport {
  const wrapped = async (messages: readonly OutgoingMessage[]): Promise<readonly OutgoingMessage[]> => {
    const events = messages.map(({ value }): unknown => JSON.parse(value));
    const keys = await keysOf(database, events.filter(isSealed));
    return messages.map((message, place) => {
      const event = events[place];
      const key = isSealed(event) ? keys.get(event.sealkey) : undefined;
      if (!isSealed(event) || key === undefined) return message;
      return { ...message, value: JSON.stringify({ ...event, sealrecovery: lock.wrap(event.id, key) }) };
    });
  };
  return {
    name: transport.name,
    ensureTopics: (topics) => transport.ensureTopics(topics),
    append: async (topic, messages) =>
      transport.append(topic, topicOfSealed(topic) === topic ? messages : await wrapped(messages)),
    subscribe: (options) => transport.subscribe(options),
    offsets: (group, topics) => transport.offsets(group, topics),
    readAt: (places) => transport.readAt(places),
    setBack: (group, places) => transport.setBack(group, places),
    healthy: () => transport.healthy(),
    close: () => transport.close(),
  };
}
