import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../wire/make-folder.js';
import type { SealedHead } from './audit-key.js';
import type { HeadKeeper } from './head-keeper.js';
import { lastHeadFileName } from './heads-file.js';
import type { HeadsFile } from './heads-file.js';

/** Bytes of the one record: a head is below 700, so each covers the whole of the one before. */
const recordBytes = 1024;

export type LastHeadFileOptions = {
  readonly onWritten: () => void;
  readonly onError: (error: unknown) => void;
};

/**
 * The last head of this process, written in place beside the file of heads before the group's answers leave, so that a process that is
 * killed leaves it behind: the file of heads gets it up to a second later. Written to the system's page cache, which outlives the
 * process, and not to the disk: some microseconds, and nobody waits for a disk. The file goes when the file of heads has what it says.
 */
export class LastHeadFile implements Pick<HeadKeeper, 'note' | 'flush' | 'close'> {
  readonly #path: string;
  #last: SealedHead | undefined;
  #hasFolder = false;

  constructor(
    private readonly file: HeadsFile,
    private readonly options: LastHeadFileOptions,
  ) {
    this.#path = lastHeadFileName(file.path, randomUUID());
  }

  /** There is a new head. It is written when this returns, or it was told why not. */
  note(head: SealedHead): void {
    this.#last = head;
    try {
      this.#write(head);
      this.options.onWritten();
    } catch (error) {
      this.options.onError(error);
    }
  }

  /** Writes the last head once more. @throws what writing throws */
  flush(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#last) this.#write(this.#last);
      resolve();
    });
  }

  /** To be called after the file of heads got the last of them: then this one is not needed any more. */
  async close(): Promise<void> {
    if (this.#last === undefined || !this.file.hasAppended(this.#last)) return;
    await rm(this.#path, { force: true }).catch(this.options.onError);
  }

  /** Opened again each time, because another process may have put it away (`HeadsFile.takeOver`). */
  #write(head: SealedHead): void {
    if (!this.#hasFolder) makeFolder(path.dirname(this.#path));
    this.#hasFolder = true;
    const record = Buffer.alloc(recordBytes, ' ');
    record.write(JSON.stringify(head));
    record.write('\n', recordBytes - 1);
    const handle = openSync(this.#path, constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      if (writeSync(handle, record, 0, recordBytes, 0) !== recordBytes)
        throw new Error('the last head was not written whole');
    } finally {
      closeSync(handle);
    }
  }
}
