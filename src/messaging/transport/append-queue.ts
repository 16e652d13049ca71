import type { OutgoingMessage } from './transport.js';

type Waiting = {
  readonly messages: readonly OutgoingMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** What one send carries at most, unless one message alone is larger. */
export const mostSendBytes = 1024 * 1024;
const mostMessages = 1000;

/**
 * Groups the appends of one topic: while a send is under way, the next ones gather and go together. One send at a time
 * keeps the order of appends; each caller waits until its messages are durable.
 */
export class AppendQueue {
  readonly #waiting: Waiting[] = [];
  #sending = false;

  constructor(private readonly send: (messages: readonly OutgoingMessage[]) => Promise<void>) {}

  add(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ messages, resolve, reject });
      if (!this.#sending) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        for (const part of inParts(group.flatMap((one) => one.messages))) await this.send(part);
        for (const one of group) one.resolve();
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    this.#sending = false;
  }

  /** Everything that waits, up to about one send; a caller's messages stay together. */
  #takeGroup(): Waiting[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ messages }) => (count += messages.length) >= mostMessages);
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end + 1);
  }
}

function* inParts(messages: readonly OutgoingMessage[]): Generator<readonly OutgoingMessage[]> {
  let part: OutgoingMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value);
    if (part.length > 0 && (part.length >= mostMessages || bytes + size > mostSendBytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(message);
    bytes += size;
  }
  yield part;
}
