import type { IdentityFact, StayFact } from '../../src/messaging/contracts/facts.js';
import type { Sending } from '../../src/messaging/contracts/sending.js';

/** Where each value of a fact came from, in words for whoever mends the mapping file; by the name of the value. */
export type Origins = Readonly<Record<string, string>>;

type Told = { readonly from: Origins; readonly sending: Omit<Sending, 'received'> };

/**
 * A message as the fact it tells. `nothing`: it is sound and tells nothing that is followed here; `reason` is a fixed text.
 * `unknownWard`: what it named as ward and the table does not hold.
 */
export type Translation =
  | ({ readonly kind: 'stay'; readonly fact: StayFact; readonly unknownWard?: string } & Told)
  | ({ readonly kind: 'identity'; readonly fact: IdentityFact } & Told)
  | { readonly kind: 'nothing'; readonly reason: NothingReason };

/** Why a sound message tells no fact. */
export type NothingReason = 'not a hospital stay' | 'no personal identity is replaced';
