import type { IncomingMessage } from 'node:http';

/** The body of a request as text; undefined when it is larger than `largest` bytes. */
export async function readRequestBody(
  request: IncomingMessage,
  largest: number,
): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
