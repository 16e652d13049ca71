import { startCosmicStandIn } from '../../../connectors/cosmic/stand-in.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import type { StandInOptions } from '../../../connectors/common/stand-in/soap-stand-in.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { fromProjectRoot } from '../../configuration/project-root.js';

/** The other side of a connector that is asked, as a program of its own. */
export type StandInProgram = {
  /** 0 chooses a free one. */
  readonly port: number;
  /** What it answers from when no file is named; absent: a file must be named. */
  readonly file?: string;
  readonly start: (options: StandInOptions) => Promise<{ readonly url: string; stop(): Promise<void> }>;
};

const region = (name: string): string => fromProjectRoot(`src/demo/fictional-region/${name}`);

/** What `npm run stand-in -- <system>` can start besides `melior`, which sends and is not asked. One line for each system. */
export const standInPrograms: Readonly<Record<string, StandInProgram>> = {
  'population-register': { port: 8181, file: region('persons.json'), start: startPopulationRegisterStandIn },
  listing: { port: 8182, file: region('listings.json'), start: startListingStandIn },
  hsa: { port: 8183, file: region('hsa.json'), start: startCatalogueStandIn },
  cosmic: { port: 8184, file: region('cosmic-resources.json'), start: startCosmicStandIn },
};
