import { pino } from 'pino';
import { Database } from '../../../src/persistence/database.js';
import { runMelior, transportOn } from '../common/support.js';

/** Melior as a process of its own, to be killed; prints its port. */
const [url] = process.argv.slice(2);
if (!url) throw new Error('the URL of a database is needed');
const transport = await transportOn(new Database({ url }));
const melior = await runMelior(url, transport, { logger: pino({ level: 'silent' }) });
process.stdout.write(`${melior.address.port}\n`);
