import './end-with-reader.js';
import { parseArgs } from 'node:util';
import { journeyOf, playJourney, policiesPlayed } from '../../demo/journeys/journeys.js';
import { mllpAddress } from '../../demo/mllp-address.js';
import { Timeline } from '../../demo/timeline.js';
import { demoIssuerBeside } from '../processes/hub.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

tellUsage(`Plays one patient's journey against the hub that runs here (npm start), in a region with one of its policies.

  npm run demo
  npm run demo -- --policy ${policiesPlayed.join('|')}
`);

/** `npm run demo`: one patient's journey against the running hub, under the policy that is named. */
async function main(): Promise<void> {
  const { policy } = parseArgs({ options: { policy: { type: 'string' } } }).values;
  const { user, unit } = journeyOf(policy).reader;
  const configuration = commandConfiguration();
  const timeline = new Timeline((text) => process.stdout.write(text));
  const caseId = await playJourney(
    {
      fhir: configuration.http.baseUrl,
      mllp: await mllpAddress(configuration),
      issuer: await demoIssuerBeside(configuration),
      timeline,
    },
    policy,
  );
  process.stdout.write(
    `\nLäs ärendet själv:\n  curl -H "Authorization: Bearer $(npm run --silent token -- --user ${user} --unit ${unit})" \\\n    ${configuration.http.baseUrl}/CarePlan/${caseId}\n`,
  );
}

main().catch((error: unknown) => {
  const code = (error as { code?: string }).code;
  const hint = code === 'ECONNREFUSED' ? ' Is the hub running? Start it with npm start.' : '';
  process.stderr.write(
    `The journey stopped: ${error instanceof Error ? error.message : String(error)}${hint}\n`,
  );
  process.exitCode = 1;
});
