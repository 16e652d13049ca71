import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { Database } from '../../src/persistence/database.js';
import { connectTransport } from './connect-transport.js';

/**
 * A hub process in small: consumes a transport into the inbox and takes facts up, each with an effect in the same
 * transaction as its mark. For tests that kill it.
 */
const [databaseUrl, kind, url, group, topic] = process.argv.slice(2);
if (!databaseUrl || !kind || !url || !group || !topic) throw new Error('five arguments are needed');
const database = new Database({ url: databaseUrl });
const inbox = new Inbox(database);
const transport = connectTransport(kind, url);
await transport.subscribe({ group, topics: [topic], handle: inbox.take });
inbox.startWorkers(
  (fact, mark) =>
    database.transaction(async (sql) => {
      await sql.query('insert into effect (message) values ($1)', [fact.eventId]);
      await mark(sql, 'done', true);
    }),
  { leaseMs: 1500, pollMs: 20 },
);
process.stdout.write('up\n');
