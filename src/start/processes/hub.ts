import {
  DemoIssuer,
  DemoIssuerRefused,
  DemoKeyDamaged,
  type DemoIssuerOptions,
} from '../../access/demo-issuer.js';
import type { WrittenIssuer } from '../../access/issuers.js';
import { TokenAuthenticator } from '../../access/token-authenticator.js';
import { TokenVerifier } from '../../access/token-verifier.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { Configuration } from '../../configuration/configuration.js';
import { NoHubYet } from '../../configuration/no-hub-yet.js';
import { createFacade } from '../../fhir/facade.js';
import { prepareStructure } from '../../fhir/validation/structure.js';
import { writeSteps } from '../../fhir/write/steps.js';
import { readIssuersFile } from '../checks/configured-files.js';
import { checkSessions } from '../../persistence/check-sessions.js';
import { databaseRefused } from '../checks/database-refused.js';
import type { Foundation } from '../foundation.js';
import type { HealthReport } from '../health/metrics.js';
import { codeOf, listeningOn, refusing, StartRefused } from '../start-refused.js';
import type { StopList } from '../stop-list.js';
import { withinASecond } from '../health/within-a-second.js';
import { openTrail } from './open-trail.js';
import { softwareVersion } from '../version.js';

/** The address the facade listens on, and how what it keeps of accesses is. */
export type StartedFacade = { readonly address: string; readonly health: HealthReport };

/** Starts the FHIR facade. */
export async function startFacade(
  foundation: Foundation,
  cases: CasesDependencies,
  stops: StopList,
): Promise<StartedFacade> {
  const { configuration, database, directory, transport, logger, metrics, clock } = foundation;
  prepareStructure(); // Now, so that no first request waits for it.
  const verifier = new TokenVerifier(await issuers(configuration), clock);
  const { trail: audit, health, close } = await openTrailOf(foundation);
  stops.add(close);
  const { http } = configuration;
  const facade = await createFacade(
    {
      database,
      directory,
      kinds: cases.kinds,
      questionnaires: cases.questionnaires,
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
        timeBounds: configuration.timeBounds,
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
  await listeningOn(
    { portVariable: 'HTTP_PORT', hostVariable: 'HTTP_HOST', host: http.host, port: http.port },
    () => facade.listen(http.port, http.host),
  );
  return { address: http.baseUrl, health: { trail: health } };
}

function openTrailOf(foundation: Foundation): ReturnType<typeof openTrail> {
  const { databaseUrl } = foundation.configuration.audit;
  if (databaseUrl === undefined) return openTrail(foundation);
  return refusing(
    async () => {
      // The trail keeps prepared statements, which another session would not know.
      await checkSessions(databaseUrl);
      return openTrail(foundation);
    },
    databaseRefused('AUDIT_DATABASE_URL', databaseUrl),
  );
}

async function issuers(configuration: Configuration): Promise<readonly WrittenIssuer[]> {
  const { issuersFile } = configuration.access;
  const production = configuration.environment === 'production';
  const configured = issuersFile === undefined ? [] : readIssuersFile(issuersFile, { production });
  if (!configuration.access.demoIssuer) return configured;
  const { configuration: demo } = await refusing(
    () => openDemoIssuer(configuration),
    (error) => demoIssuerUnusable(configuration, error),
  );
  return [...configured, demo];
}

function demoIssuerUnusable({ dataDirectory }: Configuration, error: unknown): StartRefused | undefined {
  if (error instanceof DemoKeyDamaged)
    return new StartRefused('DATA_DIRECTORY', error.file, error.message, error);
  const code = codeOf(error);
  if (code === undefined || error instanceof DemoIssuerRefused) return undefined;
  return new StartRefused('DATA_DIRECTORY', dataDirectory, `cannot be read and written (${code})`, error);
}

/** The issuer of the fictional region's tokens. @throws DemoIssuerRefused anywhere but on loopback in development */
export function openDemoIssuer(configuration: Configuration): Promise<DemoIssuer> {
  return DemoIssuer.open(demoIssuerOptions(configuration));
}

/** The same for a command beside the hub. @throws NoHubYet, or as `openDemoIssuer` */
export async function demoIssuerBeside(configuration: Configuration): Promise<DemoIssuer> {
  const issuer = await DemoIssuer.beside(demoIssuerOptions(configuration));
  if (issuer === undefined) throw new NoHubYet(configuration.dataDirectory);
  return issuer;
}

function demoIssuerOptions({ dataDirectory, access, http, environment }: Configuration): DemoIssuerOptions {
  return {
    dataDirectory,
    audience: access.demoAudience,
    addresses: [http.host],
    development: environment === 'development',
  };
}
