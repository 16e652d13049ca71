import * as fc from 'fast-check';
import { districtNurse, units } from '../../../test/support/process/cast.js';
import {
  discharge,
  openTodos,
  publishedCase,
  refuse,
  step,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import { endOfDay, isLocalDate, daysAfter, localDateOf } from '../time.js';
import { countedDay } from './ready-day.js';

const noon = { readyCutOff: '12:00' };

describe('The day that ready counts from', () => {
  it.each([
    ['a winter morning', '2026-03-02T07:00:00Z', '2026-03-02'],
    ['a second before 12:00', '2026-03-02T10:59:59Z', '2026-03-02'],
    ['12:00:00', '2026-03-02T11:00:00.000Z', '2026-03-02'],
    ['within the second that clocks show as 12:00:00', '2026-03-02T11:00:00.999Z', '2026-03-02'],
    ['12:00:01', '2026-03-02T11:00:01.000Z', '2026-03-03'],
    ['written with its own zone', '2026-03-02T12:00:01+01:00', '2026-03-03'],
    ['a minute before midnight', '2026-03-02T22:59:00Z', '2026-03-03'],
    ['midnight', '2026-03-02T23:00:00Z', '2026-03-03'],
    ['a Friday afternoon: Saturday', '2026-03-06T13:00:00Z', '2026-03-07'],
    ['the last afternoon of a year', '2026-12-31T12:00:00Z', '2027-01-01'],
    ['12:00 of the day when summer time begins', '2026-03-29T10:00:00Z', '2026-03-29'],
    ['a second later', '2026-03-29T10:00:01Z', '2026-03-30'],
    ['12:00 of the day when summer time ends', '2026-10-25T11:00:00Z', '2026-10-25'],
    ['a second later', '2026-10-25T11:00:01Z', '2026-10-26'],
    ['12:00 of the day before', '2026-10-24T10:00:00Z', '2026-10-24'],
    ['a second later', '2026-10-24T10:00:01Z', '2026-10-25'],
  ])('SVU-11: %s', (_what, sentAt, day) => expect(countedDay(noon, sentAt)).toBe(day));

  it('SVU-11: the cut-off is the policy’s', () => {
    const early = { readyCutOff: '08:30' };
    const days = ['07:30:00Z', '07:30:01Z'].map((time) => countedDay(early, `2026-03-02T${time}`));
    expect(days).toEqual(['2026-03-02', '2026-03-03']);
  });

  const moments = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());

  it('SVU-11: is the day itself or the next, and never earlier for what is sent later', () => {
    fc.assert(
      fc.property(moments, moments, (one, other) => {
        const today = localDateOf(one);
        expect([today, daysAfter(today, 1)]).toContain(countedDay(noon, one));
        const [first = '', second = ''] = [one, other].toSorted();
        expect(countedDay(noon, first) <= countedDay(noon, second)).toBe(true);
      }),
    );
  });

  it('SVU-34: a day ends with its last moment in Europe/Stockholm, also when clocks change', () => {
    expect(['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'].map(endOfDay)).toEqual([
      '2026-03-28T22:59:59.999Z',
      '2026-03-29T21:59:59.999Z',
      '2026-10-24T21:59:59.999Z',
      '2026-10-25T22:59:59.999Z',
    ]);
    fc.assert(
      fc.property(moments, (moment) => {
        const day = localDateOf(moment);
        expect(isLocalDate(day)).toBe(true);
        const end = endOfDay(day);
        expect(localDateOf(end)).toBe(day);
        expect(localDateOf(new Date(Date.parse(end) + 1).toISOString())).toBe(daysAfter(day, 1));
      }),
    );
  });
});

const doctors = ['SE2321000016-1009', 'SE2321000016-1010'] as const;
const ready = (at: string, date: string, doctor: string = doctors[0]) =>
  step('report-ready', { date, doctor, doctorName: 'Lars Lund', isHospitalDoctor: true }, undefined, at);
const key = (unit: string, round = 1) => `acknowledge-ready:${unit}:${round}`;
const centre = units.healthCentre;

describe('Ready in time', () => {
  it('SVU-11, SVU-34: sent by 12:00 it counts from the day and is acknowledged within it', () => {
    const { state } = publishedCase('vasterbotten').after(ready('2026-03-02T11:00:00.000Z', '2026-03-02'));
    expect(state.ready?.countsFrom).toBe('2026-03-02');
    expect(state.notices['ready:1']?.content['countsFrom']).toBe('2026-03-02');
    expect(state.todos[key(centre)]?.deadline).toBe('2026-03-02T22:59:59.999Z');
  });

  it('SVU-11, SVU-34, SVU-10: sent later it is of the day all the same, counts from the next, and is acknowledged within that', () => {
    const { state } = publishedCase('vasterbotten').after(ready('2026-03-06T11:00:01.000Z', '2026-03-06'));
    expect(state.ready).toMatchObject({ date: '2026-03-06', countsFrom: '2026-03-07' });
    expect(state.todos[key(centre)]?.deadline).toBe('2026-03-07T22:59:59.999Z');
  });

  it.each(['skane', 'norrbotten'] as const)(
    'SVU-11, SVU-34: under %s no day is counted and no time given',
    (policy) => {
      const { state } = publishedCase(policy).after(ready('2026-03-02T11:00:00.000Z', '2026-03-02'));
      expect(state.ready?.countsFrom).toBeUndefined();
      expect(state.notices['ready:1']?.content['countsFrom']).toBeUndefined();
      expect(state.todos[key(centre)]?.deadline).toBeUndefined();
    },
  );

  it('SVU-11, SVU-12: another doctor changes no day; what is to be acknowledged anew has its own time', () => {
    const { state } = publishedCase('vasterbotten').after(
      ready('2026-03-02T10:00:00.000Z', '2026-03-02'),
      ready('2026-03-02T13:00:00.000Z', '2026-03-02', doctors[1]),
    );
    expect(state.ready).toMatchObject({ doctor: doctors[1], countsFrom: '2026-03-02' });
    expect(state.todos[key(centre, 2)]?.deadline).toBe('2026-03-03T22:59:59.999Z');
  });

  it('SVU-12, PAY-7: withdrawn and reported again, it counts anew', () => {
    const { state } = publishedCase('vasterbotten').after(
      ready('2026-03-02T10:00:00.000Z', '2026-03-02'),
      { ...withdrawReady, at: '2026-03-02T10:30:00.000Z' },
      ready('2026-03-02T13:00:00.000Z', '2026-03-02'),
    );
    expect(state.ready?.countsFrom).toBe('2026-03-03');
  });

  it('SVU-34: a unit that joins later has the time of when it was asked', () => {
    const joins = step(
      'add-participant',
      { unit: units.otherHealthCentre, unitName: 'x', side: 'outpatient', organisation: 'x' },
      districtNurse,
      '2026-03-04T08:00:00.000Z',
    );
    const { state } = publishedCase('vasterbotten').after(
      ready('2026-03-02T10:00:00.000Z', '2026-03-02'),
      joins,
    );
    expect(state.todos[key(units.otherHealthCentre)]?.deadline).toBe('2026-03-04T22:59:59.999Z');
  });

  it('SVU-34, SVU-24: what a discharge interrupted has its time from when it is asked for again', () => {
    const { state } = publishedCase('vasterbotten').after(
      ready('2026-03-02T10:00:00.000Z', '2026-03-02'),
      { ...discharge, at: '2026-03-02T10:30:00.000Z' },
      step('undo-discharge', {}, undefined, '2026-03-03T08:00:00.000Z'),
    );
    expect(state.todos[key(centre)]).toMatchObject({
      state: 'requested',
      deadline: '2026-03-03T22:59:59.999Z',
    });
  });

  it('CON-5: where a refusal hides ready, nothing is to be acknowledged in any time', () => {
    const { state } = publishedCase('vasterbotten').after(
      ready('2026-03-02T10:00:00.000Z', '2026-03-02'),
      refuse,
    );
    expect(openTodos(state).filter((each) => each.startsWith('acknowledge-ready'))).toEqual([]);
  });
});
