import { createServer, type Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Address } from '../../frame/health.js';
import { listen } from '../../frame/listen.js';
import { errorCode } from '../../frame/log-text.js';
import { frame, MllpFramer, type Frame } from './framer.js';

/** Bounds of one listener. */
export type MllpLimits = {
  readonly largestMessageBytes: number;
  readonly connections: number;
  /** A connection that says nothing for this long is closed. */
  readonly idleMilliseconds: number;
  /** A message must end this long after it began. */
  readonly messageMilliseconds: number;
};

export const defaultLimits: MllpLimits = {
  largestMessageBytes: 1024 * 1024,
  connections: 200,
  idleMilliseconds: 10 * 60 * 1000,
  messageMilliseconds: 60 * 1000,
};

export type MllpServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly limits: MllpLimits;
  readonly logger: Logger;
  /** The answer to a frame; undefined closes the connection without one. Never rejects. */
  readonly answer: (frame: Frame) => Promise<Buffer | undefined>;
};

export type MllpServer = {
  readonly address: Address;
  connections(): number;
  /** Takes no new connection or message, sends the answers under way, closes. */
  stop(): Promise<void>;
};

/**
 * Listens for HL7 v2 messages over MLLP. Each connection has one message at work at a time and is not read while it is: so
 * answers keep their order and a fast sender waits on its own socket, not in this process's memory.
 */
export async function startMllpServer(options: MllpServerOptions): Promise<MllpServer> {
  const open = new Set<Connection>();
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = new Connection(socket, options);
    open.add(connection);
    void connection.done.then(() => open.delete(connection));
  });
  server.maxConnections = options.limits.connections;
  server.on('drop', () => options.logger.warn({ connections: open.size }, 'too many connections'));
  const address = await listen(server, options.host, options.port);
  return {
    address,
    connections: () => open.size,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...open].map((connection) => connection.stop()));
      await closed;
    },
  };
}

class Connection {
  readonly done: Promise<void>;
  private readonly framer: MllpFramer;
  private working: Promise<void> = Promise.resolve();
  private messageTimer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: MllpServerOptions,
  ) {
    this.framer = new MllpFramer(options.limits.largestMessageBytes);
    this.done = new Promise((resolve) => {
      socket.once('close', () => {
        clearTimeout(this.messageTimer);
        resolve();
      });
    });
    socket.setTimeout(options.limits.idleMilliseconds, () => this.end('idle'));
    socket.on('error', (error) => options.logger.info({ error: errorCode(error) }, 'connection lost'));
    socket.on('data', (chunk: Buffer) => this.take(chunk));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.working;
    this.socket.destroySoon();
    await this.done;
  }

  private take(chunk: Buffer): void {
    if (this.stopping) return;
    const frames = this.framer.push(chunk);
    this.watchMessage(frames.length > 0);
    if (frames.length === 0) return;
    this.socket.pause();
    this.working = this.serve(frames);
  }

  private async serve(frames: readonly Frame[]): Promise<void> {
    for (const each of frames) {
      if (this.stopping || this.socket.destroyed) break;
      const answer = await this.options.answer(each);
      if (!answer) {
        this.socket.destroy();
        return;
      }
      await this.write(frame(answer));
    }
    this.socket.resume();
  }

  /** Waits for a sender that does not read its answers, until its idle time is over. */
  private write(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.destroyed) resolve();
      else this.socket.write(bytes, () => resolve());
    });
  }

  private watchMessage(ended: boolean): void {
    if (ended || !this.framer.inside) {
      clearTimeout(this.messageTimer);
      this.messageTimer = undefined;
    }
    if (this.framer.inside)
      this.messageTimer ??= setTimeout(
        () => this.end('half a message'),
        this.options.limits.messageMilliseconds,
      );
  }

  private end(cause: string): void {
    this.options.logger.info(
      { cause, garbage: this.framer.garbage, broken: this.framer.broken },
      'connection closed',
    );
    this.socket.destroy();
  }
}
