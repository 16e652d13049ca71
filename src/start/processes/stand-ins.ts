import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { startCosmicStandIn, type CosmicStandIn } from '../../../connectors/cosmic/stand-in.js';
import type { StandInOptions } from '../../../connectors/common/stand-in/soap-stand-in.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import type { Configuration } from '../../configuration/configuration.js';
import type { Logger } from 'pino';
import { listeningOn } from '../start-refused.js';
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
  const begin = async <Running extends { stop(): Promise<void> }>(
    standIn: (options: StandInOptions) => Promise<Running>,
    portVariable: string,
    port: number,
    file: string,
  ): Promise<Running> => {
    const host = '127.0.0.1';
    const running = await listeningOn({ portVariable, host, port }, () =>
      standIn({ host, port, file, logger }),
    );
    stops.add(() => running.stop());
    return running;
  };
  const populationRegister = await begin(
    startPopulationRegisterStandIn,
    'STAND_IN_POPULATION_REGISTER_PORT',
    standIns.populationRegisterPort,
    standIns.personsFile,
  );
  const listing = await begin(
    startListingStandIn,
    'STAND_IN_LISTING_PORT',
    standIns.listingPort,
    standIns.listingsFile,
  );
  const catalogue = await begin(
    startCatalogueStandIn,
    'STAND_IN_HSA_PORT',
    standIns.hsaPort,
    standIns.hsaFile,
  );
  const cosmic = await begin(
    startCosmicStandIn,
    'STAND_IN_COSMIC_PORT',
    standIns.cosmicPort,
    standIns.cosmicFile,
  );
  return { populationRegister, listing, catalogue, cosmic };
}
