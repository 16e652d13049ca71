import { randomUUID } from 'node:crypto';
import type { SealedHead } from '../../access/audit/audit-key.js';
import { auditHeadMessage } from '../../messaging/contracts/build-event.js';
import { auditTopic } from '../../messaging/contracts/facts.js';
import { withinLimit } from '../../messaging/transport/within-limit.js';
import type { Transport } from '../../messaging/transport/transport.js';

/** How long the topic may take to be read. Milliseconds. */
const readLimitMs = 120_000;

/**
 * Every head on the topic, one in a line. A mark is appended and read up to: all heads have one key, so what was there before
 * the mark comes before it.
 * @throws when the mark does not come in time
 */
export async function* headsOnTopic(transport: Transport): AsyncGenerator<string> {
  const mark: SealedHead = {
    format: 2,
    chain: randomUUID(),
    number: 0,
    hash: '0'.repeat(64),
    recordedAt: new Date().toISOString(),
    keyId: '0'.repeat(16),
    signature: 'A'.repeat(86),
  };
  const heads: string[] = [];
  const { promise: read, resolve } = Promise.withResolvers<void>();
  const subscription = await transport.subscribe({
    group: `verify-audit-${randomUUID()}`,
    topics: [auditTopic],
    handle: (batch) => {
      for (const { value } of batch) {
        const { data } = JSON.parse(value) as { data: SealedHead };
        if (data.chain === mark.chain) resolve();
        else heads.push(JSON.stringify(data));
      }
      return Promise.resolve();
    },
  });
  try {
    await transport.append(auditTopic, [auditHeadMessage(mark)]);
    await withinLimit(read, readLimitMs, () => new Error('the topic of heads was not read in time'));
  } finally {
    await subscription.stop();
  }
  yield* heads;
}
