import type { Database } from '../../persistence/database.js';
import type { RecoveryKey } from '../contracts/recovery-key.js';
import type { OutgoingMessage } from '../transport/transport.js';
import { storeFacts } from './store.js';

const pageSize = 100;

type Kept = { readonly number: number; readonly message: string };

/**
 * Takes into the inbox what connectors have brought to these topics and the inbox does not have, from the receipts, in the order
 * in which it came. What is on the topic too comes again from there and is a repeat.
 * @returns how many facts of each topic were new to the inbox
 */
export async function takeFromReceipts(
  database: Database,
  topics: ReadonlySet<string>,
  receivedAt: Date,
  recovery?: RecoveryKey,
): Promise<ReadonlyMap<string, number>> {
  const taken = new Map<string, number>();
  for (let after = 0; ;) {
    const { rows } = await database.query<Kept>(
      `select number, message from connector_receipt as receipt
       where published and message is not null and event_id is not null and number > $1
         and not exists (select from inbox where inbox.event_id = receipt.event_id)
       order by number limit ${pageSize}`,
      [after],
    );
    const last = rows.at(-1);
    if (last === undefined) return taken;
    const kept = rows.map(({ message }) => JSON.parse(message) as OutgoingMessage & { topic: string });
    for (const [topic, messages] of Map.groupBy(kept, (each) => each.topic)) {
      if (!topics.has(topic)) continue;
      const { stored } = await storeFacts(database, messages, receivedAt, recovery);
      taken.set(topic, (taken.get(topic) ?? 0) + stored);
    }
    after = last.number;
  }
}
