import type { OutgoingMessage } from '../../src/messaging/transport/transport.js';

/** What came in and is to go on, with the answer the sender gets once it is stored. */
export type Receipt = {
  /** Who sent it, as a URN: `urn:hemgang:connector:<connector>:<sender>`. */
  readonly sender: string;
  /** The sender's own id of it. Never a personal number: a register's connector gives the keyed hash. */
  readonly controlId: string;
  /** Hash of the content without the message time, so that a repeat is known as one. Under `refuse` the store keys it before it is kept. */
  readonly contentHash: string;
  readonly answer: string;
  readonly topic: string;
  readonly message: OutgoingMessage;
  /** The visit that it tells of as a stay, as `visitKey` makes it: kept with the receipt, where the connector asks for it. */
  readonly visit?: Buffer;
  /** The bytes as they came; asked for when they are recorded, in the same commit, where recording is configured. */
  readonly raw?: Buffer | (() => Buffer | undefined);
};
