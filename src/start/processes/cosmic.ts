import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { startCosmic, type Cosmic, type CosmicOptions } from '../../../connectors/cosmic/cosmic.js';
import { clientTls } from '../lookups.js';
import { readCosmicFile } from '../checks/configured-files.js';
import type { Foundation } from '../foundation.js';
import type { StopList } from '../stop-list.js';
import type { StandIns } from './stand-ins.js';

type Server = Pick<CosmicOptions, 'url' | 'tokenUrl' | 'clientId' | 'credential'>;

/** The client that the stand-in's file of the fictional region knows; made up, like everything there. */
const standInClient = {
  clientId: 'hemgang',
  credential: { secret: 'made-up-like-everything-here' },
} as const;

/** Starts the connector to the Cosmic that the configuration names, else to the stand-in of this process. */
export async function startCosmicConnector(
  { configuration, transport, logger, clock, connectorMetrics, recorder }: Foundation,
  pool: Pool,
  standIns: StandIns | undefined,
  stops: StopList,
): Promise<Cosmic> {
  const { server, configurationFile, timeoutMilliseconds, tls } = configuration.cosmic;
  const connector = startCosmic({
    ...(await serverOf(server, standIns)),
    settings: readCosmicFile(configurationFile),
    timeoutMilliseconds,
    ...(tls && { tls: clientTls(tls) }),
    pool,
    transport,
    personKeys: configuration.personKey,
    logger,
    clock: clock.now,
    metrics: connectorMetrics,
    ...(recorder && { recorder }),
  });
  stops.add(() => connector.stop());
  return connector;
}

async function serverOf(
  server: Foundation['configuration']['cosmic']['server'],
  standIns: StandIns | undefined,
): Promise<Server> {
  if (server) {
    const { url, tokenUrl, clientId, secret, keyFile } = server;
    if (secret !== undefined) return { url, tokenUrl, clientId, credential: { secret } };
    if (keyFile !== undefined)
      return { url, tokenUrl, clientId, credential: { privateKey: await readFile(keyFile, 'utf8') } };
  }
  // The configuration refuses this before it can happen (check-combination.ts).
  if (!standIns) throw new Error('Cosmic has neither an address with credentials nor a stand-in');
  return { url: standIns.cosmic.url, tokenUrl: standIns.cosmic.tokenUrl, ...standInClient };
}
