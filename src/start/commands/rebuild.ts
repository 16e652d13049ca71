import './end-with-reader.js';
import { parseArgs } from 'node:util';
import { everyStream } from '../../cases/streams/collect-streams.js';
import { rebuild } from '../../log/rebuild.js';
import { withCommandDatabase } from './command-database.js';
import { tellUsage } from './help.js';

const usage = `Makes everything that is shown anew from the log, beside the live tables, and compares the two.

  npm run rebuild                 tells the differences
  npm run rebuild -- --swap       and puts the rebuilt in the place of the live
  npm run rebuild -- --resume     goes on with one that was interrupted
`;

tellUsage(usage);

/**
 * `npm run rebuild [-- --swap] [--resume]`: everything shown, from the log again, beside the live tables; compared, and
 * swapped only on request. Exit code 1 when live and rebuilt differ and were not swapped.
 */
const { values } = parseArgs({
  options: {
    swap: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
  },
});
process.exitCode = await run(values);

async function run(asked: { readonly swap: boolean; readonly resume: boolean }): Promise<number> {
  const report = await withCommandDatabase(
    'rebuild',
    (database) =>
      rebuild({
        ...asked,
        database,
        registry: everyStream,
        onProgress: (sequence) => void process.stdout.write(`replayed to ${sequence}\n`),
      }),
    // A large log is compared in one statement.
    { unlimited: true },
  );
  for (const difference of report.differences) process.stdout.write(`${JSON.stringify(difference)}\n`);
  const verdict = report.differences.length === 0 ? 'Live and rebuilt are equal' : 'Live and rebuilt differ';
  const swapped = report.swapped ? '; the rebuilt are live now' : '';
  process.stdout.write(`${verdict} at sequence ${report.sequence}${swapped}.\n`);
  return report.differences.length === 0 || report.swapped ? 0 : 1;
}
