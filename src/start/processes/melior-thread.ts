import { runThread } from '../../../connectors/common/thread/run-thread.js';
import { runMeliorIntake, type MeliorThreadSettings } from '../../../connectors/melior/melior-thread.js';
import { hashOfRecordings } from '../hash-of-recordings.js';
import { lineWithoutNumbers } from '../health/without-numbers.js';

/** The thread that receives from Melior: started as a file of its own (`startMeliorApart`). */
export type MeliorEntrySettings = MeliorThreadSettings & { readonly identityKey: Uint8Array };

await runThread<MeliorEntrySettings>(
  (surroundings) => runMeliorIntake(surroundings, hashOfRecordings(surroundings.settings.identityKey)),
  lineWithoutNumbers,
);
