import { expect, it, test } from '@jest/globals';
import { reasonHoldsPersonalNumber } from '../../messaging/contracts/personal-number-in-reason.js';
import { mayNotLook } from './may-look.js';

test.each([
  'about 190503279812',
  'about 050327-9812',
  'about 050327+9812',
  'about 050327 9812',
  'about 050327 - 9812',
  'about 050327–9812',
  'about ０５０３２７９８１２',
  'about 19 05 03 27 98 12',
  'about 1905.03.27.9812',
  // Written to look like the beginning of an HSA-id, which it is not: an organisation number has no month.
  'SE0503279812-',
  'see SE0503279812-A1',
  'SE0505879812-A1',
  'SE190503279812-A1',
  'SE160503279812-A1',
  'XSE2321000016-A1',
  'SE2321000016-050327-9812',
  'SE2321000016-0503279812',
])('a reason with a personal number is known as one: %s', (reason) => {
  expect(reasonHoldsPersonalNumber(reason)).toBe(true);
  expect(mayNotLook('SE2321000016-P1', reason)).toContain('must not hold a personal number');
});

test.each([
  'a ward is missing, ticket 4711',
  'told by SE2321000016-P1 and SE4999000013-H101',
  'unit SE165565594230-1000 asks',
  'between 2026-11-25 10:30 and 11:45',
  'recordings 123456, 123457',
  'case 61345678-1234-4c8e-9b60-0a6d3a3f2c11',
  'case 6b0c5a52-2f0f-4c8e-9b60-0a6d3a3f2c11',
])('a reason without one is taken: %s', (reason) => {
  expect(mayNotLook('SE2321000016-P1', reason)).toBeUndefined();
});

it('nobody looks without a name and a reason', () => {
  expect(mayNotLook('', 'why')).toContain('--user');
  expect(mayNotLook('anybody', 'why')).toContain('--user');
  expect(mayNotLook('SE2321000016-P1', '  ')).toContain('--reason');
});
