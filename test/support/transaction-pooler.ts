import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Client } from 'pg';

/** Which of the free sessions the next transaction gets. */
export type Order = 'last-in-first-out' | 'first-in-first-out';

/**
 * A pooler before a real server that gives each transaction any free session, as PgBouncer does with `pool_mode=transaction`. It takes
 * statements of the simple protocol.
 */
export async function startTransactionPooler(
  url: string,
  order: Order,
): Promise<{ url: string; close(): Promise<void> }> {
  const sessions = [new Client(url), new Client(url), new Client(url)];
  for (const session of sessions) await session.connect();
  const free = [...sessions];
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    let begun = false;
    let held: Client | undefined;
    let work = Promise.resolve();
    const answer = async (statement: string): Promise<void> => {
      held ??= order === 'last-in-first-out' ? free.pop() : free.shift();
      if (held === undefined) throw new Error('no session is free');
      const { rows, fields, command } = await held.query<unknown[]>({ text: statement, rowMode: 'array' });
      const inTransaction = /^begin/i.test(statement) || (begun && !/^commit/i.test(statement));
      begun = inTransaction;
      if (!inTransaction) {
        free.push(held);
        held = undefined;
      }
      socket.write(
        Buffer.concat([
          ...(fields.length > 0 ? [rowDescription(fields.map(({ name }) => name))] : []),
          ...rows.map((row) => dataRow(row.map(String))),
          message('C', text(command)),
          ready(inTransaction),
        ]),
      );
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let first = !socket.bytesWritten; received.length >= 5; first = false) {
        const offset = first ? 0 : 1;
        const length = received.readInt32BE(offset) + offset;
        if (received.length < length) return;
        const type = first ? 'startup' : String.fromCharCode(received[0] ?? 0);
        const body = received.subarray(offset + 4, length - 1).toString();
        received = received.subarray(length);
        if (type === 'startup') socket.write(Buffer.concat([message('R', int32(0)), ready(false)]));
        else if (type === 'Q') work = work.then(() => answer(body));
        else socket.end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(url);
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    async close() {
      server.close();
      await once(server, 'close');
      await Promise.all(sessions.map((session) => session.end()));
    },
  };
}

// The messages of the protocol that it answers with: https://www.postgresql.org/docs/18/protocol-message-formats.html
const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
};
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const message = (type: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
const ready = (inTransaction: boolean): Buffer => message('Z', Buffer.from(inTransaction ? 'T' : 'I'));
const oidOfText = 25;
const rowDescription = (names: readonly string[]): Buffer =>
  message(
    'T',
    Buffer.concat([
      int16(names.length),
      ...names.map((name) =>
        Buffer.concat([text(name), int32(0), int16(0), int32(oidOfText), int16(65_535), int32(-1), int16(0)]),
      ),
    ]),
  );
const dataRow = (values: readonly string[]): Buffer =>
  message(
    'D',
    Buffer.concat([
      int16(values.length),
      ...values.map((value) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)])),
    ]),
  );
