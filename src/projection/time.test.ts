import { Temporal } from '@js-temporal/polyfill';
import { endOfDay, inWords } from './time.js';

const zone = 'Europe/Stockholm';

describe('calendar days in Sweden', () => {
  it('end where Temporal says, every day of ten years, the days the clocks change among them', () => {
    const wrong: string[] = [];
    let day = Temporal.PlainDate.from('2024-01-01');
    for (let count = 0; count < 3653; count++) {
      const next = day.add({ days: 1 });
      const last = next.toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 });
      if (endOfDay(day.toString()) !== last.toString({ smallestUnit: 'millisecond' }))
        wrong.push(day.toString());
      day = next;
    }
    expect(wrong).toEqual([]);
  });

  it.each(['', '2026-13-01', '2026-11-26T10:00:00Z', 'i morgon'])(
    'have no end for what is no day: %j',
    (text) => {
      expect(endOfDay(text)).toBeUndefined();
    },
  );

  it.each([
    ['2026-03-29T00:59:00.000Z', '2026-03-29 kl. 01.59'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29 kl. 03.00'],
    ['2026-10-25T00:30:00.000Z', '2026-10-25 kl. 02.30'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25 kl. 02.30'],
    ['2026-12-31T23:30:00.000Z', '2027-01-01 kl. 00.30'],
  ])('read in words at %s as %s', (at, words) => {
    expect(inWords(at)).toBe(words);
  });
});
