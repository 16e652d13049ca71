import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { errorCode } from '../../frame/log-text.js';
import type { ClientCertificate } from '../client-certificate.js';
import { frame, MllpFramer, type Frame } from './framer.js';
import type { MllpLimits } from './limits.js';

/** What is done about a frame: an answer, nothing, or the connection closes. */
export type Reply =
  { readonly kind: 'answer'; readonly bytes: Buffer } | { readonly kind: 'silent' | 'close' };

export type MllpConnectionOptions = {
  readonly limits: MllpLimits;
  readonly logger: Logger;
  /** What to do about a frame. Never rejects. */
  readonly answer: (frame: Frame, certificate?: ClientCertificate) => Promise<Reply>;
};

/**
 * One connection. It has one message at work at a time and is not read while it is: so answers keep their order and a fast
 * sender waits on its own socket, not in this process's memory.
 */
export class MllpConnection {
  readonly done: Promise<void>;
  private readonly framer: MllpFramer;
  private working: Promise<void> = Promise.resolve();
  private messageTimer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: MllpConnectionOptions,
    /** What the sender showed, checked. */
    private readonly certificate?: ClientCertificate,
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

  /** Sends the answers under way and closes. */
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
      const reply = await this.options.answer(each, this.certificate);
      if (reply.kind === 'close') {
        this.socket.destroy();
        return;
      }
      if (reply.kind === 'answer') await this.write(frame(reply.bytes));
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
