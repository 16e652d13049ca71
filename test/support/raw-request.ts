import { connect } from 'node:net';

/** An answer as it came over the wire. Names of headers in small letters. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Sends bytes (one for each character) to a port of this machine, and reads all that comes back until the other side ends the connection.
 * @returns the answers, in order; an answer without `Content-Length` has no body
 * @throws Error when nothing comes within five seconds
 */
export async function answersTo(port: number, text: string): Promise<readonly RawAnswer[]> {
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    // So that the other side waits for no further request; half of the connection stays open for what is still to come.
    socket.once('data', () => socket.end());
    socket.on('end', () => socket.end());
    // A connection that is reset after its answer has been answered all the same.
    socket.on('error', () => resolve(Buffer.concat(chunks)));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.setTimeout(5_000, () => {
      socket.destroy();
      reject(new Error(`no end, after ${Buffer.concat(chunks).toString().slice(0, 200)}`));
    });
    socket.write(Buffer.from(text, 'latin1'));
  });
  return answersIn(bytes, text.startsWith('HEAD'));
}

function answersIn(bytes: Buffer, bodyless: boolean): readonly RawAnswer[] {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return [];
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = bytes.subarray(end + 4);
  const length = bodyless ? 0 : Number(headers['content-length'] ?? 0);
  const answer = { status: Number(first.split(' ')[1]), headers, body: rest.subarray(0, length).toString() };
  return [answer, ...answersIn(rest.subarray(length), bodyless)];
}
