import type { RecordedAs } from '../../../connectors/common/recording/recorder.js';
import type { Recording } from './read-recordings.js';
import type { Retranslated } from '../../../connectors/common/recording/retranslated.js';

/** How the recordings of one connector are read again. */
export type Replayable = {
  /** What it would become today. @throws as the connector refuses */
  readonly now: (
    raw: Buffer,
    as: RecordedAs & Pick<Recording, 'outcome'>,
  ) => Retranslated | Promise<Retranslated>;
  /** The fact it became, where that is recorded beside it; else it is asked of the inbox. */
  readonly became?: (raw: Buffer) => unknown;
  /** What came in, as text, where the bytes alone are not it. */
  readonly text?: (raw: Buffer) => string;
};
