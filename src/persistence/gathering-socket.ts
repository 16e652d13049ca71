import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/**
 * A connection on which what is written in one turn of the event loop goes out in one piece: each piece is a call of the
 * system, and wakes the server. Nothing waits: the turn ends before anything else is looked at.
 */
export class GatheringSocket extends Socket {
  #gathering = false;

  override write(data: Uint8Array | string, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean {
    if (!this.#gathering) {
      this.#gathering = true;
      this.cork();
      process.nextTick(() => {
        this.#gathering = false;
        this.uncork();
      });
    }
    return typeof encodingOrDone === 'string'
      ? super.write(data, encodingOrDone, done)
      : super.write(data, encodingOrDone);
  }
}
