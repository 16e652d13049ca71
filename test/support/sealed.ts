import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { sealedTopics } from '../../src/messaging/contracts/sealed-topics.js';
import { factTopicNames } from '../../src/messaging/contracts/topics.js';
import { openMessages } from '../../src/messaging/inbox/seals.js';
import type { IncomingMessage } from '../../src/messaging/transport/transport.js';
import type { SqlConnection } from '../../src/persistence/database.js';

/** Every topic that carries facts, sealed or not. */
export const everyFactTopic: readonly string[] = [...factTopicNames, ...sealedTopics.values()];

/** Events of messages, opened by the keys of a database. @throws where a key is gone */
export async function eventsOf<Data>(
  keys: Pick<SqlConnection, 'query' | 'prepared'>,
  messages: readonly Pick<IncomingMessage, 'topic' | 'key' | 'value'>[],
): Promise<readonly CloudEvent<Data>[]> {
  return (await openMessages(keys, messages)).map(({ value, lost }) => {
    if (lost === true) throw new Error('the key of a message is gone');
    return JSON.parse(value) as CloudEvent<Data>;
  });
}
