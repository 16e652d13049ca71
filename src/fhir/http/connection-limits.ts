import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, proxiesAmong, tooMany } from './limits.js';
import type { FacadeLimits } from './limits.js';
import type { UnreadRequests } from './unread-request.js';

/**
 * Keeps connections within their limits: one too many is told so (429) and ended before anything of it is read. Proxies that are trusted
 * count to all connections alone.
 */
export function limitConnections(
  server: Server,
  limits: Pick<FacadeLimits, 'connections' | 'connectionsPerAddress' | 'trustedProxies'>,
  unread: Pick<UnreadRequests, 'end'>,
): void {
  const isProxy = proxiesAmong(limits.trustedProxies);
  const open = new Map<string, number>();
  let all = 0;
  server.prependListener('connection', (socket: Socket) => {
    const remote = socket.remoteAddress ?? '';
    const address = networkOf(remote);
    const count = (open.get(address) ?? 0) + 1;
    all += 1;
    open.set(address, count);
    socket.once('close', () => {
      all -= 1;
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (all <= limits.connections && (count <= limits.connectionsPerAddress || isProxy(remote))) return;
    unread.end(socket, tooMany('too-many-connections'));
    socket.destroySoon();
  });
}
