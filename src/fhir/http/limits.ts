import { BlockList, isIP, isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { FhirError } from '../fhir-error.js';
import { refusal } from '../outcome.js';

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
  client(client: string): Promise<void> {
    return take(this.#client, client);
  }

  /** @throws {FhirError} 429 */
  address(address: string): Promise<void> {
    return take(this.#address, networkOf(address));
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
  refusal(what, { headers: { 'Retry-After': '1' } });

/** An address as it is counted: of IPv6 the network of one customer (/64), of whose addresses there are more than can be counted. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const parts = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - parts.length - (tail === '' ? 0 : tail.split(':').length);
  const whole = [...parts, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')];
  return whole.slice(0, 4).join(':');
}

/** Whether an address is one of the proxies, which bring the connections of many. */
export function proxiesAmong(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
