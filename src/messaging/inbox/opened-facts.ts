import type { CloudEvent } from '../contracts/cloud-event.js';
import { openFact, type SealedEvent } from '../contracts/sealed-event.js';

type Kept = {
  readonly sealed: SealedEvent;
  readonly key: Buffer;
  readonly data: unknown;
  readonly until: number;
};

const mostKept = 1_000;
/** Longer ones are opened again: what is kept is bounded in bytes too. */
const longest = 16 * 1024;
const keptMs = 5_000;

/**
 * What this process opened as it took a fact in, for the worker that claims it a moment later: opening is the dearest part of a claim.
 * Only who brings the key is given it, once, so what nobody may open any more stays closed (decision 44); after seconds it is forgotten.
 */
export class OpenedFacts {
  readonly #kept = new Map<string, Kept>();
  #willForget = false;

  /** @param data of the event that `sealed` opens to, by `key` */
  keep(sealed: SealedEvent, key: Buffer, data: unknown): void {
    if (sealed.data_base64.length > longest || this.#kept.size >= mostKept) return;
    this.#kept.set(sealed.sealkey, { sealed, key, data, until: performance.now() + keptMs });
    if (!this.#willForget) this.#forgetLater();
  }

  /** The event, opened now unless it was a moment ago. @throws SealBroken */
  open(sealed: SealedEvent, key: Buffer): CloudEvent {
    const kept = this.#kept.get(sealed.sealkey);
    this.#kept.delete(sealed.sealkey);
    if (kept === undefined || !kept.key.equals(key) || !same(kept.sealed, sealed))
      return openFact(sealed, key);
    const { sealkey: _key, sealrecovery: _wrapped, data_base64: _sealed, ...envelope } = sealed;
    return { ...envelope, datacontenttype: 'application/json', data: kept.data };
  }

  #forgetLater(): void {
    this.#willForget = true;
    setTimeout(() => this.#forget(), keptMs).unref();
  }

  #forget(): void {
    const now = performance.now();
    for (const [id, { until }] of this.#kept) if (until <= now) this.#kept.delete(id);
    this.#willForget = false;
    if (this.#kept.size > 0) this.#forgetLater();
  }
}

/** Everything that the seal is bound to, and what is sealed. */
function same(one: SealedEvent, other: SealedEvent): boolean {
  return (
    one.data_base64 === other.data_base64 &&
    one.id === other.id &&
    one.source === other.source &&
    one.type === other.type &&
    one.time === other.time
  );
}
