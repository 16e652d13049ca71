import { readFile, stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { errorCode } from '../log-text.js';

/**
 * A JSON file that may be replaced while it is in use: looked at before each answer, read when it has changed. A file that
 * cannot be read or checked leaves what was read before in force.
 */
export class DataFile<Data> {
  private constructor(
    private readonly path: string,
    private readonly check: (value: unknown) => Data,
    private readonly logger: Logger,
    private data: Data,
    private seen: string,
  ) {}

  /** @throws when the file is not there, is not JSON, or `check` throws. */
  static async open<Data>(
    path: string,
    check: (value: unknown) => Data,
    logger: Logger,
  ): Promise<DataFile<Data>> {
    const seen = await mark(path);
    return new DataFile(path, check, logger, check(JSON.parse(await readFile(path, 'utf8'))), seen);
  }

  /** What the file says now. */
  async current(): Promise<Data> {
    try {
      const seen = await mark(this.path);
      if (seen !== this.seen) {
        this.data = this.check(JSON.parse(await readFile(this.path, 'utf8')));
        this.seen = seen;
      }
    } catch (error) {
      this.logger.warn(
        { file: this.path, error: errorCode(error) },
        'the file of the stand-in is not usable',
      );
    }
    return this.data;
  }
}

async function mark(path: string): Promise<string> {
  const { mtimeNs, size, ino } = await stat(path, { bigint: true });
  return `${mtimeNs}/${size}/${ino}`;
}
