import './end-with-reader.js';
import { parseArgs } from 'node:util';
import { caseTopic } from '../../messaging/contracts/facts.js';
import { createLogger } from '../logger.js';
import { createTransport } from '../transport.js';
import { withCommandDatabase } from './command-database.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

const usage = `Prints each message of ${caseTopic} as it comes, one JSON line each, until interrupted.

  npm run follow [-- --group <name>]    goes on where the group (follow) stopped; a new one begins with what is kept
`;

tellUsage(usage);

/**
 * `npm run follow [-- --group <name>]`: prints each message of `case.event.v1` as it comes, one JSON line each, until interrupted. As
 * any follower it goes on where its group stopped; a new group begins with what is kept.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      group: { type: 'string', default: 'follow' },
    },
  });
  const configuration = commandConfiguration();
  await withCommandDatabase(
    'follow',
    async (database) => {
      const transport = createTransport(configuration, database, createLogger(configuration));
      const subscription = await transport.subscribe({
        group: values.group,
        topics: [caseTopic],
        handle: (batch) => {
          for (const { value } of batch) process.stdout.write(`${value}\n`);
          return Promise.resolve();
        },
      });
      process.stderr.write(`Following ${caseTopic} on the ${transport.name} transport; end with Ctrl-C.\n`);
      await new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
      });
      await subscription.stop();
      await transport.close();
    },
    { connections: 4 },
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`Nothing to follow: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
