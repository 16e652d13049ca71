import * as fc from 'fast-check';
import { splitFrame } from '../../connectors/melior/hl7/batch.js';
import { frame, MllpFramer, type Frame } from '../../connectors/melior/mllp/framer.js';
import { MemoryReceiver } from './memory-receiver.js';
import { adt, segment } from './support.js';

/**
 * Messages as no sender should send them: sound ones with bytes flipped, cut, doubled, glued, their separators changed, and the
 * packets cut anywhere. Bounded: 12 000 cases at the receiver, in memory; hl7.test.ts does some hundreds over sockets and a database.
 */
const events = ['A01', 'A02', 'A03', 'A08', 'A11', 'A13', 'A40', 'Z99'] as const;
let ids = 0;

const sound = fc
  .record({
    event: fc.constantFrom(...events),
    set: fc.constantFrom('UNICODE UTF-8', '8859/1', '8859/15', 'ASCII', '', 'UNICODE UTF-8~8859/1'),
    version: fc.constantFrom('2.3', '2.3.1', '2.4', '2.5', '2.6', '2.7', '2.8'),
    expected: fc.constantFrom('20260115', '""', '', 'soon'),
  })
  .map(({ event, set, version, expected }) => {
    const more = segment('PV2', { 9: expected });
    const pv1 = event === 'A40' ? { pv1: 'MRG|190503879819^^^SKV^NI' } : {};
    return adt({ event, set, version, more, controlId: `Z${(ids += 1)}`, ...pv1 });
  });

type Change = (bytes: Buffer) => Buffer;
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (bytes: Buffer, where: number): number => Math.floor(bytes.length * where);
const changes: readonly fc.Arbitrary<Change>[] = [
  fc.tuple(place, fc.nat(255)).map(([where, byte]): Change => (bytes) => {
    const changed = Buffer.from(bytes);
    changed[at(bytes, where)] = byte;
    return changed;
  }),
  place.map(
    (where): Change =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  fc.tuple(place, fc.nat(7)).map(([where, which]): Change => (bytes) => {
    const lines = bytes.toString('latin1').split('\r');
    lines.splice(Math.floor(lines.length * where), 0, lines[which % lines.length] ?? '');
    return Buffer.from(lines.join('\r'), 'latin1');
  }),
  fc
    .tuple(
      fc.constantFrom('|', '^', '~', '\\', '&', '\r'),
      fc.constantFrom('#', '|', '!', '\n', '\r\n', '', '\\', 'a'),
    )
    .map(
      ([from, to]): Change =>
        (bytes) =>
          Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1'),
    ),
  fc
    .tuple(
      place,
      fc.constantFrom(
        '\\X00\\',
        '\\XFF\\',
        '\\C2842\\',
        '\u00c3\u00a5',
        '""',
        '\u000b',
        '\u001c',
        'BTS|9\r',
        '\rBHS|^~\\&|\r',
        '\rFTS|1\r',
        '\u00ef\u00bb\u00bf',
      ),
    )
    .map(([where, text]): Change => (bytes) => {
      const middle = at(bytes, where);
      return Buffer.concat([bytes.subarray(0, middle), Buffer.from(text, 'latin1'), bytes.subarray(middle)]);
    }),
];

/** Whether what a frame is answered is true of what it left in the store: `right`, or what is wrong with it. */
async function judge(receiver: MemoryReceiver, each: Frame): Promise<string> {
  const before = receiver.receipts.length;
  const reply = await receiver.receiver.answer(each);
  const stored = receiver.receipts.length - before;
  // No message of these says that it wants no answer, unless a spoilt byte made it say so; the store is never out of reach.
  if (reply.kind !== 'answer') return reply.kind === 'silent' ? 'right' : reply.kind;
  const answer = reply.bytes.toString('latin1');
  const codes = [...answer.matchAll(/\rMSA.([AC][AER])(?=[^A-Za-z0-9])[^\r]*/g)];
  const taken = codes.filter(([line, code]) => code?.endsWith('A') && !line.includes('nothing stored'));
  // A frame left with nothing but the head of a batch is an empty one.
  if (codes.length === 0 && !/^[BF]HS/.test(answer)) return `no code in ${answer}`;
  // A message that comes twice in a batch is a repeat of itself: acknowledged, stored once.
  const batch = each.kind === 'message' && splitFrame(each.bytes).kind === 'batch';
  const right = batch ? taken.length >= stored : taken.length === stored;
  return right ? 'right' : `${taken.length} acknowledged and ${stored} stored: ${answer}`;
}

it('INT-1: whatever comes is answered, and the answer is right about what was stored', async () => {
  const spoilt = fc.tuple(sound, fc.array(fc.oneof(...changes), { maxLength: 3 }));
  let answered = 0;
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(spoilt, { minLength: 1, maxLength: 2 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
      async (messages, cuts) => {
        const receiver = new MemoryReceiver();
        const bytes = Buffer.concat(
          messages.map(([text, ways]) =>
            frame(ways.reduce<Buffer>((content, change) => change(content), Buffer.from(text, 'utf8'))),
          ),
        );
        const framer = new MllpFramer(100_000);
        for (let from = 0, cut = 0; from < bytes.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1;
          for (const each of framer.push(bytes.subarray(from, from + size))) {
            expect(await judge(receiver, each)).toBe('right');
            answered += 1;
          }
          from += size;
        }
        stored += receiver.receipts.length;
        // The next message is taken, whatever came before it.
        expect(framer.push(frame(Buffer.from('x')))).toHaveLength(1);
      },
    ),
    // No shrinking: that of a failure in so large an input takes longer than the test may.
    { numRuns: 12_000, endOnFailure: true },
  );
  // The mutations must leave something of both.
  expect(stored).toBeGreaterThan(1_000);
  expect(answered - stored).toBeGreaterThan(1_000);
});
