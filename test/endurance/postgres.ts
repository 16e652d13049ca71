import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/persistence/embedded-postgres.js';

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

  /** SIGKILL to the server and every process of its sessions, as when the machine stops; then a new start. */
  async kill(): Promise<void> {
    await this.#back;
    this.kills += 1;
    this.up = false;
    const sessions = await childrenOf(this.server.pid);
    const dead = this.server.kill();
    for (const pid of sessions) killIfThere(pid);
    await dead;
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

/** The server's own processes (Linux); elsewhere they notice by themselves that the server is gone. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').map(Number).filter(Boolean);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
