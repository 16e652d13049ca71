import { guardRejections } from '../case/guard-rejections.js';
import { participantRejections } from '../case/participant-rejections.js';
import { todoRejections } from '../todo/todo-rejections.js';
import { caseKinds } from '../../cases/kinds/every-kind.js';
import type { RejectionText } from './rejection-text.js';
import { wordsOf } from './rejection-words.js';
import { rules } from '../rules/rules.js';

const { rejections } = caseKinds;
const texts = Object.entries(rejections);
/** The row of a code. */
function textOf(code: string): RejectionText {
  const text = rejections[code];
  if (text === undefined) throw new Error(`${code} has no row`);
  return text;
}
const said = (code: string, values: Readonly<Record<string, string>>, language: 'sv' | 'en') =>
  wordsOf({ text: textOf(code), values }, language);
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();

describe('The texts of rejections', () => {
  it.each(texts)('%s names a rule that exists', (code, { rule }) => {
    expect(Object.keys(rules)).toContain(rule);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(texts)('%s says the same in Swedish and English', (_code, { sv, en }) => {
    // What is for machines and developers alone (ids, codes, elements) stands in the English text.
    expect(placeholders(en)).toEqual(expect.arrayContaining(placeholders(sv)));
    expect(sv).not.toBe(en);
    for (const text of [sv, en]) expect(text).toMatch(/^[\p{Lu}{].*\.$/u);
  });

  it('SVU-2: the rejection of a second case points to the first', () => {
    const values = { case: '0b1d3a52' };
    expect(said('svu-already-open', values, 'sv')).toBe('Personen har redan en öppen SVU.');
    expect(said('svu-already-open', values, 'en')).toBe('The person already has an open SVU: 0b1d3a52.');
  });

  it('ORG-2, ADR-13: no code of the process stands in a Swedish sentence', () => {
    const lacking = { responsibility: 'acknowledge' };
    expect(said('role-lacks-responsibility', lacking, 'sv')).toBe(
      'Rollen saknar den behörighet som steget kräver: kvittera.',
    );
    expect(said('no-receiver-of-side', { side: 'municipality' }, 'sv')).toContain(
      'Ingen enhet i kommunen deltar',
    );
    expect(said('no-receiver-of-side', { side: 'outpatient, municipality' }, 'sv')).toContain(
      'Ingen enhet i öppenvården eller kommunen deltar',
    );
    const status = { from: 'requested', allowed: 'received, accepted, in-progress, completed' };
    expect(said('todo-status-not-allowed', status, 'sv')).toBe(
      'Uppgiften är ny. Nästa steg kan vara: mottagen, påtagen, påbörjad eller klar.',
    );
  });

  it('a value that is missing leaves its placeholder standing', () => {
    expect(wordsOf({ text: textOf('no-role-at-unit') }, 'en')).toContain('{unit}');
  });

  it.each(['personal-number-length', 'personal-number-date', 'personal-number-check-digit'])(
    'PAT-3: %s says what is wrong',
    (code) => {
      expect(textOf(code).rule).toBe('PAT-3');
    },
  );

  it('PAT-4: a reserve number is answered with the telephone', () => {
    expect(textOf('reserve-number').sv).toContain('telefon');
  });

  it('PAT-5: a protected person is answered with the manual routine, and not with the reason', () => {
    const { sv, en } = textOf('person-protected');
    expect(sv).toContain('telefon');
    expect(`${sv} ${en}`).not.toMatch(/skydd|sekretess|protect|secre/i);
  });

  it('ORG-3, SVU-42: what any kind of case rejects speaks of no ward and no admission', () => {
    const ofStays = Object.entries({
      ...participantRejections,
      ...guardRejections,
      ...todoRejections,
    }).filter(([, { sv, en }]) => /avdelning|inskriv|utskriv|ward|admi|discharge/i.test(`${sv} ${en}`));
    expect(ofStays).toEqual([]);
  });

  it('a unit whose name nobody has told is no id in what staff read', () => {
    for (const code of ['removal-not-confirmed', 'last-unit-of-side', 'last-hospital-unit'] as const) {
      const of = (unit: string, language: 'sv' | 'en') => said(code, { unit }, language);
      expect(of('', 'sv')).toMatch(/^(Enheten|Bekräfta att enheten) /u);
      expect(of('', 'en')).toMatch(/^(The unit|Confirm that the unit) /u);
      expect(of('Ekbackens vårdcentral', 'sv')).toContain('Ekbackens vårdcentral');
    }
  });
});
