import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import * as fc from 'fast-check';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';
import { makeCertificates } from '../../support/certificates.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, codeOf, logged, runMelior, segment, transportOn } from '../common/support.js';

/** What a sender does with the connection and with the bytes of a frame, beside writing whole frames and waiting. */
let test: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
let secure: Awaited<ReturnType<typeof runMelior>>;
const log = logged();
const { path: at, pem, remove } = await makeCertificates();

beforeAll(async () => {
  test = await createTestDatabase();
  const transport = await transportOn(test.database);
  melior = await runMelior(test.url, transport, { logger: log.logger });
  secure = await runMelior(test.url, transport, {
    tls: {
      certificateFile: at('server.pem'),
      keyFile: at('server.key'),
    },
  });
});
afterAll(async () => {
  await melior.end();
  await secure.end();
  await test.drop();
  remove();
});

let ids = 0;
const nextId = (): string => `FR${(ids += 1)}`;
const framed = (controlId: string, more?: string): Buffer =>
  frame(Buffer.from(adt({ controlId, ...(more !== undefined && { more }) })));

async function open(kind: string): Promise<Socket> {
  const socket =
    kind === 'TCP'
      ? connect({ host: '127.0.0.1', port: melior.address.port, noDelay: true })
      : connectTls({
          host: '127.0.0.1',
          port: secure.address.port,
          ca: pem('ca.pem'),
          checkServerIdentity: () => undefined,
          ...(kind === 'TLS 1.2' && { maxVersion: 'TLSv1.2' }),
        });
  await new Promise((resolve) => socket.once(kind === 'TCP' ? 'connect' : 'secureConnect', resolve));
  return socket;
}

/** All that comes back until the other side ends, as the answers it holds. */
async function answersOf(socket: Socket): Promise<readonly string[]> {
  const parts: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => parts.push(chunk));
  socket.on('error', () => undefined);
  await waitFor('the connection to end', () => Promise.resolve(socket.readableEnded || socket.destroyed));
  const framer = new MllpFramer(100_000);
  return [...framer.push(Buffer.concat(parts)), ...framer.settle()].map((each) =>
    (each.kind === 'message' ? each.bytes : each.start).toString('latin1'),
  );
}

const storedIds = async (wanted: readonly string[]): Promise<readonly string[]> =>
  (
    await test.database.query<{ id: string }>(
      'select control_id as id from connector_receipt where control_id = any($1) order by number',
      [wanted],
    )
  ).rows.map(({ id }) => id);

describe.each(['TCP', 'TLS 1.2', 'TLS 1.3'])('over %s', (kind) => {
  it.each([1, 3, 20])(
    'INT-1: a sender that shuts its writing half after the last byte gets one answer for each of %i frames, and the connection ends',
    async (count) => {
      const wanted = Array.from({ length: count }, nextId);
      const socket = await open(kind);
      socket.end(Buffer.concat(wanted.map((id) => framed(id))));
      const answers = await answersOf(socket);
      expect(answers.map((each) => /MSA\|AA\|(\w+)/.exec(each)?.[1])).toEqual(wanted);
      expect(await storedIds(wanted)).toEqual(wanted);
    },
  );
});

it('INT-1: half a message before the end of a connection is not taken, and the connection ends', async () => {
  const [whole, half] = [nextId(), nextId()];
  const socket = await open('TCP');
  socket.end(Buffer.concat([framed(whole), framed(half).subarray(0, 200)]));
  expect((await answersOf(socket)).map(codeOf)).toEqual(['AA']);
  expect(await storedIds([whole, half])).toEqual([whole]);
});

it('a sender that leaves out the last CR is understood, at the end of a connection and while it waits', async () => {
  const [one, two, three] = [nextId(), nextId(), nextId()];
  const bare = (id: string): Buffer => framed(id).subarray(0, -1);
  const socket = await open('TCP');
  const answers = answersOf(socket);
  socket.write(bare(one));
  await waitFor('the first to be stored', async () => (await storedIds([one])).length === 1);
  socket.end(Buffer.concat([bare(two), bare(three)]));
  expect((await answers).map(codeOf)).toEqual(['AA', 'AA', 'AA']);
});

const pv2 = segment('PV2', { 9: '20261205' });
it.each([
  ['FS and CR before a segment', (id: string) => framed(id, `\u001c\r${pv2}`)],
  ['FS before a segment', (id: string) => framed(id, `\u001c${pv2}`)],
  ['FS and LF', (id: string) => framed(id, `\u001c\n${pv2}`)],
  ['FS in a value', (id: string) => framed(id, `NTE|1||a\u001cb\r${pv2}`)],
  ['FS at the end of a value', (id: string) => framed(id, `NTE|1||a\u001c\r${pv2}`)],
  ['two of them', (id: string) => framed(id, `\u001c\u001c\r${pv2}\u001c\rNTE|1`)],
])(
  'INT-1: %s inside a message: refused, nothing stored, and the next message is taken',
  async (_name, bytes) => {
    const [bad, good] = [nextId(), nextId()];
    const socket = await open('TCP');
    socket.end(Buffer.concat([bytes(bad), framed(good)]));
    const answers = await answersOf(socket);
    expect(answers.map(codeOf)).toEqual(['AE', 'AA']);
    expect(answers[0]).toContain(bad);
    expect(await storedIds([bad, good])).toEqual([good]);
  },
);

/** Ends and line ends at the end say nothing. */
function said(text = ''): string {
  const last = text.at(-1);
  return last === '\u001c' || last === '\r' ? said(text.slice(0, -1)) : text;
}

it('INT-1: however its bytes are cut, a message with FS inside is never taken in part', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('MSH|a', '\r', 'PV2|b', '\u001c', '\u001c\r'), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      (pieces, cuts) => {
        const content = pieces.join('');
        const bytes = Buffer.concat([frame(Buffer.from(content)), frame(Buffer.from('next'))]);
        const framer = new MllpFramer(1000);
        const found: string[] = [];
        for (let from = 0, cut = 0; from < bytes.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1;
          for (const each of framer.push(bytes.subarray(from, from + size)))
            found.push(each.kind === 'message' ? each.bytes.toString() : 'oversized');
          from += size;
        }
        for (const each of framer.settle()) found.push(each.kind === 'message' ? each.bytes.toString() : '');
        // A packet that ends where a frame might: the rest comes as an end without a beginning, and the connection ends.
        expect(framer.strayEnds > 0 || said(found[0]) === said(content)).toBe(true);
        expect(found.at(-1)).toBe('next');
      },
    ),
    { numRuns: 3000 },
  );
});

it('INT-1: when the rest of a message comes after its answer, the connection ends and the operator is told', async () => {
  const [bad, next] = [nextId(), nextId()];
  const socket = await open('TCP');
  const answers = answersOf(socket);
  socket.write(framed(bad));
  await waitFor('it to be stored', async () => (await storedIds([bad])).length === 1);
  socket.write(Buffer.concat([Buffer.from(`${pv2}\r\u001c\r`), framed(next)]));
  expect((await answers).map(codeOf)).toEqual(['AA']);
  expect(await storedIds([next])).toEqual([]);
  expect(log.lines.some((line) => line.includes('may have lost its end'))).toBe(true);
  expect((await melior.health()).detail['strayEnds']).toBe(1);
});
