import { ReceiptMarkKeeper, receiptMarkFile } from '../../administration/receipt-mark.js';
import type { Foundation } from '../foundation.js';
import { errorKind } from '../logger.js';
import { repeat } from '../repeat.js';
import type { StopList } from '../stop-list.js';

/** How often the highest receipt is looked at, one read of an index: a fact that came so shortly before a loss is not missed by it. */
const everyMilliseconds = 1_000;

/**
 * On the embedded transport, whose messages go back with the database: keeps outside it how many receipts there were. On Kafka the offsets
 * of the brokers tell more.
 */
export function keepReceiptMark(
  { configuration, database, transport, logger }: Foundation,
  stops: StopList,
): void {
  if (transport.name !== 'embedded') return;
  const keeper = new ReceiptMarkKeeper(database, receiptMarkFile(configuration.audit.headsFile));
  const looking = repeat({ name: 'receipt-mark', everyMilliseconds, run: () => keeper.look() }, logger);
  stops.add(async () => {
    await looking.stop();
    await keeper
      .look()
      .catch((error: unknown) => logger.warn({ error: errorKind(error) }, 'the last receipt was not noted'));
  });
}
