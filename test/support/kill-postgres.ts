import { readFile } from 'node:fs/promises';
import type { EmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';

/**
 * SIGKILL to the server and every process of its sessions, as when the machine stops. A session whose server is gone goes on
 * until it is idle and notices: on a busy machine it would still answer.
 */
export async function killPostgres(server: EmbeddedPostgres): Promise<void> {
  const sessions = await childrenOf(server.pid);
  const dead = server.kill();
  for (const pid of sessions) killIfThere(pid);
  await dead;
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
