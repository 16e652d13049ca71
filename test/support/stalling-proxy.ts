import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** A way to a server on loopback that can be made to carry nothing, as a stalled server or a network that drops packets. */
export type StallingProxy = {
  readonly port: number;
  /** Connections stay open and new ones are taken, and nothing passes. */
  stall(): void;
  /** What waited passes. */
  resume(): void;
  close(): Promise<void>;
};

export async function startStallingProxy(target: number): Promise<StallingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let stalled = false;
  const server = createServer((client) => {
    const onward = connect(target, '127.0.0.1');
    const pair = [client, onward] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [onward, client] as const]) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      if (stalled) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const each = (act: (socket: Socket) => void): void => {
    for (const pair of pairs) pair.forEach(act);
  };
  return {
    port: (server.address() as AddressInfo).port,
    stall() {
      stalled = true;
      each((socket) => socket.pause());
    },
    resume() {
      stalled = false;
      each((socket) => socket.resume());
    },
    async close() {
      each((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
