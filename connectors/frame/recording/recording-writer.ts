import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { errorCode, forLog } from '../log-text.js';
import type { Recorder } from './recorder.js';

/** A message that became no fact, as far as it could be read. */
export type Untold = { readonly sender: string; readonly messageId: string; readonly raw: Buffer };

/** What is recorded of something that left no receipt. */
type Unkept = Untold & {
  readonly outcome: 'refused' | 'nothing';
  /** Why; plain words, never anything of the content. */
  readonly cause: string;
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
 * Records what became no fact, beside the receipts, in the order it came. Nobody's answer waits for it: what comes while one
 * statement is under way goes together into the next.
 */
export class RecordingWriter {
  private pending: Unkept[] = [];
  private writing: Promise<void> | undefined;
  private lost = 0;

  constructor(private readonly options: RecordingWriterOptions) {}

  add(row: Unkept): void {
    if (this.pending.length >= (this.options.longestQueue ?? 1000)) this.lost += 1;
    else this.pending.push(row);
    this.writing ??= this.write();
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    const { connector, logger } = this.options;
    while (this.pending.length > 0) {
      const rows = this.pending.splice(0, largestBatch);
      let cause = 'too many wait';
      try {
        await this.insert(rows);
      } catch (error) {
        cause = errorCode(error);
        this.lost += rows.length;
      }
      if (this.lost > 0)
        logger.warn({ connector, cause, count: this.lost }, 'messages that became no fact were not recorded');
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
      text: `insert into connector_recording (connector, sender, message_id, received_at, outcome, cause, key_id, sealed)
             select $1, sender, message_id, received_at, outcome, cause, $2, sealed
             from unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::bytea[])
               with ordinality as row (sender, message_id, received_at, outcome, cause, sealed, place) order by place`,
      values: [
        connector,
        recorder.keyId,
        named.map(({ as }) => as.sender),
        named.map(({ as }) => as.messageId),
        named.map(({ at }) => at),
        named.map(({ outcome }) => outcome),
        named.map(({ cause }) => cause),
        named.map(({ as, raw }) => recorder.seal(as, raw)),
      ],
    });
  }
}
