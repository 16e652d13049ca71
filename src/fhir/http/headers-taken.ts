import type { FastifyRequest } from 'fastify';
import { fault } from '../outcome.js';
import { preferencesOf } from './preferences.js';
import { hasNoVersion, isReading } from './routes.js';

/** Headers that say something of which the hub does nothing: a client that sends one must not believe that it was obeyed. */
const notTaken = {
  'if-none-exist': 'If-None-Exist',
  'x-provenance': 'X-Provenance',
  'x-http-method': 'X-HTTP-Method',
  'x-http-method-override': 'X-HTTP-Method-Override',
  'x-method-override': 'X-Method-Override',
} as const;

/** Conditions on a version. Where there is none, one that is passed over would leave the client believing that it held. */
const ofVersions = {
  'if-match': 'If-Match',
  'if-none-match': 'If-None-Match',
  'if-unmodified-since': 'If-Unmodified-Since',
} as const;

const refusedEverywhere = Object.entries(notTaken);
const refusedWithoutVersions = Object.entries({ ...notTaken, ...ofVersions });

/** Where two stand, Node keeps one of them, and another part of the way may keep the other. */
const single: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'idempotency-key',
  'if-modified-since',
  'if-unmodified-since',
]);

/**
 * Refuses what the head of a request says and the hub would have to ignore: a coding of the body, conditions that are not
 * served, a header twice of which one counts, preferences that are not obeyed, a body where none is read.
 * @throws {FhirError} 400; 415 for a `Content-Encoding`
 */
export function requireHeadersTaken(
  request: Pick<FastifyRequest, 'headers' | 'method' | 'raw' | 'routeOptions'>,
): void {
  const { headers, method, raw } = request;
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw fault('unsupported-encoding', { headers: { 'Accept-Encoding': 'identity' } });
  for (const [name, header] of hasNoVersion(request) ? refusedWithoutVersions : refusedEverywhere)
    if (headers[name] !== undefined) throw fault('header-not-taken', { values: { header } });
  refuseTwice(raw.rawHeaders, raw.headers);
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if ((method === 'GET' || method === 'HEAD') && hasBody) throw fault('body-not-taken');
  preferencesOf(headers, isReading(request));
}

/** @param sent names and values in turn @param read the same as Node gives them, each name once */
function refuseTwice(sent: readonly string[], read: Readonly<Record<string, unknown>>): void {
  if (sent.length === Object.keys(read).length * 2) return;
  const seen = new Set<string>();
  for (let at = 0; at < sent.length; at += 2) {
    const name = sent[at]?.toLowerCase() ?? '';
    if (!single.has(name)) continue;
    if (seen.has(name)) throw fault('bad-header', { values: { header: sent[at] ?? name } });
    seen.add(name);
  }
}
