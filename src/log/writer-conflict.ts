import { DatabaseError } from 'pg';
import type { Transaction } from '../persistence/database.js';
import { appendChanges, otherVersion, type Appended } from './write-change.js';

/** Another writer was quicker; the transaction is lost and the work can run again. */
export class WriterConflict extends Error {
  override readonly name = 'WriterConflict';
  /** The exclusive key that another stream holds, where that is the cause. */
  readonly exclusive: string | undefined;

  constructor(exclusive: string | undefined, options?: ErrorOptions) {
    super('Another writer was quicker', options);
    this.exclusive = exclusive;
  }
}

/** The event is there already, or the stream has another version. */
const writtenByAnother: ReadonlySet<string> = new Set(['23505', otherVersion]);

/**
 * Appends one change.
 * @param unmet as in `appendChanges`
 * @throws WriterConflict where another was quicker
 */
export async function appendOrConflict(sql: Transaction, appended: Appended, unmet: boolean): Promise<void> {
  try {
    await appendChanges(sql, [appended], { unmet });
  } catch (error) {
    if (!(error instanceof DatabaseError) || !writtenByAnother.has(error.code ?? '')) throw error;
    const exclusive = error.constraint === 'stream_exclusive_key' ? appended.change.exclusive : undefined;
    throw new WriterConflict(exclusive, { cause: error });
  }
}
