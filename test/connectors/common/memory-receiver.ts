import type { Taken } from '../../../connectors/common/receipt-store.js';
import type { Receipt } from '../../../connectors/common/receipt.js';
import { readMapping } from '../../../connectors/melior/mapping.js';
import { Receiver, type Counts } from '../../../connectors/melior/receive.js';
import type { ClientCertificate } from '../../../connectors/melior/client-certificate.js';
import type { CloudEvent } from '../../../src/messaging/contracts/cloud-event.js';
import { mapping as usual, personKeys, silent } from './support.js';

/** Read once: the check of its patterns costs time, and memory that it does not give back. */
const usualMapping = readMapping(usual);

/** Melior without sockets and database: receipts are kept in memory, as the store keeps them. */
export class MemoryReceiver {
  readonly receipts: Receipt[] = [];
  /** Why messages told nothing. */
  readonly nothing: string[] = [];
  /** True: the store cannot be reached. */
  down = false;
  readonly receiver: Receiver;

  constructor(
    mapping?: unknown,
    batchMessages = 50,
    now = new Date('2026-12-31T09:00:00Z'),
    logger = silent,
  ) {
    this.receiver = new Receiver({
      publisher: {
        take: (receipt) => this.take(receipt),
        earlier: () => Promise.resolve(undefined),
        isTold: (visit) => Promise.resolve(this.receipts.some((each) => each.visit?.equals(visit) === true)),
        refused: () => undefined,
        nothing: (reason) => void this.nothing.push(reason),
      },
      mapping: mapping === undefined ? usualMapping : readMapping(mapping),
      personKeys,
      largestMessageBytes: 100_000,
      batchMessages,
      logger,
      clock: () => now,
    });
  }

  get counts(): Counts {
    return this.receiver.counts;
  }

  /** The answer to a frame as text, `silent` or `close`. */
  async ask(message: string | Buffer, certificate?: ClientCertificate): Promise<string> {
    const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
    const reply = await this.receiver.answer({ kind: 'message', bytes }, certificate);
    return reply.kind === 'answer' ? reply.bytes.toString('latin1') : reply.kind;
  }

  /** The data of the facts stored so far. */
  facts(): readonly Record<string, unknown>[] {
    return this.receipts.map(
      ({ message }) => (JSON.parse(message.value) as CloudEvent<Record<string, unknown>>).data,
    );
  }

  private take(receipt: Receipt): Promise<Taken> {
    if (this.down) return Promise.reject(new Error('down'));
    const { sender, controlId, contentHash } = receipt;
    const known = this.receipts.find((each) => each.sender === sender && each.controlId === controlId);
    if (known === undefined) this.receipts.push(receipt);
    if (known === undefined) return Promise.resolve({ kind: 'stored' });
    return Promise.resolve(
      known.contentHash === contentHash ? { kind: 'repeat', answer: known.answer } : { kind: 'conflict' },
    );
  }
}
