import { setTimeout as wait } from 'node:timers/promises';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/persistence/embedded/embedded-postgres.js';
import { killPostgres } from '../support/kill-postgres.js';

/** A durable PostgreSQL (fsync on) that is killed and comes back at the same address. */
export class MortalPostgres {
  kills = 0;
  up = true;
  #back: Promise<void> = Promise.resolve();

  private constructor(
    private readonly directory: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(directory: string, port: number): Promise<MortalPostgres> {
    return new MortalPostgres(directory, await startEmbeddedPostgres({ directory, port }));
  }

  get url(): string {
    return this.server.url;
  }

  /** As when the machine stops; then a new start. */
  async kill(): Promise<void> {
    await this.#back;
    this.kills += 1;
    this.up = false;
    await killPostgres(this.server);
    this.#back = this.#restart();
  }

  /** Resolves when it is back after the last kill. */
  back(): Promise<void> {
    return this.#back;
  }

  async stop(): Promise<void> {
    await this.#back;
    await this.server.stop();
  }

  async #restart(): Promise<void> {
    const { directory } = this;
    const { port } = this.server;
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.server = await startEmbeddedPostgres({ directory, port });
        this.up = true;
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await wait(200);
      }
    }
  }
}
