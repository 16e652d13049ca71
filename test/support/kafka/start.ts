import path from 'node:path';
import { startBroker } from './broker.js';

/**
 * Starts a broker for a person to play with, until interrupted:
 * `node --import ./test/support/typescript.mjs test/support/kafka/start.ts [data directory] [port]`.
 */
const [directory, port] = process.argv.slice(2);
const broker = await startBroker({
  ...(directory !== undefined && { directory: path.resolve(directory) }),
  ...(port !== undefined && { port: Number(port) }),
});
process.stdout.write(`Apache Kafka is up: KAFKA_BROKERS=${broker.brokers} (end it with Ctrl-C)\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void broker.stop().then(() => process.exit()));
}
