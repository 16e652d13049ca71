import { retranslateCarePlan, retranslateEncounter } from '../../../connectors/cosmic/retranslate.js';
import type { RecordedAnswer } from '../../../connectors/frame/recording/read-from.js';
import type { RecordedAs } from '../../../connectors/frame/recording/recorder.js';
import type { Retranslated } from '../../../connectors/frame/recording/retranslated.js';
import { retranslateCatalogue } from '../../../connectors/hsa/recorded.js';
import { retranslateListing } from '../../../connectors/listing/retranslate.js';
import { retranslateMelior } from '../../../connectors/melior/retranslate.js';
import { retranslatePerson } from '../../../connectors/population-register/retranslate.js';
import type { Configuration } from '../../configuration/configuration.js';
import { readCosmicFile, readMappingFile } from '../configured-files.js';

/** How the recordings of one connector are read again. */
export type Replayable = {
  /** What it would become today. @throws as the connector refuses */
  readonly now: (raw: Buffer, as: RecordedAs) => Retranslated | Promise<Retranslated>;
  /** The fact it became, where that is recorded beside it; else it is asked of the inbox. */
  readonly became?: (raw: Buffer) => unknown;
  /** What came in, as text, where the bytes alone are not it. */
  readonly text?: (raw: Buffer) => string;
};

/** Each connector's translation with the configuration of now; one line for each connector that records. */
export function retranslators({
  melior,
  cosmic,
  environment,
}: Configuration): Readonly<Record<string, Replayable>> {
  const mapping = readMappingFile(melior.mappingFile);
  const settings = readCosmicFile(cosmic.configurationFile);
  return {
    melior: { now: (raw) => retranslateMelior(raw, mapping) },
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
