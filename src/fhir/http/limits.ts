import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientKey } from '../../access/access-context.js';
import type { AccessContext } from '../../access/access-context.js';
import type { FhirError } from '../fhir-error.js';
import { fault } from '../outcome.js';

/** What one client or address may take, so that none takes the places of all others. Counted in each process by itself. */
export type FacadeLimits = {
  /** Requests a second of one client of a token, and from one address, whoever asks from there. */
  readonly requestsPerClient: number;
  readonly requestsPerAddress: number;
  /** Connections at the same time, and those of them from one address. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** How long the head of a request may take, the whole of it, and how long a connection may be silent; in milliseconds. */
  readonly headerMilliseconds: number;
  readonly requestMilliseconds: number;
  readonly idleMilliseconds: number;
  /** Proxies (addresses, or networks as `10.0.0.0/8`) of which `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
};

/** Counts requests by client and by address. @see https://www.rfc-editor.org/rfc/rfc6585#section-4 */
export class RequestLimits {
  readonly #client: RateLimiterMemory;
  readonly #address: RateLimiterMemory;

  constructor({ requestsPerClient, requestsPerAddress }: FacadeLimits) {
    this.#client = new RateLimiterMemory({ points: requestsPerClient, duration: 1 });
    this.#address = new RateLimiterMemory({ points: requestsPerAddress, duration: 1 });
  }

  /** @throws {FhirError} 429 */
  client(context: Pick<AccessContext, 'issuer' | 'client'>): Promise<void> {
    return take(this.#client, clientKey(context));
  }

  /**
   * @param address undefined of a peer that is gone: its socket has none any more. Such requests count as from one address
   * @throws {FhirError} 429
   */
  address(address: string | undefined): Promise<void> {
    return take(this.#address, networkOf(address ?? ''));
  }

  /**
   * The same of a request that has been counted already.
   * @throws {FhirError} 429
   */
  async counted(address: string | undefined): Promise<void> {
    const taken = await this.#address.get(networkOf(address ?? ''));
    if (taken !== null && taken.consumedPoints > this.#address.points) throw tooMany('too-many-requests');
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw tooMany('too-many-requests');
    throw error;
  }
}

/** 429: the window is a second, so the next one is free of what came before. */
export const tooMany = (what: 'too-many-requests' | 'too-many-connections'): FhirError =>
  fault(what, { headers: { 'Retry-After': '1' } });

/**
 * An address as it is counted: of IPv6 the network of one customer (/64), of whose addresses there are more than can be counted.
 * @param text an address, as proxies forward it too: with a port, in any spelling. All that is none counts as one
 */
export function networkOf(text: string): string {
  const [, bracketed, beforePort] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  const [address = ''] = (bracketed ?? beforePort ?? text).split('%');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return 'no address';
  const groups = groupsOf(address);
  const mapped = /^0 0 0 0 0 ffff (\w+) (\w+)$/.exec(groups.join(' '));
  if (mapped === null) return groups.slice(0, 4).join(':');
  const bytes = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return bytes.flatMap((two) => [two >> 8, two & 255]).join('.');
}

/** The eight groups of an address of IPv6, in the one spelling of URLs. @see https://url.spec.whatwg.org/#concept-ipv6-serializer */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = groupsIn(head);
  const after = groupsIn(tail);
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
}

const groupsIn = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));

/** Whether an address is one of the proxies, which bring the connections of many. */
export function proxiesAmong(proxies: readonly string[]): (address: string) => boolean {
  if (proxies.length === 0) return () => false;
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
