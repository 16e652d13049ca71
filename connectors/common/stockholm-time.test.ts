import { describe, expect, it } from '@jest/globals';
import { Temporal } from '@js-temporal/polyfill';
import { assert, date, integer, property } from 'fast-check';
import { readHl7Time, readXmlTime, stockholmStamp, UnreadableTime } from './stockholm-time.js';

const zone = 'Europe/Stockholm';

/** Temporal is the oracle: the slow and sure way. */
function expected(local: Temporal.PlainDateTime): string | undefined {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!earlier.toPlainDateTime().equals(local)) return undefined;
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const instant = earlier.toInstant().toString({ smallestUnit: 'millisecond' });
  return `${instant}${earlier.equals(later) ? '' : ' ambiguous'}`;
}

function read(local: Temporal.PlainDateTime): string | undefined {
  try {
    const { instant, ambiguous } = readHl7Time(
      local.toString({ smallestUnit: 'second' }).replaceAll(/[-T:]/g, ''),
    );
    return `${instant}${ambiguous ? ' ambiguous' : ''}`;
  } catch (error) {
    if (error instanceof UnreadableTime) return undefined;
    throw error;
  }
}

const start = Temporal.PlainDateTime.from('1900-01-01T00:00:00');

describe('local times of Stockholm', () => {
  it('are read as Temporal reads them, whatever the time', () => {
    assert(
      property(integer({ min: 0, max: 180 * 366 * 24 * 3600 }), (seconds) => {
        const local = start.add({ seconds });
        expect(read(local)).toBe(expected(local));
      }),
      { numRuns: 500 },
    );
  });

  it.each([1979, 1980, 1996, 2026])(
    'are read as Temporal reads them around every change of the clocks in %i',
    (year) => {
      const instants = [3, 4, 9, 10].map((month) => Temporal.PlainDate.from({ year, month, day: 1 }));
      for (const month of instants) {
        for (let day = 0; day < month.daysInMonth; day += 1) {
          for (const minutes of [0, 119, 120, 150, 179, 180, 240]) {
            const local = month.add({ days: day }).toPlainDateTime().add({ minutes });
            expect([local.toString(), read(local)]).toEqual([local.toString(), expected(local)]);
          }
        }
      }
    },
  );

  it('are written as Temporal writes them', () => {
    assert(
      property(
        date({ min: new Date('1980-01-01'), max: new Date('2080-01-01'), noInvalidDate: true }),
        (now) => {
          const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
          const text = local.toPlainDateTime().toString({ smallestUnit: 'second' });
          expect(stockholmStamp(now)).toBe(text.replaceAll(/[-T:]/g, ''));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are not read outside the years 1 to 9999, which not every database takes', () => {
    for (const text of ['00010101', '99991231235959-0100'])
      expect(() => readHl7Time(text)).toThrow(UnreadableTime);
    for (const text of ['0001-01-01T00:00:00', '0000-06-01T00:00:00Z', '9999-12-31T23:59:59-01:00'])
      expect(() => readXmlTime(text)).toThrow(UnreadableTime);
    expect(readXmlTime('9999-12-31T23:59:59').instant).toBe('9999-12-31T22:59:59.000Z');
  });
});
