import './end-with-reader.js';
import { parseArgs } from 'node:util';
import { loadConfiguration } from '../../configuration/load-configuration.js';
import { buildDirectory } from '../../directory/directory.js';
import { readOrganisationFile } from '../configured-files.js';
import { openDemoIssuer } from '../processes/hub.js';

/** `npm run token -- --user <HSA-id> --unit <HSA-id> [--role <role>]`: an access token for the fictional region. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { user: { type: 'string' }, unit: { type: 'string' }, role: { type: 'string' } },
  });
  const { user, unit, role } = values;
  if (user === undefined || unit === undefined)
    throw new Error('say who and where: npm run token -- --user <HSA-id> --unit <HSA-id>');
  const configuration = loadConfiguration();
  const directory = buildDirectory(readOrganisationFile(configuration.organisationFile));
  // Whom the file does not name the catalogue may, and the hub asks it (ORG-1).
  if (directory.person(user) !== undefined && directory.actor(user, unit, role) === undefined)
    throw new Error(
      `${user} has no ${role === undefined ? 'active role' : `role ${role}`} at ${unit} (ORG-1); see src/start/fictional-region/README.md`,
    );
  if (directory.person(user) === undefined)
    process.stderr.write(`${user} is not in the organisation file; the hub will ask the catalogue.\n`);
  const issuer = await openDemoIssuer(configuration);
  process.stdout.write(
    `${await issuer.userToken({ user, unit, ...(role === undefined ? {} : { role }) })}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`No token: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
