import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range that systems give to outgoing connections and to who listens on port 0 (from 32768 on Linux). */
const [first, end] = [10_000, 32_000];
const workers = 8;
/** Jest and its workers run side by side: each has a part of its own, so that none is given what another has not begun to listen on. */
const part = Math.floor((end - first) / workers);
const mine = first + part * (Number(process.env['JEST_WORKER_ID'] ?? 0) % workers);
const given = new Set<number>();

/**
 * Ports on 127.0.0.1 that stay free until somebody is told to listen there, and while who listens is dead. A port that the system chose
 * and that is let go again may be anybody's the next moment.
 */
export async function stablePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = mine + Math.floor(Math.random() * part);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** One of them. */
export async function stablePort(): Promise<number> {
  const [port = 0] = await stablePorts(1);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
