import type { Server } from 'node:net';
import type { Address } from './health.js';

/** Starts listening; rejects when the address is taken. Port 0 chooses a free one. */
export function listen(server: Server, host: string, port: number): Promise<Address> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.removeListener('error', reject);
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error('not a TCP address'));
      else resolve({ host, port: bound.port });
    });
  });
}
