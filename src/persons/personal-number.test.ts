import { describe, expect, it } from '@jest/globals';
import { check, constantFrom, integer, property, tuple } from 'fast-check';
import personnummer from 'personnummer';
import { checkPersonalNumber } from './personal-number.js';

// The library is CommonJS: its types name the class `default`, at run time it is the module.
const oracle = personnummer as unknown as { valid(value: string): boolean };

describe('PAT-3: a number is refused before any lookup, with its own reason', () => {
  it.each([
    ['193406129829', 'personnummer'],
    ['190503279812', 'personnummer'],
    ['196311909847', 'samordningsnummer'],
  ])('PAT-1: %s is a %s', (value, type) => {
    expect(checkPersonalNumber(value)).toEqual({ valid: true, identifier: { type, value } });
  });

  it.each([
    ['3406129829', 'length'],
    ['19340612-9829', 'length'],
    ['1934061298290', 'length'],
    ['', 'length'],
    ['193413129829', 'date'],
    ['193402309829', 'date'],
    ['193406009829', 'date'],
    ['193406929829', 'date'],
    ['000006129829', 'date'],
    ['193406129828', 'check-digit'],
  ])('PAT-3: %s has a wrong %s', (value, fault) => {
    expect(checkPersonalNumber(value)).toEqual({ valid: false, fault });
  });

  it.each(['98240301AA06', '20210325K069', '98240301-A906', '20210325-k069', 'R123456', 'R20240123456'])(
    'PAT-4: %s is a reserve number',
    (value) => {
      expect(checkPersonalNumber(value)).toEqual({ valid: false, fault: 'reserve-number' });
    },
  );

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'PAT-3, PAT-4: a letter at place %s makes no reserve number of what has one at the ninth too',
    (place) => {
      for (const form of ['98240301AA06', '20210325K069'])
        expect(checkPersonalNumber(`${form.slice(0, place)}O${form.slice(place + 1)}`)).toEqual({
          valid: false,
          fault: 'length',
        });
    },
  );

  it('PAT-3, PAT-4: a letter somewhere in a number is told as malformed, unless it makes a form of reserve numbers', () => {
    const number = '193406129829';
    const slip = tuple(
      integer({ min: 0, max: 11 }),
      constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZolI'.split('')),
    );
    const result = check(
      property(slip, ([place, letter]) => {
        const checked = checkPersonalNumber(number.slice(0, place) + letter + number.slice(place + 1));
        const reserve = (place === 8 && !/[IOQVW]/i.test(letter)) || (place === 0 && letter === 'R');
        return !checked.valid && checked.fault === (reserve ? 'reserve-number' : 'length');
      }),
      { numRuns: 2000 },
    );
    expect(result.counterexample).toBeNull();
  });

  it('PAT-3: takes and refuses what the library takes and refuses, of all twelve digits', () => {
    const now = new Date();
    const day = integer({ min: 0, max: 99 }).map((each) => String(each).padStart(2, '0'));
    const number = tuple(
      integer({ min: 1850, max: now.getFullYear() - 1 }),
      day,
      day,
      integer({ min: 9800, max: 9999 }),
    ).map(([year, month, date, rest]) => `${year}${month}${date}${rest}`);
    const result = check(
      property(number, (value) => checkPersonalNumber(value).valid === oracle.valid(value)),
      { numRuns: 5000 },
    );
    expect(result.counterexample).toBeNull();
  });
});
