import type { IncomingMessage } from 'node:http';

/** The body of a request; undefined when it is larger than `largest` bytes, and then the request is not read further. */
export async function readRequestBytes(
  request: IncomingMessage,
  largest: number,
): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largest) return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The same as text. */
export async function readRequestBody(
  request: IncomingMessage,
  largest: number,
): Promise<string | undefined> {
  return (await readRequestBytes(request, largest))?.toString('utf8');
}
