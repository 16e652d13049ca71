import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { FactPublishing } from '../../../connectors/common/fact-publishing.js';
import { ReceiptStore } from '../../../connectors/common/receipt-store.js';
import { createTestDatabase } from '../../support/database.js';
import { transportOn } from './support.js';

it('of a source that has told nothing every receipt is looked at once, not with each report', async () => {
  const test = await createTestDatabase();
  const pool = createConnectorPool(test.url, 1);
  const connector = 'quiet';
  const store = new ReceiptStore(pool, connector, { onOtherContent: 'replace', windowMilliseconds: 60_000 });
  let looked = 0;
  const lastReceivedAt = store.lastReceivedAt.bind(store);
  store.lastReceivedAt = () => {
    looked += 1;
    return lastReceivedAt();
  };
  const publishing = new FactPublishing(
    {
      connector,
      pool,
      transport: await transportOn(test.database),
      logger: pino({ level: 'silent' }),
      clock: () => new Date(),
    },
    store,
  );
  try {
    for (let report = 0; report < 3; report += 1) {
      const health = await publishing.health({ detail: { stored: 0 } });
      expect(health).toMatchObject({ status: 'up', detail: { waiting: 0 } });
      expect(health.lastMessageAt).toBeUndefined();
    }
    const at = new Date('2026-01-10T08:30:00Z');
    expect(await publishing.health({ lastMessageAt: at, detail: { stored: 1 } })).toMatchObject({
      lastMessageAt: at.toISOString(),
    });
    expect(looked).toBe(1);
  } finally {
    await pool.end();
    await test.drop();
  }
});
