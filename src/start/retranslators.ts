import { retranslateCarePlan, retranslateEncounter } from '../../connectors/cosmic/retranslate.js';
import type { RecordedAnswer } from '../../connectors/common/recording/read-from.js';
import type { Retranslated } from '../../connectors/common/recording/retranslated.js';
import { retranslateCatalogue } from '../../connectors/hsa/recorded.js';
import { retranslateListing } from '../../connectors/listing/retranslate.js';
import { retranslateMelior } from '../../connectors/melior/retranslate.js';
import { retranslatePerson } from '../../connectors/population-register/retranslate.js';
import type { Replayable } from '../administration/recordings/replayable.js';
import type { Configuration } from '../configuration/configuration.js';
import { readCosmicFile, readMappingFile } from './checks/configured-files.js';

/** Each connector's translation with the configuration of now; one line for each connector that records. */
export function retranslators({
  melior,
  cosmic,
  environment,
}: Configuration): Readonly<Record<string, Replayable>> {
  const mapping = readMappingFile(melior.mappingFile);
  const settings = readCosmicFile(cosmic.configurationFile);
  return {
    melior: { now: (raw, { outcome }) => retranslateMelior(raw, mapping, outcome === 'stored') },
    cosmic: { now: (raw, as) => retranslateEncounter(raw, as, settings) },
    'cosmic-care-plans': { now: (raw, as) => retranslateCarePlan(raw, as, settings) },
    'population-register': register(retranslatePerson),
    listing: register(retranslateListing),
    hsa: register((recorded) => retranslateCatalogue(recorded, environment === 'development')),
  };
}

function register(retranslate: (recorded: RecordedAnswer) => Retranslated): Replayable {
  const read = (raw: Buffer) => JSON.parse(raw.toString('utf8')) as RecordedAnswer;
  return {
    now: (raw) => retranslate(read(raw)),
    became: (raw) => read(raw).fact,
    text: (raw) => read(raw).answer,
  };
}
