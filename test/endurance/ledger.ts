import type { FhirResource } from 'fhir/r4.js';
import type { Player } from '../../src/demo/cast.js';

/** A message as the sender's own books have it. */
export type SentMessage = {
  readonly controlId: string;
  readonly event: 'A01' | 'A02' | 'A03';
  readonly visit: string;
  /** HSA-id of the ward that it names. */
  readonly ward: string;
  readonly at: Date;
  readonly text: string;
  /** How often it went out until it was answered AA. */
  attempts: number;
  /** How often it was sent again after that, each time answered AA. */
  repeats: number;
};

/** A step that a client took, until its final answer. */
export type TakenStep = {
  readonly what: string;
  readonly player: Player;
  /** The event that stands for it in the log; none where the hub is expected to refuse. */
  readonly expected: string | undefined;
  /** X-Request-ID of every attempt. */
  readonly attempts: readonly string[];
  readonly status: number;
  /** Codes of the OperationOutcome, when it was refused. */
  readonly codes: readonly string[];
  readonly answer: FhirResource | undefined;
};

/** Everything that the outside was told was done, in its own words. The store is compared with this. */
export class Ledger {
  readonly messages: SentMessage[] = [];
  readonly steps: TakenStep[] = [];
  /** X-Request-ID of every request that was answered 2xx. */
  readonly answered: string[] = [];
  /** Cases that were played to their end. */
  readonly journeys: { readonly caseId: string; readonly visit: string }[] = [];
  readonly refusedMessages: string[] = [];
}
