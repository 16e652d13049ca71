import { isIPv4 } from 'node:net';

/**
 * Stand-ins answer anybody and hold made-up persons, so they listen on this machine alone (design, section 8).
 * @throws Error for any other address.
 */
export function requireLoopback(host: string): void {
  const loopback = host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
  if (!loopback) throw new Error(`A stand-in listens on loopback only, not on ${host}.`);
}
