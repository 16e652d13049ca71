import { connect, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { heapInUse } from '../../support/heap.js';
import { spoiltMessage } from './melior-messages.js';
import { adt, runMelior, transportOn } from '../common/support.js';

/**
 * The same spoilt messages as in melior-fuzz.test.ts, over sockets and a database: a dozen senders side by side, each with many
 * messages under way at once, in packets cut anywhere. Every frame is answered, what is said to be taken is on durable storage,
 * nothing else is, and no memory is left behind.
 */
const rounds = 90;
const senders = 12;
const messagesEach = 10;
/** Rounds after which the memory is looked at first: by then all code has run. */
const warmUp = 20;
/** For the answers to one burst; the test is not about speed. */
const patience = 120_000;

let test: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
let ends = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  melior = await runMelior(test.url, await transportOn(test.database));
});
afterAll(async () => {
  await melior.end();
  await test.drop();
});

/** A connection over which messages go without waiting for the answers, which come in order. */
class Line {
  private readonly framer = new MllpFramer(10 * 1024 * 1024);
  private answers: string[] = [];
  private ended: ((id: string) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      for (const each of this.framer.push(chunk))
        this.take(each.kind === 'message' ? each.bytes : each.start);
    });
    socket.on('close', () => this.failed?.(new Error('the connection was closed')));
    socket.on('error', () => undefined);
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Line(socket)));
    });
  }

  /** Resolves with the answers to all of this when the sound message after it has been answered. */
  async send(bytes: Buffer, cuts: readonly number[]): Promise<readonly string[]> {
    const id = `END-${(ends += 1)}`;
    const whole = Buffer.concat([bytes, frame(Buffer.from(adt({ controlId: id })))]);
    this.answers = [];
    let late: NodeJS.Timeout | undefined;
    const done = new Promise<void>((resolve, reject) => {
      late = setTimeout(() => {
        const last = this.answers.slice(-2).join(' ');
        reject(new Error(`no answer to ${id}; ${this.answers.length} before it, the last: ${last}`));
      }, patience);
      this.failed = reject;
      this.ended = (end) => end === id && resolve();
    });
    for (let from = 0, cut = 0; from < whole.length; cut += 1) {
      const size = cuts[cut % cuts.length] ?? 1;
      this.socket.write(whole.subarray(from, from + size));
      from += size;
    }
    try {
      await done;
    } finally {
      clearTimeout(late);
    }
    return this.answers;
  }

  close(): void {
    this.failed = undefined;
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    const answer = bytes.toString('latin1');
    this.answers.push(answer);
    const end = /\rMSA\|AA\|(END-\d+)\r/.exec(answer)?.[1];
    if (end !== undefined) this.ended?.(end);
  }
}

/** How many frames the bytes hold: of several starts before an end the last counts, and of several ends before a start. */
function framesIn(bytes: Buffer): number {
  let [frames, inside, ended] = [0, false, false];
  for (const byte of bytes) {
    if (inside && byte === 0x1c) ended = true;
    if (byte !== 0x0b) continue;
    if (ended) frames += 1;
    [inside, ended] = [true, false];
  }
  return frames + (ended ? 1 : 0);
}

/** A whole end of a frame inside a message ends the connection when a packet ends there too; test/connectors/melior/melior-frames.test.ts has it. */
const withoutEnd = (message: Buffer): Buffer =>
  Buffer.from(
    message.toString('latin1').replaceAll('\u001c\r', '\u001c.').replaceAll('\u001c\n', '\u001c.'),
    'latin1',
  );

/** An id may have been spoilt too; an answer repeats its bytes, the store holds its letters. */
const readable = (id: string): string => id.replaceAll(/[^\u0020-\u007e]+/g, '?');

/** The ids that answers say were taken and stored. */
const takenIn = (answers: readonly string[]): readonly string[] =>
  answers.flatMap((answer) =>
    [...answer.matchAll(/\rMSA(.)[AC]A\1([^\r]*)/g)]
      .map(([, field = '|', rest = '']) => rest.split(field))
      .filter((fields) => !fields.some((text) => text.includes('nothing stored')))
      .map(([id = '']) => readable(id)),
  );

const stored = async (): Promise<ReadonlySet<string>> => {
  const { rows } = await test.database.query<{ id: string }>(
    'select distinct control_id as id from connector_receipt',
  );
  return new Set(rows.map(({ id }) => readable(id)));
};

it('INT-1: over many connections at once every frame is answered, what is acknowledged is stored, and nothing else is', async () => {
  const started = performance.now();
  const lines = await Promise.all(Array.from({ length: senders }, () => Line.open(melior.address.port)));
  const acknowledged = new Set<string>();
  let [round, answered, early] = [0, 0, 0];
  const burst = fc.record({
    messages: fc.array(spoiltMessage, { minLength: messagesEach, maxLength: messagesEach }),
    cuts: fc.array(fc.integer({ min: 40, max: 4000 }), { minLength: 1, maxLength: 4 }),
  });
  const each = fc.tuple(...lines.map((line) => burst.map((one) => ({ line, ...one }))));
  await fc.assert(
    fc.asyncProperty(each, async (bursts) => {
      const answers = await Promise.all(
        bursts.map(async ({ line, messages, cuts }) => {
          const bytes = Buffer.concat(messages.map((message) => frame(withoutEnd(message))));
          const got = await line.send(bytes, cuts);
          expect(got).toHaveLength(framesIn(bytes) + 1);
          expect(got.filter((answer) => !/^(?:MSH|BHS|FHS)/.test(answer))).toEqual([]);
          return got;
        }),
      );
      for (const id of takenIn(answers.flat())) acknowledged.add(id);
      answered += answers.flat().length;
      expect(await stored()).toEqual(acknowledged);
      if ((round += 1) === warmUp) early = heapInUse();
    }),
    {
      numRuns: rounds,
      endOnFailure: true,
      // The messages of a round fill many pages; its seed makes them again.
      asyncReporter: async ({ failed, seed, counterexamplePath, errorInstance }) => {
        if (failed) throw new Error(`seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance });
      },
    },
  );
  const grown = heapInUse() - early;
  for (const line of lines) line.close();
  const sent = rounds * senders * messagesEach;
  // The messages must leave something of both.
  expect(acknowledged.size).toBeGreaterThan(sent / 8);
  expect(answered - acknowledged.size).toBeGreaterThan(sent / 8);
  expect(grown).toBeLessThan(25 * 1024 * 1024);
  process.stderr.write(
    `hl7 over sockets: ${sent} spoilt messages, ${answered} answers, ${acknowledged.size} stored, in ${((performance.now() - started) / 1000).toFixed(1)} s, heap ${Math.round(grown / 1024)} KiB more\n`,
  );
}, 600_000);
