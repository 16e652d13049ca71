import './end-with-reader.js';
import { playJourney } from '../../demo/journey.js';
import { mllpDoor } from '../../demo/mllp-door.js';
import { Timeline } from '../../demo/timeline.js';
import { demoIssuerBeside } from '../processes/hub.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

tellUsage(`Plays one patient's journey against the hub that runs here (npm start).

  npm run demo
`);

/** `npm run demo`: one patient's journey against the running hub. */
async function main(): Promise<void> {
  const configuration = commandConfiguration();
  const timeline = new Timeline((text) => process.stdout.write(text));
  const caseId = await playJourney({
    fhir: configuration.http.baseUrl,
    mllp: await mllpDoor(configuration),
    issuer: await demoIssuerBeside(configuration),
    timeline,
  });
  process.stdout.write(
    `\nLäs ärendet själv:\n  curl -H "Authorization: Bearer $(npm run --silent token -- --user SE4999000013-P009 --unit SE4999000013-W103)" \\\n    ${configuration.http.baseUrl}/CarePlan/${caseId}\n`,
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
