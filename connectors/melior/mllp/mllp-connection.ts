import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { errorCode } from '../../common/log-text.js';
import type { ClientCertificate } from '../client-certificate.js';
import { frame, MllpFramer, type Frame } from './framer.js';
import type { MllpLimits } from './limits.js';

/** What is done about a frame: an answer, nothing, or the connection closes. */
export type Reply =
  { readonly kind: 'answer'; readonly bytes: Buffer } | { readonly kind: 'silent' | 'close' };

export type MllpConnectionOptions = {
  readonly limits: MllpLimits;
  readonly logger: Logger;
  /**
   * What to do about a frame. Never rejects.
   * @param pressing the frame came as soon as the one before it was answered: its sender has more than it has news
   */
  readonly answer: (frame: Frame, pressing: boolean, certificate?: ClientCertificate) => Promise<Reply>;
  /** An end came that nothing began: the message before it, answered already, may have lost its rest. */
  readonly onStrayEnd?: () => void;
};

/** After an FS without its CR, or with more behind it, this long for the rest: a sender that leaves out the CR waits for its answer. */
const settleMilliseconds = 1_000;

/** A sender that sends its next message so soon after an answer had it before. */
const pressingMilliseconds = 2;

/**
 * One connection. It has one message at work at a time and is not read while it is: so answers keep their order and a fast
 * sender waits on its own socket, not in this process's memory. A sender that shuts its writing half gets its answers all the same.
 */
export class MllpConnection {
  readonly done: Promise<void>;
  private readonly framer: MllpFramer;
  private working: Promise<void> = Promise.resolve();
  private messageTimer: NodeJS.Timeout | undefined;
  private settleTimer: NodeJS.Timeout | undefined;
  private stopping = false;
  private answeredAt = -Infinity;

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
        clearTimeout(this.settleTimer);
        resolve();
      });
    });
    socket.setTimeout(options.limits.idleMilliseconds, () => this.end('idle'));
    socket.on('error', (error) => options.logger.info({ error: errorCode(error) }, 'connection lost'));
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('end', () => void this.finish());
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
    clearTimeout(this.settleTimer);
    const frames = this.framer.push(chunk);
    if (this.framer.strayEnds > 0) {
      this.options.onStrayEnd?.();
      this.options.logger.error('a frame ends that never began: the message before it may have lost its end');
      this.end('an end without a beginning');
      return;
    }
    this.watchMessage(frames.length > 0);
    if (frames.length === 0) this.watchHeld();
    else this.begin(frames);
  }

  private begin(frames: readonly Frame[]): void {
    this.socket.pause();
    this.working = this.working.then(() => this.serve(frames));
  }

  private async serve(frames: readonly Frame[]): Promise<void> {
    for (const each of frames) {
      if (this.stopping || this.socket.destroyed) break;
      const pressing = performance.now() - this.answeredAt < pressingMilliseconds;
      const reply = await this.options.answer(each, pressing, this.certificate);
      if (reply.kind === 'close') {
        this.socket.destroy();
        return;
      }
      if (reply.kind === 'answer') await this.write(frame(reply.bytes));
      this.answeredAt = performance.now();
    }
    this.socket.resume();
    this.watchHeld();
  }

  /** Gives out a frame whose end may have been one, once nothing more came for a while. */
  private watchHeld(): void {
    clearTimeout(this.settleTimer);
    if (!this.framer.held) return;
    this.settleTimer = setTimeout(() => {
      const { bytesRead } = this.socket;
      // What waits on the socket is read before this: a busy process must not take it for silence.
      setImmediate(() => {
        if (this.stopping || this.socket.destroyed || this.socket.bytesRead !== bytesRead) return;
        this.settle();
      });
    }, settleMilliseconds);
  }

  private settle(): void {
    const frames = this.framer.settle();
    if (frames.length === 0) return;
    this.watchMessage(true);
    this.begin(frames);
  }

  /** The sender has no more to say, and may be waiting for its answers. */
  private async finish(): Promise<void> {
    this.settle();
    await this.working;
    if (this.framer.inside) this.end('half a message');
    else this.socket.end();
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
