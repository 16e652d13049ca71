import type { Configuration } from '../../src/configuration/configuration.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { stablePorts } from './stable-ports.js';

/**
 * The configuration of a whole hub as `npm start` runs it, on free ports, over a database and a data directory of its own.
 * @param brokers a Kafka of one node; absent: the embedded transport
 * @param more other variables
 */
export async function wholeHubConfiguration(
  databaseUrl: string,
  dataDirectory: string,
  brokers: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<Configuration> {
  const [http, mllp, metrics, population, listing, hsa, cosmic] = (await stablePorts(7)).map(String);
  return loadConfiguration({
    DATABASE_URL: databaseUrl,
    DATA_DIRECTORY: dataDirectory,
    HTTP_PORT: http,
    MLLP_PORT: mllp,
    METRICS_PORT: metrics,
    STAND_IN_POPULATION_REGISTER_PORT: population,
    STAND_IN_LISTING_PORT: listing,
    STAND_IN_HSA_PORT: hsa,
    STAND_IN_COSMIC_PORT: cosmic,
    ...(brokers.length === 0
      ? {}
      : {
          KAFKA_BROKERS: brokers.join(','),
          KAFKA_REPLICATION_FACTOR: '1',
          KAFKA_MIN_IN_SYNC_REPLICAS: '1',
        }),
    ...more,
  });
}
