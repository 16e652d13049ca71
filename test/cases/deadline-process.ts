import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { DeadlineReporter } from '../../src/cases/jobs/report-deadlines.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { Database } from '../../src/persistence/database.js';

/**
 * A worker in small, whose clock stands at one moment: tells what has come of deadlines until nothing is left, and writes after each
 * small round how many events it wrote. Arguments: database URL, the moment.
 */
const [url = '', moment = ''] = process.argv.slice(2);
const database = new Database({ url });
const log = new PostgresLog({ database });
const deps = { kinds: caseKinds, log, sql: database, now: () => new Date(moment) };
const reporter = new DeadlineReporter(deps, {
  limit: 5,
  aheadMilliseconds: 5_000,
  onFailure: ({ error }) => {
    throw error;
  },
});
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
for (let more = true; more;) {
  const { told, nextIn } = await reporter.round();
  process.stdout.write(`${told}\n`);
  more = nextIn === 0;
}
await database.close();
process.stdin.destroy();
