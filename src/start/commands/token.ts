import './end-with-reader.js';
import { parseArgs } from 'node:util';
import type { DemoIssuer } from '../../access/demo-issuer.js';
import { buildDirectory } from '../../directory/directory.js';
import { readOrganisationFile } from '../checks/configured-files.js';
import { demoIssuerBeside } from '../processes/hub.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

const usage = [
  'npm run token -- --user <HSA-id> --unit <HSA-id> [--role <role>]',
  'npm run token -- --client <id> --unit <HSA-id> [--unit <HSA-id> …]',
].join('\n       ');

tellUsage(
  `An access token of the fictional region: of a person at a unit, or of a system and its units.\n\n       ${usage}\n`,
);

/** An access token for the fictional region: of a person at a unit, or of a system and its units. Makes no key and no directory. */
async function main(): Promise<void> {
  const {
    values: { user, client, unit: units = [], role },
  } = parseArgs({
    options: {
      user: { type: 'string' },
      client: { type: 'string' },
      unit: { type: 'string', multiple: true },
      role: { type: 'string' },
    },
  });
  const [unit] = units;
  const configuration = commandConfiguration();
  const directory = buildDirectory(readOrganisationFile(configuration.organisationFile));
  let sign: (issuer: DemoIssuer) => Promise<string>;
  if (user !== undefined && client === undefined && unit !== undefined && units.length === 1) {
    // Whom the file does not name the catalogue may, and the hub asks it (ORG-1).
    if (directory.person(user) === undefined)
      process.stderr.write(`${user} is not in the organisation file; the hub will ask the catalogue.\n`);
    else if (directory.actor(user, unit, role) === undefined)
      throw new Error(
        `${user} has no ${role === undefined ? 'active role' : `role ${role}`} at ${unit} (ORG-1); see src/demo/fictional-region/README.md`,
      );
    sign = (issuer) => issuer.userToken({ user, unit, ...(role === undefined ? {} : { role }) });
  } else if (client !== undefined && user === undefined && role === undefined && units.length > 0) {
    const unknown = units.filter((each) => directory.unit(each)?.active !== true);
    if (unknown.length > 0)
      throw new Error(`no unit here: ${unknown.join(', ')}; see src/demo/fictional-region/README.md`);
    sign = (issuer) => issuer.systemToken({ client, units });
  } else throw new Error(`say for whom:\n       ${usage}`);
  process.stdout.write(`${await sign(await demoIssuerBeside(configuration))}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`No token: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
