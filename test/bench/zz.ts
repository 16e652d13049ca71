import { createDurableTestDatabase } from '../support/database.js';
import { startBroker } from '../support/kafka/broker.js';
import { connectTransport } from '../messaging/connect-transport.js';
import { measureIntake, measureLatency } from './messaging.js';
const d = await createDurableTestDatabase();
console.log(JSON.stringify(await measureIntake(d.url)));
const b = await startBroker();
for (const kind of ['embedded', 'kafka'])
  for (const r of [50, 100, 200]) {
    const t = connectTransport(kind, kind === 'kafka' ? b.brokers : d.url, { partitions: 12 });
    console.log(kind, JSON.stringify(await measureLatency(t, r, 8)));
    await t.close();
  }
await b.stop();
await d.drop();
process.exit(0);
