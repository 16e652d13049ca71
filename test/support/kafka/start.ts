import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tellUsage } from '../../../src/start/commands/help.js';
import { startBroker } from './broker.js';

tellUsage(`A broker of Apache Kafka to play with, until it is interrupted.

  npm run kafka [-- --directory <kept data>] [--port 9092]
  npm run start:kafka               the whole hub of the fictional region on it
`);

/**
 * A broker for a person to play with, until interrupted: `npm run kafka [-- --directory <kept data>] [--port 9092]`; with `--hub`
 * (`npm run start:kafka`) the whole hub of the fictional region on it.
 */
const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    port: { type: 'string', default: '9092' },
    hub: { type: 'boolean', default: false },
  },
});
const broker = await startBroker({
  ...(values.directory !== undefined && { directory: path.resolve(values.directory) }),
  port: Number(values.port),
});
// One broker holds one copy; the hub asks for three unless it is told.
const environment = {
  KAFKA_BROKERS: broker.brokers,
  KAFKA_REPLICATION_FACTOR: '1',
  KAFKA_MIN_IN_SYNC_REPLICAS: '1',
};
const settings = Object.entries(environment)
  .map(([name, value]) => `${name}=${value}`)
  .join(' ');
process.stdout.write(
  `Apache Kafka is up on ${broker.brokers} (end it with Ctrl-C).\n` +
    (values.hub ? '' : `  a hub on it               ${settings} npm start\n`) +
    `  what happens in cases     ${settings} npm run --silent follow\n`,
);
const hub = values.hub
  ? spawn(process.execPath, ['dist/src/start/main.js'], {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    })
  : undefined;
hub?.once('exit', (code) => void broker.stop().then(() => process.exit(code ?? 1)));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    if (hub !== undefined) hub.kill('SIGTERM');
    else void broker.stop().then(() => process.exit());
  });
