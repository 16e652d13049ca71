import { describe, expect, it } from '@jest/globals';
import { MllpFramer } from './framer.js';

/** What one connection can send to keep the process busy or fill its memory. */

const largest = 1024 * 1024;
const start = 0x0b;

const timed = (work: () => void): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

describe('bytes that never become a message', () => {
  it.each([
    ['starts', Buffer.alloc(largest, start)],
    [
      'starts and a letter',
      Buffer.from([start, 0x41])
        .toString('latin1')
        .repeat(largest / 2),
    ],
    ['ends', Buffer.alloc(largest, 0x1c)],
    ['letters', Buffer.alloc(largest, 0x41)],
  ])('made of %s take time by their length alone', (_what, bytes) => {
    const framer = new MllpFramer(largest);
    framer.push(Buffer.from([start]));
    const chunk = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    expect(timed(() => framer.push(chunk))).toBeLessThan(4_000);
  });

  it('in a packet each take not many times their length', () => {
    const framer = new MllpFramer(largest);
    framer.push(Buffer.from([start]));
    const before = process.memoryUsage().rss;
    for (let sent = 1; sent < largest; sent += 1) framer.push(Buffer.alloc(1, 0x41));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    const [frame] = framer.push(Buffer.from([0x1c, 0x0d]));
    expect(frame?.kind === 'message' && frame.bytes.equals(Buffer.alloc(largest - 1, 0x41))).toBe(true);
  });
});
