import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Random } from './random.js';

/**
 * Ports on 127.0.0.1 that stay free while who listens there is dead: from below the range that systems give to outgoing
 * connections (from 32768 on Linux), so that none of those takes them meanwhile.
 */
export async function stablePorts(count: number, random: Random): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = random.between(15_000, 32_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
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
