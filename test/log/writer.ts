import { PostgresLog } from '../../src/log/postgres-log.js';
import { ExclusiveKeyHeld } from '../../src/log/log.js';
import { Database } from '../../src/persistence/database.js';
import { command, errand, origin } from './errand.js';

/**
 * A process of its own that writes on one stream and tries to open others: what each attempt came to goes out as one line
 * of JSON. Arguments: database URL, stream, its person, lock or none, how many times.
 */
const [url = '', stream = '', person = '', lock = '', times = ''] = process.argv.slice(2);
const database = new Database({ url });
const log = new PostgresLog({ database });
const options = origin(...(lock === 'none' ? [] : [lock]));
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));

const outcome = { added: 0, opened: 0, held: 0 };
for (let time = 0; time < Number(times); time += 1) {
  // One errand of the person at a time may be open; each opener closes it again.
  const id = crypto.randomUUID();
  try {
    await log.transact(options, (session) => session.execute(errand, id, command.open(person, true)));
    outcome.opened += 1;
    await log.transact(options, (session) => session.execute(errand, id, command.close()));
  } catch (error) {
    if (!(error instanceof ExclusiveKeyHeld)) throw error;
    outcome.held += 1;
  }
  for (;;) {
    try {
      await log.transact(options, (session) =>
        session.execute(errand, stream, command.add(String(process.pid))),
      );
      outcome.added += 1;
      break;
    } catch (error) {
      // Without the lock four attempts may all be too late; the writer just tries again.
      if (!(error instanceof Error) || error.name !== 'LogConflict' || lock !== 'none') throw error;
    }
  }
}
await database.close();
process.stdout.write(`${JSON.stringify(outcome)}\n`);
process.stdin.destroy();
