import type { Pool, PoolClient } from 'pg';

/** The holder says something at least this often; one that has been silent for longer than the second is taken to be gone. Milliseconds, seconds. */
const sayEveryMs = 2_000;
const silentSeconds = 8;
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

  constructor(
    private readonly pool: Pool,
    /** e.g. `connector-publisher`. */
    private readonly purpose: string,
    private readonly connector: string,
  ) {}

  /** True while this process has it. */
  get held(): boolean {
    return this.client !== undefined;
  }

  /** Takes it when it is free; true when this process has it now. Several may ask at once. @throws the database's error */
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
      const { rows } = await client.query<{ held: boolean }>(
        `select pg_try_advisory_lock(hashtext($1), hashtext($2)) as held`,
        [this.purpose, this.connector],
      );
      if (rows[0]?.held === true) return true;
      await client.query(
        `select end_silent_lock_holder(hashtext($1), hashtext($2), 2::smallint, make_interval(secs => $3))`,
        [this.purpose, this.connector, silentSeconds],
      );
      return false;
    } catch (error) {
      client.removeAllListeners('error');
      client.release(true);
      throw error;
    }
  }
}
