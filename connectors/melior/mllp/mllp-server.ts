import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Address } from '../../common/health.js';
import { listen } from '../../common/listen.js';
import { errorCode } from '../../common/log-text.js';
import { MllpConnection, type MllpConnectionOptions } from './mllp-connection.js';
import { clientCertificateOf, createTlsServer, type MllpTls } from './mllp-tls.js';

export type MllpServerOptions = MllpConnectionOptions & {
  readonly host: string;
  readonly port: number;
  /** Absent: plain TCP. */
  readonly tls?: MllpTls;
};

export type MllpServer = {
  readonly address: Address;
  connections(): number;
  /** Takes no new connection or message, sends the answers under way, closes. */
  stop(): Promise<void>;
};

/**
 * Listens for HL7 v2 messages over MLLP, over TLS where it is configured. Connections know nothing of each other.
 * @throws the socket's error when the address is taken, or what is wrong with a certificate.
 */
export async function startMllpServer(options: MllpServerOptions): Promise<MllpServer> {
  const { logger, tls, limits } = options;
  const sockets = new Set<Socket>();
  const open = new Set<MllpConnection>();
  const accept = (socket: Socket): void => {
    const shown = socket instanceof TLSSocket ? clientCertificateOf(socket) : undefined;
    if (shown?.kind === 'unverified') {
      logger.warn({ cause: shown.cause }, 'a client certificate that nobody vouches for');
      socket.destroy();
      return;
    }
    const connection = new MllpConnection(socket, options, shown?.certificate);
    open.add(connection);
    void connection.done.then(() => open.delete(connection));
  };
  const { server, endWatch } = tls
    ? await createTlsServer(tls, limits.messageMilliseconds, logger, accept)
    : plainServer(accept);
  server.maxConnections = limits.connections;
  server.on('drop', () => logger.warn({ connections: sockets.size }, 'too many connections'));
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Until a handshake is done nobody else listens for what goes wrong on it.
    socket.on('error', (error) => logger.debug({ error: errorCode(error) }, 'socket lost'));
    const ofSender = [...sockets].filter(({ remoteAddress }) => remoteAddress === from).length;
    if (ofSender <= limits.connectionsPerAddress) return;
    logger.warn({ from, connections: ofSender - 1 }, 'too many connections from one address');
    socket.destroy();
  });
  const address = await listen(server, options.host, options.port);
  return {
    address,
    connections: () => sockets.size,
    async stop() {
      endWatch();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...open].map((connection) => connection.stop()));
      // Those that never came to a connection, half-way through a handshake.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function plainServer(accept: (socket: Socket) => void): {
  readonly server: Server;
  readonly endWatch: () => void;
} {
  return {
    server: createPlainServer({ noDelay: true, allowHalfOpen: true }, accept),
    endWatch: () => undefined,
  };
}
