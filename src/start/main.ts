import 'reflect-metadata';
import { ConfigurationRefused, loadConfiguration } from '../configuration/load-configuration.js';
import { RestoreNoticed } from './checks/check-restored.js';
import { checkFiles } from './checks/check-files.js';
import { tellUsage } from './commands/help.js';
import { fatalErrorText } from './fatal-error-text.js';
import { createLogger, errorKind } from './logger.js';
import { readyText } from './ready-text.js';
import { requireNode } from './require-node.js';
import { StartRefused } from './start-refused.js';
import { startProgress } from './start-progress.js';
import { longestStopMs, start } from './start.js';

tellUsage(`Starts the hub, or the parts of it that PROCESSES names; everything is configured by the environment (docs/configuration.md).

  npm start
`);

async function main(): Promise<void> {
  requireNode(process.versions.node);
  const configuration = loadConfiguration(undefined, checkFiles);
  const logger = createLogger(configuration);
  const progress = startProgress((text) => process.stdout.write(text));
  const started = await start(configuration, logger, progress.step).finally(() => progress.stop());
  process.stdout.write(readyText(configuration, started));
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), longestStopMs).unref();
    started.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error: errorKind(error) }, 'not everything stopped cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
}

for (const [event, words] of [
  ['uncaughtException', 'an error that nobody caught'],
  ['unhandledRejection', 'a promise that nobody waited for'],
] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(fatalErrorText(words, error));
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  // At start nothing about a person has been read yet, so the text may be shown.
  const isTold =
    error instanceof ConfigurationRefused || error instanceof StartRefused || error instanceof RestoreNoticed;
  const text = isTold ? error.message : String(error);
  process.stderr.write(`Hemgång could not start: ${text}\n`);
  process.exit(1);
});
