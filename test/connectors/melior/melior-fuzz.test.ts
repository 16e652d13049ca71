import * as fc from 'fast-check';
import { splitFrame } from '../../../connectors/melior/hl7/batch.js';
import { frame, MllpFramer, type Frame } from '../../../connectors/melior/mllp/framer.js';
import { spoiltMessage } from './melior-messages.js';
import { MemoryReceiver } from '../common/memory-receiver.js';

/**
 * Messages as no sender should send them (melior-messages.ts), the packets cut anywhere. Bounded: 12 000 cases at the receiver, in
 * memory; melior-wire-fuzz.test.ts sends thousands over sockets to one with a database.
 */

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
  let answered = 0;
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(spoiltMessage, { minLength: 1, maxLength: 2 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
      async (messages, cuts) => {
        const receiver = new MemoryReceiver();
        const bytes = Buffer.concat(messages.map(frame));
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
