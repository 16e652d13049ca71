import { pino } from 'pino';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { start } from '../../src/start/start.js';

/** Starts the hub of its environment, says that it was refused, and has nothing more to do. */
await start(loadConfiguration(), pino({ level: 'silent' })).then(
  () => process.stdout.write('started\n'),
  () => process.stdout.write('refused\n'),
);
