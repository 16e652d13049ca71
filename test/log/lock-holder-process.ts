import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { ExclusiveLock } from '../../connectors/common/exclusive-lock.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { Database } from '../../src/persistence/database.js';

/** A process of its own that holds a lock until it is ended. Arguments: what holds it, database URL. */
const [what = '', url = ''] = process.argv.slice(2);
if (what === 'sequencer') {
  startSequencer({
    database: new Database({ url }),
    onSequenced: (last) => process.stdout.write(`sequenced ${last}\n`),
  });
  process.stdout.write('holds\n');
} else {
  const lock = new ExclusiveLock(createConnectorPool(url), 'connector-publisher', 'test');
  if (!(await lock.take())) throw new Error('the lock was not free');
  process.stdout.write('holds\n');
  setInterval(() => process.stdout.write(lock.held ? 'held\n' : 'lost\n'), 200);
}
