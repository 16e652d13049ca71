import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { proxiesAmong } from './limits.js';

/** The address for which a request counts. Undefined of a peer that is gone: its socket has none any more. */
export type AddressOf = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string | undefined;

/**
 * The one place that tells who asks: the address of the socket, or, where that is a trusted proxy, the last one in `X-Forwarded-For` that is
 * none. What stands before it anybody can have written.
 * @param trustedProxies addresses, or networks as `10.0.0.0/8`
 */
export function clientAddress(trustedProxies: readonly string[]): AddressOf {
  const isProxy = proxiesAmong(trustedProxies);
  return ({ socket, headers }) => {
    let address = (socket as Socket | null)?.remoteAddress;
    if (address === undefined || !isProxy(address)) return address;
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    while (address !== undefined && isProxy(address)) {
      const before = forwarded.pop()?.trim() ?? '';
      if (before === '') return address;
      address = before;
    }
    return address;
  };
}
