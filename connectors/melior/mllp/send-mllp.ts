import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { frame, MllpFramer } from './framer.js';

/** The answer did not come, or was not one. Never quotes the message. */
class MllpFailure extends Error {
  override readonly name = 'MllpFailure';
}

/** A connection to an MLLP listener that sends one message at a time. */
export class MllpClient {
  private readonly framer = new MllpFramer(1024 * 1024);
  private answered: ((answer: Buffer) => void) | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly timeoutMilliseconds: number,
  ) {
    socket.on('data', (chunk: Buffer) => {
      for (const each of this.framer.push(chunk)) if (each.kind === 'message') this.answered?.(each.bytes);
    });
    // A connection lost between two messages is told by the next `send`; without a listener it would end the process.
    socket.on('error', () => socket.destroy());
  }

  /**
   * @param tls absent: plain TCP
   * @throws the socket's error when nobody listens, or no TLS connection comes about.
   */
  static open(
    host: string,
    port: number,
    timeoutMilliseconds = 10_000,
    tls?: ConnectionOptions,
  ): Promise<MllpClient> {
    return new Promise((resolve, reject) => {
      const socket = tls ? connectTls({ ...tls, host, port }) : connect({ host, port, noDelay: true });
      socket.once('error', reject);
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        socket.removeListener('error', reject);
        resolve(new MllpClient(socket, timeoutMilliseconds));
      });
    });
  }

  /**
   * Sends a message as bytes and resolves with the answer's.
   * @param write how the framed bytes are brought on their way; at once unless a stand-in is to do it badly
   * @throws MllpFailure
   */
  send(
    message: Buffer,
    write: (socket: Socket, bytes: Buffer) => void = (socket, bytes) => void socket.write(bytes),
  ): Promise<Buffer> {
    if (this.socket.destroyed) return Promise.reject(new MllpFailure('the connection was lost'));
    return new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        clearTimeout(timer);
        this.answered = undefined;
        this.socket.removeListener('close', closed);
        this.socket.removeListener('error', failed);
        act();
      };
      const closed = (): void => finish(() => reject(new MllpFailure('closed without an answer')));
      const failed = (): void => finish(() => reject(new MllpFailure('the connection was lost')));
      const timer = setTimeout(
        () => finish(() => reject(new MllpFailure('no answer in time'))),
        this.timeoutMilliseconds,
      );
      this.socket.once('close', closed);
      this.socket.once('error', failed);
      this.answered = (answer) => finish(() => resolve(answer));
      write(this.socket, frame(message));
    });
  }

  close(): void {
    this.socket.end();
  }
}

/**
 * Sends one HL7 v2 message over MLLP and resolves with the answer, both as text in UTF-8; the message should say so in MSH-18.
 * @param tls absent: plain TCP
 * @throws MllpFailure, or the socket's error when nobody listens.
 */
export async function sendMllp(
  host: string,
  port: number,
  message: string,
  tls?: ConnectionOptions,
): Promise<string> {
  const client = await MllpClient.open(host, port, 10_000, tls);
  try {
    return (await client.send(Buffer.from(message, 'utf8'))).toString('utf8');
  } finally {
    client.close();
  }
}
