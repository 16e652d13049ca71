import type { IncomingMessage } from 'node:http';
import { WrongCharacterSet } from '../../src/wire/character-set.js';
import { textOf } from '../../src/wire/text.js';

/** The body of a request; undefined when it is larger than `largest` bytes, and then the request is not read further. */
export async function readRequestBytes(
  request: IncomingMessage,
  largest: number,
): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largest) return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  // Destroying the request would close the connection before the sender hears why.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const mostSwallowed = 16 * 1024 * 1024;
const longestSwallow = 5_000;

/**
 * Reads what a sender still sends and forgets it, so that it hears the answer: a connection that is closed with something unread
 * is reset. Bounded in bytes and time; never rejects.
 */
export function swallow(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    const count = (part: Buffer): void => {
      size += part.length;
      if (size > mostSwallowed) done();
    };
    const done = (): void => {
      clearTimeout(late);
      request.off('data', count);
      resolve();
    };
    const late = setTimeout(done, longestSwallow);
    for (const ending of ['end', 'error', 'close']) request.once(ending, done);
    if (request.readableEnded || request.destroyed) done();
    else request.on('data', count);
  });
}

/** The same as text; undefined also when it is not in the set that it declares. */
export async function readRequestBody(
  request: IncomingMessage,
  largest: number,
): Promise<string | undefined> {
  const bytes = await readRequestBytes(request, largest);
  try {
    return bytes && textOf(bytes, request.headers['content-type']);
  } catch (error) {
    if (error instanceof WrongCharacterSet) return undefined;
    throw error;
  }
}
