import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { startCosmicStandIn, type CosmicStandIn } from '../../../connectors/cosmic/stand-in.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import type { Configuration } from '../../configuration/configuration.js';
import type { Logger } from 'pino';
import type { StopList } from '../stop-list.js';

export type StandIns = {
  readonly populationRegister: { url: string };
  readonly listing: { url: string };
  readonly catalogue: { url: string };
  readonly cosmic: CosmicStandIn;
};

/** The registers of the fictional region, on loopback, from files that may be replaced while they run. */
export async function startStandIns(
  { standIns }: Configuration,
  logger: Logger,
  stops: StopList,
): Promise<StandIns> {
  const host = '127.0.0.1';
  const populationRegister = await startPopulationRegisterStandIn({
    host,
    port: standIns.populationRegisterPort,
    file: standIns.personsFile,
    logger,
  });
  stops.add(() => populationRegister.stop());
  const listing = await startListingStandIn({
    host,
    port: standIns.listingPort,
    file: standIns.listingsFile,
    logger,
  });
  stops.add(() => listing.stop());
  const catalogue = await startCatalogueStandIn({
    host,
    port: standIns.hsaPort,
    file: standIns.hsaFile,
    logger,
  });
  stops.add(() => catalogue.stop());
  const cosmic = await startCosmicStandIn({
    host,
    port: standIns.cosmicPort,
    file: standIns.cosmicFile,
    logger,
  });
  stops.add(() => cosmic.stop());
  return { populationRegister, listing, catalogue, cosmic };
}
