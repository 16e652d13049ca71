/** Bounds of one listener. */
export type MllpLimits = {
  /** Of a frame: a message, or a batch with all its messages. */
  readonly largestMessageBytes: number;
  /** Messages in one batch. */
  readonly batchMessages: number;
  readonly connections: number;
  /** From one address, so that no sender takes the places of all others. */
  readonly connectionsPerAddress: number;
  /** A connection that says nothing for this long is closed. */
  readonly idleMilliseconds: number;
  /** A frame must end this long after it began, and a TLS handshake be done. */
  readonly messageMilliseconds: number;
};

export const defaultLimits: MllpLimits = {
  largestMessageBytes: 1024 * 1024,
  batchMessages: 500,
  connections: 200,
  connectionsPerAddress: 100,
  idleMilliseconds: 10 * 60 * 1000,
  messageMilliseconds: 60 * 1000,
};
