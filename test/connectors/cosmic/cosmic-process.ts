import { pino } from 'pino';
import { startCosmic } from '../../../connectors/cosmic/cosmic.js';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { Database } from '../../../src/persistence/database.js';
import { client, settings } from './cosmic-support.js';
import { personKeys, transportOn } from '../common/support.js';

/** The connector as a process of its own, polling without pause, to be killed; says when it has started. */
const [databaseUrl, url, tokenUrl] = process.argv.slice(2);
if (!databaseUrl || !url || !tokenUrl) throw new Error('a database, a FHIR base and a token URL are needed');
startCosmic({
  url,
  tokenUrl,
  clientId: client.id,
  credential: { secret: client.secret },
  settings: { ...settings, pollSeconds: 0.05, sweepSeconds: 0.5 },
  firstBackOffMilliseconds: 5,
  pool: createConnectorPool(databaseUrl),
  transport: await transportOn(new Database({ url: databaseUrl })),
  personKeys,
  logger: pino({ level: 'silent' }),
});
process.stdout.write('started\n');
