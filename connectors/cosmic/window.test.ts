import * as fc from 'fast-check';
import { advanced, turnedBack, windowStart, type Position } from './window.js';

const minute = 60_000;
const hour = 60 * minute;
const rules = { overlapMilliseconds: 5 * minute, lookBackMilliseconds: 24 * hour };
const now = Date.parse('2026-01-10T12:00:00Z');

it('the first window begins as far back as is configured', () => {
  expect(windowStart({}, rules, now, false)).toBe(now - 24 * hour);
});

it('a later one overlaps what was read before', () => {
  const position = advanced({}, { newest: now - minute, serverTime: now }, now);
  expect(windowStart(position, rules, now, false)).toBe(now - 6 * minute);
  expect(windowStart(position, rules, now, true)).toBe(now - minute - 24 * hour);
});

it('one resource stamped in the future does not move the window beyond the clock of the server', () => {
  expect(advanced({}, { newest: now + 48 * hour, serverTime: now }, now).cursor).toBe(now);
  expect(advanced({}, { newest: now + 48 * hour }, now).cursor).toBe(now);
});

it('the cursor never goes back by what is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: hour }), fc.integer({ min: 0, max: hour }), (before, newest) => {
      const position = { cursor: now - before };
      expect(advanced(position, { newest: now - newest, serverTime: now }, now).cursor).toBe(
        Math.max(now - before, now - newest),
      );
    }),
  );
});

it('a clock that is put back is seen, and the window begins where that clock was at the last pass', () => {
  const position: Position = { cursor: now, at: now };
  const later = now + minute;
  expect(turnedBack(position, rules, later, later)).toBeUndefined();
  expect(turnedBack(position, rules, later - 3 * hour, later)).toEqual({ cursor: now - 3 * hour, at: later });
});
