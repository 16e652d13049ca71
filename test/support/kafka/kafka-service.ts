import { startBroker } from './broker.js';

/** The run's one broker: the one named by KAFKA_BROKERS, else one of our own. */
export async function startKafka() {
  const named = process.env['KAFKA_BROKERS'];
  if (named) return { answer: { brokers: named }, stop: () => Promise.resolve() };
  const broker = await startBroker();
  return { answer: { brokers: broker.brokers }, stop: () => broker.stop() };
}
