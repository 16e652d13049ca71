import { DemoIssuer } from '../../access/demo-issuer.js';
import type { WrittenIssuer } from '../../access/issuers.js';
import { TokenAuthenticator } from '../../access/token-authenticator.js';
import { TokenVerifier } from '../../access/tokens.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { Configuration } from '../../configuration/configuration.js';
import { createFacade } from '../../fhir/facade.js';
import { prepareStructure } from '../../fhir/validation/structure.js';
import { writeSteps } from '../../fhir/write/steps.js';
import { readIssuersFile } from '../configured-files.js';
import type { Foundation } from '../foundation.js';
import type { StopList } from '../stop-list.js';
import { withinASecond } from '../within-a-second.js';
import { openTrail } from '../trail/open-trail.js';
import { softwareVersion } from '../version.js';

/** Starts the FHIR facade. @returns the address it listens on */
export async function startFacade(
  foundation: Foundation,
  cases: CasesDependencies,
  stops: StopList,
): Promise<string> {
  const { configuration, database, directory, transport, logger, metrics, clock } = foundation;
  prepareStructure(); // Now, so that no first request waits for it.
  const verifier = new TokenVerifier(await issuers(configuration), clock);
  const { trail: audit, close } = await openTrail(foundation);
  stops.add(close);
  const { http } = configuration;
  const facade = await createFacade(
    {
      database,
      directory,
      authenticator: new TokenAuthenticator(verifier, () => directory),
      audit,
      clock,
      logger,
      metrics,
      readiness: {
        database: withinASecond(() => database.healthy(), false),
        transport: withinASecond(() => transport.healthy(), false),
      },
      settings: {
        baseUrl: http.baseUrl,
        bodyLimit: http.bodyLimitBytes,
        bodyBounds: http.bodyBounds,
        limits: http.limits,
        defaultPageSize: http.pageSize,
        maximumPageSize: http.pageSizeLimit,
        cursorKey: configuration.cursorKey,
        identitySecret: configuration.identityKey.toString('hex'),
        softwareVersion,
      },
    },
    writeSteps(cases),
  );
  stops.add(() => facade.close());
  await facade.listen(http.port, http.host);
  return http.baseUrl;
}

async function issuers(configuration: Configuration): Promise<readonly WrittenIssuer[]> {
  const { issuersFile } = configuration.access;
  const production = configuration.environment === 'production';
  const configured = issuersFile === undefined ? [] : readIssuersFile(issuersFile, { production });
  if (!configuration.access.demoIssuer) return configured;
  return [...configured, (await openDemoIssuer(configuration)).configuration];
}

/** The issuer of the fictional region's tokens. @throws DemoIssuerRefused anywhere but on loopback in development */
export function openDemoIssuer({
  dataDirectory,
  access,
  http,
  environment,
}: Configuration): Promise<DemoIssuer> {
  return DemoIssuer.open({
    dataDirectory,
    audience: access.demoAudience,
    addresses: [http.host],
    development: environment === 'development',
  });
}
