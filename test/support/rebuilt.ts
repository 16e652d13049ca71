import { rebuild } from '../../src/log/rebuild.js';
import { startSequencer } from '../../src/log/sequencer.js';
import type { StreamRegistry } from '../../src/log/stream-registry.js';
import type { Database } from '../../src/persistence/database.js';
import { waitFor } from './wait-for.js';

/** What stands otherwise in the tables than the log, put in order to its end, makes of it again. */
export async function rebuiltDifferences(database: Database, registry: StreamRegistry) {
  const sequencer = startSequencer({ database, pollMs: 10 });
  await waitFor('every event to be sequenced', async () => {
    const { rows } = await database.query('select 1 from unsequenced limit 1');
    return rows.length === 0;
  });
  await sequencer.stop();
  const { differences } = await rebuild({ database, registry, swap: false, resume: false });
  return differences;
}
