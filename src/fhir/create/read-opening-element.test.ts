import { describe, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import type { OpeningElement } from '../../cases/opening-care-plan.js';
import { defaultTimeBounds, windowAt } from '../../messaging/contracts/time-bounds.js';
import { Submitted } from '../submitted/submitted.js';
import { pathOfOpening, readOpeningElement } from './read-opening-element.js';

/** Each type of value, in each place that a row may name. */

const codes = { system: 'http://a.test/codes', concepts: { one: { sv: 'Ett', en: 'One' } } };
const id = '2f1a7f0c-6f2b-4a3e-9c55-1d2e3f405060';
const coded = (code: string) => ({ coding: [{ system: codes.system, code }] });
const url = 'http://a.test/extension';

const types = {
  instant: { is: { type: 'instant' }, good: '2026-03-04T10:00:00+01:00', read: '2026-03-04T09:00:00.000Z' },
  date: { is: { type: 'date' }, good: '2026-03-04', read: '2026-03-04' },
  text: { is: { type: 'text' }, good: ' Sårvård ', read: 'Sårvård' },
  code: { is: { type: 'code', of: codes }, good: coded('one'), read: 'one' },
  reference: { is: { type: 'reference', to: 'Encounter' }, good: { reference: `Encounter/${id}` }, read: id },
} as const;
const bad = {
  instant: ['2026-03-04', '2026-02-30T10:00:00Z', '1890-01-01T10:00:00Z'],
  date: ['2026-03', '2026-02-30', '1890-01-01'],
  text: ['nummer 19121212-1212'],
  code: [coded('two'), { text: 'Ett' }],
  reference: [{ reference: `Patient/${id}` }, { display: 'någon' }],
} as const;

type Case = readonly [string, OpeningElement, (value: unknown) => object];
// The rows are only about places: that each place holds such a value in R4 is not asked here.
const row = (is: object, place: object): OpeningElement =>
  ({ field: 'field', ...is, ...place }) as OpeningElement;
const places = (type: keyof typeof types): readonly Case[] => {
  const { is } = types[type];
  const value = `value${{ instant: 'DateTime', date: 'Date', text: 'String', code: 'CodeableConcept', reference: 'Reference' }[type]}`;
  return [
    ['an element', row(is, { element: 'description' }), (of) => ({ description: of })],
    ['an element of an element', row(is, { element: 'period.start' }), (of) => ({ period: { start: of } })],
    ['an element of a list', row(is, { element: 'note[0].text' }), (of) => ({ note: [{ text: of }] })],
    ['an extension', row(is, { extension: url }), (of) => ({ extension: [{ url, [value]: of }] })],
  ];
};

function read(content: object, of: OpeningElement, number?: string) {
  const window = windowAt(defaultTimeBounds, new Date('2026-03-02T08:00:00Z'));
  const plan = new Submitted(content as CarePlan, 'CarePlan', {
    baseUrl: 'http://hub/fhir',
    window,
    issues: [],
    faults: 0,
  });
  const value = readOpeningElement(plan, of, number);
  plan.refuseUnread();
  const { issues } = plan.submission;
  return { value, faults: issues.map(({ details }) => details?.coding?.at(-1)?.code), issues };
}

describe.each(Object.keys(types) as (keyof typeof types)[])('A row of type %s', (type) => {
  it.each(places(type))('is read from %s', (_, of, put) => {
    expect(read(put(types[type].good), of)).toEqual({ value: types[type].read, faults: [], issues: [] });
  });

  it.each(places(type))('refuses at %s what is no such value', (_, of, put) => {
    for (const value of bad[type]) expect(read(put(value), of).faults).toHaveLength(1);
  });

  it.each(places(type))('is asked for at %s where it is required, by its path', (_, of) => {
    expect(read({}, of)).toEqual({ value: undefined, faults: [], issues: [] });
    const { value, issues } = read({}, { ...of, required: true });
    expect([value, issues.map(({ expression }) => expression)]).toEqual([
      undefined,
      [[`CarePlan.${pathOfOpening(of)}`]],
    ]);
  });
});

describe('A row', () => {
  it('takes no second element of a list', () => {
    const of = row({ type: 'text' }, { element: 'note[0].text' });
    const { value, faults } = read({ note: [{ text: 'ett' }, { text: 'två' }] }, of);
    expect([value, faults]).toEqual(['ett', ['element-not-taken']]);
  });

  it('takes no extension without its value', () => {
    const { faults } = read(
      { extension: [{ url, valueString: 'x' }] },
      row(types.date.is, { extension: url }),
    );
    expect(faults).toEqual(['required', 'element-not-taken']);
  });

  it.each(places('date'))('PAT-3: takes no time before the birth at %s', (_, of, put) => {
    expect(read(put('2025-12-01'), of, '202602012380').faults).toEqual(['time-before-birth']);
  });
});
