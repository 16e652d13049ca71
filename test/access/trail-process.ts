import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { Database } from '../../src/persistence/database.js';
import { openTrail } from '../../src/start/processes/open-trail.js';

/** A process that records accesses, one group after the other, and says so when each may be answered; then it waits to be killed. */
const groups = Number(process.argv[2]);
const configuration = loadConfiguration(process.env);
const clock = { now: () => new Date() };
const database = new Database({ url: configuration.database.url ?? '' });
const { trail } = await openTrail({ configuration, database, clock });
for (let group = 0; group < groups; group += 1)
  await trail.record([
    {
      context: { client: 'client', units: [], requestId: `r${group}` },
      at: clock.now(),
      action: 'read',
      outcome: 'success',
      detail: {},
    },
  ]);
process.stdout.write('answered\n');
setInterval(() => undefined, 1_000);
