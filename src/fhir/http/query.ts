import type { FastifyRequest } from 'fastify';
import { fault } from '../outcome.js';

const read = new WeakMap<object, URLSearchParams>();

/**
 * The query of a request, in the order and number it was sent.
 * @throws {FhirError} 400 where it holds what is no URL, or escapes that are no UTF-8
 */
export function queryOf(request: Pick<FastifyRequest, 'url'>): URLSearchParams {
  const known = read.get(request);
  if (known !== undefined) return known;
  const start = request.url.indexOf('?');
  if (start < 0) return new URLSearchParams();
  const text = request.url.slice(start + 1);
  // A byte above ASCII says nothing of its character set; read as one of them it would find nothing, silently.
  if (/[^\x21-\x7e]/.test(text) || !isUtf8(text)) throw fault('bad-url');
  const query = new URLSearchParams(text);
  read.set(request, query);
  return query;
}

/** Whether every escape of a query or form can be decoded, to characters of UTF-8. */
export function isUtf8(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/**
 * The cursor of a search's or history's further page, which holds everything else of what was asked.
 * @returns undefined where the query has none
 * @throws {FhirError} 400 where it stands twice, or beside what it would have to ignore
 */
export function cursorOf(query: URLSearchParams): string | undefined {
  const [cursor, ...more] = query.getAll('page');
  if (cursor === undefined) return undefined;
  const alone = [...query.keys()].every((name) => name === 'page' || formParameters.has(name));
  if (more.length > 0 || !alone) throw fault('bad-cursor');
  return cursor;
}

/** The address of a page: its cursor, and how the client wants answers written, which no cursor holds. */
export function pageAddress(address: string, cursor: string, parameters: URLSearchParams): string {
  const form = [...parameters].filter(([name, value]) => formParameters.has(name) && value !== '');
  return `${address}?${new URLSearchParams([['page', cursor], ...form]).toString()}`;
}

/** Parameters of every address: they say how the answer is written, not what is in it. */
export const formParameters: ReadonlySet<string> = new Set(['_format', '_pretty']);
