import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { errorCode, forLog } from '../log-text.js';
import type { Recorder } from './recorder.js';

/** Something that came in and left no receipt, as far as it could be read. */
export type Untold = {
  readonly sender: string;
  readonly messageId: string;
  readonly raw: Buffer;
  /** Whom it is about; asked when it is recorded. None where that cannot be read. */
  readonly persons?: () => readonly PersonIdentifier[];
};

/** `refused`, `nothing`: a message that became no fact, with why. `answered`: what a register said when it was asked. */
type Unkept = Untold & {
  readonly outcome: 'refused' | 'nothing' | 'answered';
  /** Plain words, never anything of the content. */
  readonly cause?: string;
  readonly at: Date;
};

export type RecordingWriterOptions = {
  readonly connector: string;
  readonly pool: Pool;
  readonly logger: Logger;
  readonly recorder: Recorder;
  /** Waiting to be written at most; more are not recorded, and the log says so. Default 1 000. */
  readonly longestQueue?: number;
};

const largestBatch = 200;

/**
 * Records what left no receipt, in the order it came: what comes while one statement is under way goes together into the next.
 * What cannot be recorded is told in the log and stops nothing.
 */
export class RecordingWriter {
  private pending: { readonly row: Unkept; readonly done: () => void }[] = [];
  private writing: Promise<void> | undefined;
  private lost = 0;

  constructor(private readonly options: RecordingWriterOptions) {}

  get connector(): string {
    return this.options.connector;
  }

  /** Resolves when it is on durable storage, or could not be recorded. Never rejects. */
  add(row: Unkept): Promise<void> {
    if (this.pending.length >= (this.options.longestQueue ?? 1000)) {
      this.lost += 1;
      return Promise.resolve();
    }
    return new Promise((done) => {
      this.pending.push({ row, done });
      this.writing ??= this.write();
    });
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    const { connector, logger } = this.options;
    while (this.pending.length > 0) {
      const batch = this.pending.splice(0, largestBatch);
      let cause = 'too many wait';
      try {
        await this.insert(batch.map(({ row }) => row));
      } catch (error) {
        cause = errorCode(error);
        this.lost += batch.length;
      }
      for (const { done } of batch) done();
      if (this.lost > 0) logger.warn({ connector, cause, count: this.lost }, 'what came in was not recorded');
      this.lost = 0;
    }
    this.writing = undefined;
  }

  private async insert(rows: readonly Unkept[]): Promise<void> {
    const { connector, pool, recorder } = this.options;
    // An id of a message that could not be read may be anything; what is listed must hold no personal data.
    const named = rows.map((row) => ({
      ...row,
      as: { connector, sender: forLog(row.sender), messageId: forLog(row.messageId) },
    }));
    await pool.query({
      name: 'recording-unkept',
      text: `insert into connector_recording
               (connector, sender, message_id, received_at, outcome, cause, person_hashes, key_id, sealed)
             select $1, sender, message_id, received_at, outcome, cause, persons::text[], $2, sealed
             from unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::bytea[])
               with ordinality as row (sender, message_id, received_at, outcome, cause, persons, sealed, place)
             order by place`,
      values: [
        connector,
        recorder.keyId,
        named.map(({ as }) => as.sender),
        named.map(({ as }) => as.messageId),
        named.map(({ at }) => at),
        named.map(({ outcome }) => outcome),
        named.map(({ cause }) => cause ?? null),
        named.map(({ persons }) => recorder.persons(persons?.() ?? [])),
        named.map(({ as, raw }) => recorder.seal(as, raw)),
      ],
    });
  }
}
