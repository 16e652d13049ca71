import type { Transaction } from '../../persistence/database.js';
import type { CloudEvent } from '../contracts/cloud-event.js';
import type { FactTopicName } from '../contracts/topics.js';

/** A fact as its handler sees it: checked against its schema. */
export type Fact = {
  /** Its place in the inbox. */
  readonly position: number;
  readonly eventId: string;
  readonly topic: FactTopicName;
  readonly event: CloudEvent;
  /** When the hub had it on durable storage; what deadlines count from. */
  readonly receivedAt: string;
};

/**
 * Marks the fact as done, called inside the handler's own transaction, so that effect and mark become true together.
 * `outcome` says in a word what it came to, never personal data; `keepPayload: false` drops the payload at once, where
 * nothing may be kept of the person, and the recording of what came in with it. `keepRecording: true` keeps that: what the fact said is
 * kept elsewhere, where it can be sealed. Where another worker has the fact now the transaction fails, with ClaimLost.
 */
export type Mark = (
  sql: Transaction,
  outcome: string,
  keepPayload: boolean,
  keepRecording?: boolean,
) => Promise<void>;

/** Does what a fact asks for. Resolving without having marked is a fault. */
export type FactHandler = (fact: Fact, mark: Mark) => Promise<void>;

/** The claim ran out and the fact is another worker's: whatever was done in this transaction must not be kept. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
  constructor() {
    super('another worker has this fact now');
  }
}
