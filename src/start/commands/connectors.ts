import './end-with-reader.js';
import { parseArgs } from 'node:util';
import { connectorReport, needsAttention } from '../../administration/connectors/connector-report.js';
import { connectorsScreen } from '../../administration/connectors/connectors-screen.js';
import { readConnectors } from '../../administration/connectors/read-connectors.js';
import { withCommandDatabase } from './command-database.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

tellUsage(`Each connector in one screen: up, last message, waiting, dead, and why.

  npm run connectors
  npm run connectors -- --json      for programs

Exit code 1 when something is not up or facts are dead, 2 when it cannot be said.
`);

/**
 * `npm run connectors`: each connector in one screen: up, last message, waiting, dead, and why; `-- --json` for programs.
 * Exit code 1 when something is not up, also what is configured and never ran, or facts are dead; 2 when it cannot be said.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const { connectorsMeant } = commandConfiguration();
  const rows = await withCommandDatabase('connectors', readConnectors, { connections: 4 });
  const lines = connectorReport(rows, connectorsMeant);
  process.stdout.write(
    values.json ? `${JSON.stringify(lines, undefined, 2)}\n` : connectorsScreen(lines, new Date()),
  );
  return needsAttention(lines) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`How the connectors are cannot be said: ${text}\n`);
  process.exitCode = 2;
}
