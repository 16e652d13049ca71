import { describe, expect, test } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { forLog } from '../../connectors/common/log-text.js';
import { isHsaId } from '../../src/directory/hsa-id.js';
import { refusePersonalNumber } from '../../src/fhir/http/personal-number-guard.js';
import { requestId } from '../../src/fhir/http/request-id.js';
import { repeatableRequest } from '../../src/fhir/idempotency/idempotency-key.js';
import {
  looksLikePersonalNumber,
  mayHidePersonalNumber,
} from '../../src/messaging/contracts/personal-number-shape.js';
import { reasonHoldsPersonalNumber } from '../../src/messaging/contracts/personal-number-in-reason.js';
import { repeatable } from '../../src/fhir/search/parameter-name.js';

/** Test numbers of the Tax Agency; the last is a samordningsnummer. */
const numbers = ['193406129829', '190503279812', '196408233234', '193406729826'];
const separators = [
  '',
  '-',
  '+',
  ' ',
  '.',
  '/',
  '_',
  'x',
  'X',
  'é',
  'xx',
  '--',
  ' - ',
  'abc',
  ',',
  ':',
  '=',
  '*',
  '~',
  'ö',
  '%2D',
  '%2d',
  '%20',
  '%252D',
  '%E2%80%91',
  '%c3%a5',
  '&#45;',
  '&#x2D;',
];
/** Between year, month, day and serial. */
const written = (number: string, [first, second, third]: readonly string[], century: boolean): string =>
  [
    `${century ? number.slice(0, 2) : ''}${number.slice(2, 4)}${first}`,
    `${number.slice(4, 6)}${second}`,
    `${number.slice(6, 8)}${third}`,
    number.slice(8),
  ].join('');
const separator = fc.constantFrom(...separators);
const anyForm = fc
  .record({
    number: fc.constantFrom(...numbers),
    between: fc.tuple(separator, separator, separator),
    century: fc.boolean(),
  })
  .map(({ number, between, century }) => written(number, between, century));
/** What may stand around it. */
const around = fc.constantFrom('', 'id', 'MSG.', 'req:', 'a-b-', '#', 'journal/');

describe('PAT-1: a personal number is known in any form', () => {
  test('with or without the century, whatever stands between its parts', () => {
    fc.assert(fc.property(anyForm, around, (text, before) => looksLikePersonalNumber(`${before}${text}`)));
    for (const text of ['3406x12x9829', '340612x9829', '34x06x12x9829', '１９３４０６１２９８２９'])
      expect(looksLikePersonalNumber(text)).toBe(true);
  });

  test('with anything between any two digits, in the digits of any script', () => {
    const between = fc.array(fc.constantFrom('', ' ', '.', '-', ' sista ', '  ', 'x', 'å', ' (sic) '), {
      minLength: 9,
      maxLength: 9,
    });
    const zeros = fc.constantFrom(0x30, 0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10, 0x1d7ce);
    fc.assert(
      fc.property(fc.constantFrom(...numbers), between, zeros, (number, separators, zero) => {
        const digits = Array.from(number.slice(2), (digit) => String.fromCodePoint(zero + Number(digit)));
        const text = digits.map((digit, index) => `${digit}${separators[index] ?? ''}`).join('');
        expect([text, looksLikePersonalNumber(text)]).toEqual([text, true]);
      }),
    );
  });

  test('in codes of URLs and of HTML', () => {
    const codes: readonly ((digit: string) => string)[] = [
      (digit) => `%3${digit}`,
      (digit) => `%253${digit}`,
      (digit) => `&#${48 + Number(digit)};`,
      (digit) => `&#x3${digit};`,
      (digit) => encodeURIComponent(String.fromCodePoint(0xff10 + Number(digit))),
      (digit) => digit,
    ];
    const way = fc.array(fc.constantFrom(...codes), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...numbers), way, (number, ways) => {
        const text = Array.from(number, (digit, index) => ways[index]?.(digit) ?? digit).join('');
        expect([text, looksLikePersonalNumber(text), forLog(text)]).toEqual([text, true, '[withheld]']);
      }),
    );
    for (const text of ['100%', '%', '&#', '&#999999;', '%zz', '50 %25', '&#xFFFFF;'])
      expect([text, looksLikePersonalNumber(text)]).toEqual([text, false]);
  });

  test('one digit too long, or in the shape of a UUID, where it is logged or kept', () => {
    for (const number of numbers)
      for (const text of [
        `0${number}`,
        `${number}0`,
        `0${number.slice(2)}`,
        `${number.slice(2)}7`,
        `00000000-0000-4000-8000-${number}`,
        `${number.slice(0, 8)}-${number.slice(8)}-4000-8000-000000000000`,
      ])
        expect([text, mayHidePersonalNumber(text)]).toEqual([text, true]);
    const alone = Array.from({ length: 20_000 }, () => randomUUID()).filter(mayHidePersonalNumber);
    // Of ids made by chance a few in ten thousand are masked too.
    expect(alone.length).toBeLessThan(20);
  });

  test('what is none is left alone: uuids, hashes, times, HSA-ids', () => {
    const moment = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(moment, moment, (from, to) => {
        const day = [from.slice(0, 10), to.slice(0, 10)];
        return ![from, `${from}|${to}`, `ge${from}&date=le${to}`, `${day[0]},${day[1]}`, day.join('x')].some(
          (text) => looksLikePersonalNumber(text),
        );
      }),
    );
    for (let count = 0; count < 2_000; count++) {
      const uuid = randomUUID();
      expect([uuid, looksLikePersonalNumber(uuid)]).toEqual([uuid, false]);
    }
    for (const text of ['SE4999000013-P017', 'SE2321000016-W1', '00000042', '20261130', 'ADT^A01'])
      expect([text, looksLikePersonalNumber(text)]).toEqual([text, false]);
    // A hash can hold ten digits in a row that are a day; with letters between them they are none.
    const hash = createHash('sha256').update('x').digest('hex');
    expect(looksLikePersonalNumber(`${hash.slice(0, 20)}a3406b12c9829d${hash.slice(20)}`)).toBe(false);
  });
});

const idempotency = (key: string): string | undefined =>
  repeatableRequest(
    'secret',
    { client: 'c', units: [], requestId: 'r' },
    { method: 'POST', url: '/fhir/CarePlan', key, body: {} },
  )?.key;
const throws = (act: () => unknown): boolean => {
  try {
    act();
    return false;
  } catch {
    return true;
  }
};

/** Every place where somebody outside chooses what is logged or kept. True: it is masked or refused there. */
const places: readonly [place: string, isKeptOut: (text: string) => boolean][] = [
  ['X-Request-ID', (text) => requestId({ headers: { 'x-request-id': text } }) !== text],
  ['Idempotency-Key', (text) => throws(() => idempotency(text))],
  ['an id in a URL', (text) => throws(() => refusePersonalNumber(`/fhir/Task/${text}`))],
  [
    'an id in a URL, encoded',
    (text) => throws(() => refusePersonalNumber(`/fhir/Task/${encodeURIComponent(text)}`)),
  ],
  ['a parameter that nobody knows', (text) => repeatable(text) !== text],
  ['MSH-10, MSH-3, MSH-4, a ward, a visit', (text) => forLog(text) !== text],
  ['a reason to look at recordings', (text) => reasonHoldsPersonalNumber(text)],
  ['the suffix of an HSA-id', (text) => !isHsaId(`SE2321000016-${text}`)],
];

test.each(places)('PAT-1: a personal number in any form does not get through as %s', (_place, isKeptOut) => {
  fc.assert(fc.property(anyForm, (text) => expect([text, isKeptOut(text)]).toEqual([text, true])));
});

test('PAT-1: nor as the organisation number of an HSA-id', () => {
  for (const number of numbers) expect(isHsaId(`SE${number.slice(2)}-P1`)).toBe(false);
});
