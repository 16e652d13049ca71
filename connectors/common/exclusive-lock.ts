import type { Pool, PoolClient } from 'pg';
import { sayEveryMs, takeLock } from '../../src/wire/lock-holder.js';

const answerMs = 5_000;

/**
 * An advisory lock of the database, held by one process at a time for a purpose and a connector. It stands on a connection of its
 * own: when that breaks or the process dies, the server releases it and another takes over; so it is when the process is frozen or the
 * connection is lost without a word, because nothing is said on it.
 */
export class ExclusiveLock {
  private client: PoolClient | undefined;
  private saying: NodeJS.Timeout | undefined;
  private taking: Promise<boolean> | undefined;
  private asking: Promise<void> | undefined;
  private askingNext: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    /** e.g. `connector-publisher`. */
    private readonly purpose: string,
    private readonly connector: string,
  ) {}

  /** True while this process has it, as far as it has heard. */
  get held(): boolean {
    return this.client !== undefined;
  }

  /**
   * Asks the server whether this process has it. A process that was frozen does not know that it lost it: so what is written elsewhere
   * than on this connection is written right after this was answered. Many may ask at once: one question is under way and one waits.
   */
  async stillHeld(): Promise<boolean> {
    const { client } = this;
    if (client) await this.sayForAll();
    return client !== undefined && this.client === client;
  }

  /**
   * Takes it when it is free; true when this process has it now, as far as it has heard. Several may ask at once.
   * @throws the database's error
   */
  take(): Promise<boolean> {
    if (this.client) return Promise.resolve(true);
    this.taking ??= this.tryToTake().finally(() => {
      this.taking = undefined;
    });
    return this.taking;
  }

  private async tryToTake(): Promise<boolean> {
    const client = await this.pool.connect();
    client.once('error', () => this.lost(client));
    if (await this.tryLock(client)) {
      this.client = client;
      this.saying = setInterval(() => void this.say(client), sayEveryMs);
      return true;
    }
    client.removeAllListeners('error');
    client.release();
    return false;
  }

  /** Closing the connection releases it. */
  release(): void {
    if (this.client) this.lost(this.client);
  }

  /** Everybody's question is put after they asked: what was put before may have been answered before this process was frozen. */
  private sayForAll(): Promise<void> {
    if (this.asking === undefined) {
      const said = this.client ? this.say(this.client) : Promise.resolve();
      this.asking = said.finally(() => (this.asking = undefined));
      return this.asking;
    }
    this.askingNext ??= this.asking.then(() => {
      this.askingNext = undefined;
      return this.sayForAll();
    });
    return this.askingNext;
  }

  private async say(client: PoolClient): Promise<void> {
    const word = { text: 'select 1', query_timeout: answerMs };
    await client.query(word).catch(() => this.lost(client));
  }

  private lost(client: PoolClient): void {
    if (this.client !== client) return;
    clearInterval(this.saying);
    this.client = undefined;
    client.removeAllListeners('error');
    // What breaks now concerns nobody.
    client.on('error', () => undefined);
    client.release(true);
  }

  private async tryLock(client: PoolClient): Promise<boolean> {
    try {
      return await takeLock(client, { purpose: this.purpose, name: this.connector });
    } catch (error) {
      client.removeAllListeners('error');
      client.release(true);
      throw error;
    }
  }
}
