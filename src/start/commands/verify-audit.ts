import './end-with-reader.js';
import { verifyAudit } from '../../access/audit/verify-audit.js';
import { withCommandDatabase } from './command-database.js';

/** `npm run verify-audit`: says whether the trail was altered (ACC-5); exit code 1 when it was. */
const chains = await withCommandDatabase('verify-audit', (database) => verifyAudit(database));
const faults = chains.filter(({ fault }) => fault !== undefined);
const records = chains.reduce((sum, chain) => sum + chain.records, 0);
process.stdout.write(`${chains.length} chains, ${records} records\n`);
for (const { chain, fault } of faults)
  process.stdout.write(`chain ${chain}: ${fault?.kind} at group ${fault?.number}\n`);
process.stdout.write(faults.length === 0 ? 'The trail is whole.\n' : 'The trail has been altered.\n');
process.exitCode = faults.length === 0 ? 0 : 1;
