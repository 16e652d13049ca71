import type { Pool, PoolClient } from 'pg';

/**
 * An advisory lock of the database, held by one process at a time for a purpose and a connector. It stands on a connection of its
 * own: when that breaks or the process dies, the server releases it and another takes over.
 */
export class ExclusiveLock {
  private client: PoolClient | undefined;

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

  /** Takes it when it is free; true when this process has it now. @throws the database's error */
  async take(): Promise<boolean> {
    if (this.client) return true;
    const client = await this.pool.connect();
    client.once('error', () => {
      if (this.client === client) this.client = undefined;
      client.release(true);
    });
    if (await this.tryLock(client)) {
      this.client = client;
      return true;
    }
    client.removeAllListeners('error');
    client.release();
    return false;
  }

  /** Closing the connection releases it. */
  release(): void {
    this.client?.removeAllListeners('error');
    this.client?.release(true);
    this.client = undefined;
  }

  private async tryLock(client: PoolClient): Promise<boolean> {
    try {
      const { rows } = await client.query<{ held: boolean }>(
        `select pg_try_advisory_lock(hashtext($1), hashtext($2)) as held`,
        [this.purpose, this.connector],
      );
      return rows[0]?.held === true;
    } catch (error) {
      client.removeAllListeners('error');
      client.release(true);
      throw error;
    }
  }
}
